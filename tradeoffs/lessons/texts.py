"""Texts: a lesson's words in one language, read from Markdown by id."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tradeoffs.errors import InvalidInput

HEADING = re.compile(r"^(#{1,3}) (.+?)\s*$")
ITEM = re.compile(r"^- (?:(\S[^\n]{0,120}?): )?(.*)$")
PLACE = re.compile(r"\{([^{}]*)\}")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
KEYED = {"decisions", "names"}  # lists whose items have ids; so have those below a step
ORDINARY = ("role", "question", "claim", "decisions", "try", "discuss", "limits")
OPTIONAL = ("made up", "names")


def placeholders(text: str) -> list[str]:
    """Return what stands in braces; a brace that stands alone is one of its own.

    >>> placeholders("of {size}, {row.people} people }")
    ['size', 'row.people', '}']
    """
    return [*PLACE.findall(text), *re.findall(r"[{}]", PLACE.sub("", text))]


@dataclass(kw_only=True, slots=True)
class Section:
    """What stands below a heading: paragraphs, then a list."""

    line: int
    title: str = ""
    text: str = ""
    items: dict[str, str] = field(default_factory=dict)  # by id, or by number without ids
    lines: dict[str, int] = field(default_factory=dict)  # of the items
    parts: "dict[str, Section]" = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Texts:
    """The words of a lesson."""

    title: str
    sections: Mapping[str, Section]  # by heading; a step by its id

    @property
    def names(self) -> Mapping[str, str]:
        """Words for columns, their values, and options."""
        found = self.sections.get("names")
        return found.items if found else {}

    @property
    def steps(self) -> Mapping[str, Section]:
        """The sections of steps, by id."""
        known = (*ORDINARY, *OPTIONAL)
        return {name: one for name, one in self.sections.items() if name not in known}

    def paragraph(self, name: str) -> str:
        """Return a section's text; empty where there is none."""
        found = self.sections.get(name)
        return found.text if found else ""

    def listed(self, name: str) -> tuple[str, ...]:
        """Return a section's list."""
        found = self.sections.get(name)
        return tuple(found.items.values()) if found else ()


def read_texts(path: Path, text: str) -> Texts:
    """Read the words of a lesson.

    Raises:
        InvalidInput: with file and line, a heading twice or without a place, or no title.
    """
    title, sections, blocks = "", {}, _blocks(text)
    for line, depth, heading, body in blocks:
        name, _, words = heading.partition(": ")
        section = Section(line=line, title=words)
        if depth == 1:
            title = heading
            continue
        if depth == 2:
            _place(sections, name, section, path)
            owner = name
        elif not sections:
            raise InvalidInput("lesson_heading_alone", file=path.name, line=line, name=heading)
        else:
            owner = next(reversed(sections))
            _place(sections[owner].parts, heading, section, path)
        _fill(section, body, line, keyed=depth == 3 or owner in KEYED)
    if not title:
        raise InvalidInput("lesson_no_title", file=path.name, line=1)
    return Texts(title=title, sections=sections)


def _place(into: dict[str, Section], name: str, section: Section, path: Path) -> None:
    if name in into:
        raise InvalidInput("lesson_heading_twice", file=path.name, line=section.line, name=name)
    into[name] = section


def _blocks(text: str) -> Iterator[tuple[int, int, str, list[str]]]:
    """Yield each heading with its line, depth and the lines below it."""
    blank = COMMENT.sub(lambda found: "\n" * found.group().count("\n"), text)
    lines = blank.splitlines()
    starts = [n for n, line in enumerate(lines) if HEADING.match(line)]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        found = HEADING.match(lines[start])
        assert found is not None
        yield start + 1, len(found[1]), found[2], lines[start + 1 : end]


def _fill(section: Section, body: list[str], line: int, *, keyed: bool) -> None:
    """Read paragraphs and list of a section; a line that goes on is joined by a space."""
    paragraphs: list[str] = [""]
    last: str | None = None
    for number, raw in enumerate(body, line + 1):
        item = ITEM.match(raw)
        if item:
            key = item[1] if keyed and item[1] else str(len(section.items) + 1)
            section.items[key] = item[2] if keyed or not item[1] else f"{item[1]}: {item[2]}"
            section.lines[key] = number
            last = key
        elif not raw.strip():
            last = None
            paragraphs.append("")
        elif last is not None:
            section.items[last] += f" {raw.strip()}"
        else:
            paragraphs[-1] = f"{paragraphs[-1]} {raw.strip()}".strip()
    section.text = "\n\n".join(filter(None, paragraphs))
