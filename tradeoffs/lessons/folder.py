"""Folder: reads the files of a lesson, and refuses with file, line and cure what is wrong there."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from tradeoffs.errors import InvalidInput
from tradeoffs.language.current import ENGLISH
from tradeoffs.language.translation import say, translate
from tradeoffs.lessons.schema import (
    Answer,
    Chart,
    Guess,
    LessonFile,
    Measure,
    Moves,
    Source,
    Step,
)
from tradeoffs.lessons.texts import Texts, read_texts
from tradeoffs.lessons.words_translation import translation

STRUCTURE, WORDS = "lesson.toml", f"{ENGLISH}.md"
PACKAGE = Path(__file__).parent.resolve()
LARGEST = 100_000  # bytes of either file
PARTS = {
    "answers": Answer,
    "measures": Measure,
    "steps": Step,
    "guess": Guess,
    "chart": Chart,
    "sliders": Moves,
    "sources": Source,
}
WANTED = {  # type of a fault -> what is expected
    **dict.fromkeys(("int_parsing", "int_type", "int_from_float"), "must be a whole number: 8"),
    **dict.fromkeys(("float_parsing", "float_type"), "must be a number: 0.5"),
    **dict.fromkeys(("bool_parsing", "bool_type"), "must be true or false"),
    **dict.fromkeys(("tuple_type", "list_type"), 'must be a list: ["one", "two"]'),
    **dict.fromkeys(("dict_type", "mapping_type", "model_type"), "must be a table: { name = 1 }"),
    "string_type": 'must be text in quotes: "text"',
    "missing": "is missing; add it",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Folder:
    """What the files of a lesson say.

    Attributes:
        path: of the folder, whose name is the lesson's.
        file: lesson.toml, checked by the schema.
        lines: of lesson.toml.
        texts: en.md, or what stands in its place in another language.
    """

    path: Path
    file: LessonFile
    lines: tuple[str, ...]
    texts: Texts

    @property
    def name(self) -> str:
        """The lesson's name."""
        return self.path.name

    @property
    def options(self) -> frozenset[str]:
        """What steps may set that is no field of a scenario."""
        of_studies = (o for one in self.file.answers.values() for o in one.options)
        return frozenset((*self.file.options, *of_studies))

    @property
    def of_project(self) -> bool:
        """Whether it is a lesson of the project, whose Python may run."""
        return self.path.parent.resolve() == PACKAGE

    def line(self, *keys: str) -> int:
        """Return the line of lesson.toml on which something stands."""
        return line_of(self.lines, keys)

    def text_line(self, step: str, part: str = "") -> int:
        """Return the line of en.md on which a step, or a part of it, begins."""
        section = self.texts.sections.get(step)
        if section is None:
            return 1
        return section.parts[part].line if part in section.parts else section.line


def wrong(folder: Folder, keys: Sequence[str], reason: str) -> InvalidInput:
    """Return a fault of lesson.toml, with the line on which a key stands."""
    line, name = folder.line(*keys), ".".join(keys)
    return InvalidInput("lesson_wrong", file=STRUCTURE, line=line, name=name, reason=reason)


def words_file(code: str) -> str:
    """Return the name of the file that holds a lesson's words in a language."""
    return f"{code}.md"


def read_folder(path: Path, code: str = ENGLISH) -> Folder:
    """Read a lesson's files.

    Args:
        path: of the folder.
        code: of the language of its words.

    Raises:
        InvalidInput: with file, line and what to do: a file is missing, too large or no text, or
            something is not as the schema has it.
    """
    structure, words = _text(path / STRUCTURE), _text(path / WORDS)
    lines = tuple(structure.splitlines())
    try:
        file = LessonFile.model_validate(tomllib.loads(structure))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else len(lines)
        raise InvalidInput("lesson_toml", file=STRUCTURE, line=line, reason=str(error)) from None
    except ValidationError as error:
        raise _wrong(error, lines) from None
    texts = read_texts(path / WORDS, words)
    if code != ENGLISH:
        other = words_file(code)
        texts = translation(texts, read_texts(path / other, _text(path / other)), other)
    return Folder(path=path, file=file, lines=lines, texts=texts)


def _text(path: Path) -> str:
    if not path.is_file():
        raise InvalidInput("lesson_file_missing", file=path.name, folder=path.parent.name)
    if (size := path.stat().st_size) > LARGEST:
        raise InvalidInput("lesson_file_large", file=path.name, size=size, most=LARGEST)
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise InvalidInput("lesson_not_utf8", file=path.name, line=line) from None


def _wrong(error: ValidationError, lines: Sequence[str]) -> InvalidInput:
    """Return the first thing that the schema refuses."""
    first = error.errors()[0]
    keys = [str(key) for key in first["loc"]]
    if first["type"] in WANTED:
        reason = translate(WANTED[first["type"]])
    else:
        reason = first["msg"].removeprefix("Value error, ")
    if first["type"] == "literal_error":
        reason = say("must be {one}", one=str(first.get("ctx", {}).get("expected")))
    if first["type"] == "extra_forbidden":
        reason = say("is not known here; use one of: {names}", names=", ".join(_fields(keys)))
    name = ".".join(keys) or STRUCTURE
    line = line_of(lines, keys)
    return InvalidInput("lesson_wrong", file=STRUCTURE, line=line, name=name, reason=reason)


def _fields(keys: Sequence[str]) -> Sequence[str]:
    """Return what may stand where a key does that is not known."""
    around = [key for place, key in enumerate(keys[:-1]) if place != 1]  # the second is an id
    part = next((PARTS[key] for key in reversed(around) if key in PARTS), LessonFile)
    return tuple(part.model_fields)


def line_of(lines: Sequence[str], keys: Sequence[str]) -> int:
    """Return the line on which the innermost key that can be found stands, from 1.

    >>> line_of(["[steps.one]  # 1", "chart = { kind = 1 }"], ["steps", "one", "chart", "kind"])
    2
    """
    start, end = 0, len(lines)
    for depth in range(len(keys), 0, -1):
        header = f"[{'.'.join(keys[:depth])}]"
        headers = (line.partition("#")[0].strip() for line in lines)
        places = [n for n, line in enumerate(headers) if line.strip("[]") == header[1:-1]]
        if places:
            start, keys = places[0], keys[depth:]
            after = (n for n in range(start + 1, len(lines)) if lines[n].startswith("["))
            end = next(after, len(lines))
            break
    else:
        end = next((n for n, line in enumerate(lines) if line.startswith("[")), len(lines))
    for key in keys[:1]:
        for place in range(start, end):
            if re.match(rf"\s*\"?{re.escape(key)}\"?\s*=", lines[place]):
                return place + 1
    return start + 1
