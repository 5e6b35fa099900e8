"""Kit: everything of a lesson that a teacher takes along, as files."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tradeoffs.errors import InvalidInput
from tradeoffs.kit.gift import gift
from tradeoffs.kit.guide import guide, licence
from tradeoffs.kit.handout import handout
from tradeoffs.kit.qti import qti_package, zip_of
from tradeoffs.kit.questions import questions
from tradeoffs.kit.role_cards import role_cards
from tradeoffs.kit.slides import slides
from tradeoffs.kit.tally_sheet import tally_sheet
from tradeoffs.kit.words import Words, words
from tradeoffs.language.current import in_language
from tradeoffs.lessons.lesson import Lesson

GUIDE = "guide.html"


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A file of a kit.

    Attributes:
        path: of the file.
        name: of what it is, among the words of a guide.
        make: from the lesson and the words to its content.
        alone: whether it has a button of its own, named among the words of a guide.
    """

    path: str
    name: str
    make: Callable[[Lesson, Words], str | bytes]
    alone: bool = False

    def write(self, entry: Lesson, say: Words) -> str | bytes:
        """Return the file, in the language of the words, whatever that of the run."""
        with in_language(say.language):
            return self.make(entry, say)


PIECES = (
    Piece(path=GUIDE, name="guide", make=lambda entry, say: guide(entry, contents(say), say)),
    Piece(path="cards.html", name="cards", make=role_cards),
    Piece(
        path="handout.html",
        name="handout",
        make=lambda entry, say: handout(entry, answers=False, language=say.language),
        alone=True,
    ),
    Piece(
        path="handout_answers.html",
        name="answers",
        make=lambda entry, say: handout(entry, answers=True, language=say.language),
        alone=True,
    ),
    Piece(
        path="tally.html",
        name="tally",
        make=tally_sheet,
        alone=True,
    ),
    Piece(path="slides.html", name="slides", make=slides, alone=True),
    Piece(
        path="questions.gift",
        name="gift",
        make=lambda entry, say: gift(entry.title, questions(entry, say)),
        alone=True,
    ),
    Piece(
        path="questions_qti.zip",
        name="qti",
        make=lambda entry, say: qti_package(
            entry.name, entry.title, questions(entry, say), say.language
        ),
        alone=True,
    ),
    Piece(
        path="licence.txt",
        name="licence",
        make=lambda entry, say: "\n".join(licence(entry, say)) + "\n",
    ),
)


def contents(say: Words) -> list[tuple[str, str]]:
    """Return path and description of each file of a kit."""
    return [(one.path, say("guide", f"file {one.name}")) for one in PIECES]


def kit(entry: Lesson, language: str = "en") -> dict[str, bytes]:
    """Return the files of a kit by path.

    Args:
        entry: the lesson.
        language: of the texts that all kits share.

    Raises:
        InvalidInput: the answer of a step is not shipped, or there is no such language.
    """
    say, found = words(language), {}
    for one in PIECES:
        made = one.write(entry, say)
        found[one.path] = made.encode() if isinstance(made, str) else made
    return found


def kit_zip(entry: Lesson, language: str = "en") -> bytes:
    """Return a kit as a ZIP file, in a folder of the lesson's name; errors as of `kit`."""
    return zip_of({f"{entry.name}/{path}": one for path, one in kit(entry, language).items()})


def write_kit(entry: Lesson, folder: Path, language: str = "en") -> list[Path]:
    """Write a kit into a folder, which is made if it is not there.

    Returns:
        the files, in the order of PIECES.

    Raises:
        InvalidInput: as of `kit`, or the folder is a file or cannot be written.
    """
    files = kit(entry, language)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, content in files.items():
            (folder / path).write_bytes(content)
    except OSError as error:
        raise InvalidInput("cannot_write", file=str(folder), reason=str(error.strerror)) from None
    return [folder / path for path in files]
