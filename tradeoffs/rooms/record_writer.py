"""Writer of a record: its sections before any layout, and how counts and losses are told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tradeoffs.language.notation import localise
from tradeoffs.rooms.record_texts import text

Table = tuple[Sequence[str], Sequence[Sequence[str]]]  # header, rows
Band = Sequence[int] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """One section.

    Attributes:
        title: its heading.
        lines: sentences, each a paragraph.
        table: below them; None where there is none.
        code: a command, below that; empty where there is none.
    """

    title: str
    lines: Sequence[str] = ()
    table: Table | None = None
    code: str = ""


@dataclass(frozen=True)
class Writer:
    """Writes the sections of one record."""

    record: Mapping[str, Any]


def count(band: Band) -> str:
    """Return a count of seats by its bounds."""
    if band is None:
        return text("count.hidden")
    low, high = band
    if low == high:
        return f"{low}"
    if low == 0:
        return text("count.at_most", high=high + 1)
    return text("count.at_least", low=low)


def loss(told: Mapping[str, Any]) -> str:
    """Return a loss in a seat's points, with its interval where it has one."""
    value, low, high = (told[name] for name in ("value", "low", "high"))
    if low is None:
        return points(value)
    return text("three.interval", value=points(value), low=points(low), high=points(high))


def points(value: float) -> str:
    """Return a number of a seat's points.

    >>> points(-0.26), points(-0.02)
    ('−0.3', '0.0')
    """
    return localise(f"{value:z.1f}".replace("-", "−"))
