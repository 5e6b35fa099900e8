"""Outline: what a page needs of a file to offer choices; small, however long the file."""

from dataclasses import dataclass

from tradeoffs.data.upload.import_report import Report, look
from tradeoffs.data.upload.options import Writing
from tradeoffs.data.upload.profile import MOST_VALUES, is_amount
from tradeoffs.data.upload.read import read
from tradeoffs.data.upload.sanitize import plain
from tradeoffs.data.upload.sheet import Column

SHOWN = 5  # rows


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One column.

    Attributes:
        name: short name for results.
        title: the header in plain words.
        values: the most frequent values with their rows, the most frequent first.
        amount: whether it is a number that has to be cut.
        first: of the first rows, in plain words.
    """

    name: str
    title: str
    values: dict[str, int]
    amount: bool
    first: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Outline:
    """A file that was read: its columns, and the report on it."""

    columns: tuple[Part, ...]
    report: Report


def outline(content: bytes, writing: Writing, most_megabytes: int) -> Outline:
    """Return the outline of a file; errors are those of `tradeoffs.data.upload.read.read`."""
    found = read(content, writing, most_megabytes=most_megabytes)
    return Outline(columns=tuple(map(_part, found.columns)), report=look(found))


def _part(column: Column) -> Part:
    return Part(
        name=column.name,
        title=column.title,
        values=dict(column.counts.most_common(MOST_VALUES)),
        amount=is_amount(column),
        first=tuple("" if c < 0 else plain(column.values[c]) for c in column.codes[:SHOWN]),
    )
