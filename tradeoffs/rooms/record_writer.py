"""Writer of a record: its sections before any layout, and how counts and losses are told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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
    """Writes the sections of one record in its language."""

    record: Mapping[str, Any]

    @property
    def language(self) -> str:
        """Of the room."""
        return self.record["room"]["language"]

    def say(self, name: str, /, **values: object) -> str:
        """Return a text in the language of the room."""
        return text(self.language, name, **values)

    def count(self, band: Band) -> str:
        """Return a count of seats by its bounds."""
        if band is None:
            return self.say("count.hidden")
        low, high = band
        if low == high:
            return f"{low}"
        if low == 0:
            return self.say("count.at_most", high=high + 1)
        return self.say("count.at_least", low=low)

    def loss(self, told: Mapping[str, Any]) -> str:
        """Return a loss in a seat's points, with its interval where it has one."""
        value, low, high = (told[name] for name in ("value", "low", "high"))
        if low is None:
            return points(value)
        return self.say("three.interval", value=points(value), low=points(low), high=points(high))


def points(value: float) -> str:
    """Return a number of a seat's points.

    >>> points(-0.26), points(-0.02)
    ('−0.3', '0.0')
    """
    return f"{value:z.1f}".replace("-", "−")
