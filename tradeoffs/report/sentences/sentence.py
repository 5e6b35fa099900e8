"""A sentence on screen: what it says, which quantities it needs, and when it is true."""

import inspect
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from string import Formatter

from tradeoffs.language.notation import Amount, Number, localise, percent_text
from tradeoffs.language.translates import translates
from tradeoffs.report.text import number, percent, plain_number, points

Values = Mapping[str, object]  # quantity -> what was measured of it; None or NaN if it was not

FORMATS: dict[str, Callable[[float], str]] = {
    "count": lambda value: localise(f"{value:,.0f}"),
    "decimal": lambda value: localise(f"{value:.10f}".rstrip("0")),
    "epsilon": lambda value: f"ε\u00a0=\u00a0{number(value)}",
    "number": number,
    "percent": percent,
    "points": points,
    "share": lambda value: percent_text(plain_number(100 * value)),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """What was said, by the sentence of that name."""

    name: str
    text: str


@translates("text")
@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """A sentence that is printed only if what it needs was measured and it is true.

    Attributes:
        name: among all sentences.
        text: with {quantity} or {quantity:format}, a format being one of FORMATS.
        when: of quantities, named as its arguments, whether the sentence is true.
    """

    name: str
    text: str
    when: Callable[..., bool] = lambda: True

    def said(self, values: Values) -> Statement | None:
        """Return the sentence; None if a quantity is missing or infinite, or it is not true."""
        written, asked = _needs(self)
        if any(_missing(values.get(name)) for name in (*written, *asked)):
            return None
        if any(_infinite(values[name]) for name in written):
            return None
        if not self.when(**{name: values[name] for name in asked}):
            return None
        return Statement(name=self.name, text=_WRITER.vformat(self.text, (), values))


def first(sentences: Sequence[Sentence], values: Values) -> list[Statement]:
    """Return the first of some sentences that can be said, alone; nothing if none can."""
    return every(sentences, values)[:1]


def every(sentences: Sequence[Sentence], values: Values) -> list[Statement]:
    """Return all of some sentences that can be said."""
    return [said for one in sentences if (said := one.said(values)) is not None]


class _Writer(Formatter):
    """Writes numbers as the screen does."""

    def format_field(self, value: object, format_spec: str) -> str:
        """Write a value by the format of that name; one without is written as it is.

        A format `row|rows` counts; see `tradeoffs.language.notation.Number`.
        """
        if "|" in format_spec:
            return format(value if isinstance(value, Amount) else Number(value), format_spec)
        return FORMATS[format_spec](value) if format_spec else str(value)  # type: ignore[arg-type]


_WRITER = _Writer()


@cache
def _needs(one: Sentence) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the quantities that a sentence writes, and those that its truth depends on."""
    written = tuple(field for _, field, _, _ in Formatter().parse(one.text) if field)
    return written, tuple(inspect.signature(one.when).parameters)


def _missing(value: object) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))


def _infinite(value: object) -> bool:
    return isinstance(value, float) and math.isinf(value)
