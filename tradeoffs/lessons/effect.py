"""Effects: a number with its interval, and sentences that turn with its sign."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tradeoffs.language.notation import Amount, localise, with_percent
from tradeoffs.language.translation import mark, say, translate
from tradeoffs.lessons.step_state import StepState
from tradeoffs.report.text import interval_end, number

if TYPE_CHECKING:
    import pandas as pd

UNITS = {  # unit -> factor, digits, what follows the number
    "points": (100.0, 1, " points"),
    "%": (100.0, 1, " %"),
    "people": (1.0, 0, " people"),
    "in 100": (100.0, 0, " in 100"),
    "steps": (1.0, 2, " steps"),
    "conditions": (1.0, 2, " conditions"),
    "times": (1.0, 1, " times"),
    "months": (1.0, 1, " months"),
    "powers of ten": (1.0, 1, " powers of ten"),
    "": (1.0, 3, ""),
}


UNIT_TEXTS = {  # a number with its unit
    "points": "{n:points|points}",
    "people": "{n:people|people}",
    "in 100": "{n} in 100",
    "steps": "{n:steps|steps}",
    "conditions": "{n:conditions|conditions}",
    "times": "{n:times|times}",
    "months": "{n:months|months}",
    "powers of ten": "{n:powers of ten|powers of ten}",
}
UNIT_NAMES = {name: name for name in UNIT_TEXTS}  # a unit alone, as behind an empty field
ABSENT = mark("This cannot be measured here.")
ROWS_COVERED = "95 %: {low} to {high}"
RUNS_COVERED = "95 % over training runs, not test rows: {low} to {high}"
RANGE = "range: {low} to {high}"


def unit_of(name: str) -> tuple[float, int, str]:
    """Return factor, digits and what follows a number in a unit; any word counts things.

    >>> unit_of("models")
    (1.0, 1, ' models')
    """
    return UNITS.get(name, (1.0, 1, f" {name}"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Effect:
    """A measured number, or a difference of two, with its 95 % interval.

    Attributes:
        value: in the unit of the claim that tells it; shares and their differences from 0 to 1.
        low: lower end of the interval; -inf where there is none, the value where it is exact.
        high: upper end.
        test_rows: whether the interval covers that test rows are a sample; else trainings alone.
        range: whether the ends are no interval but what is known of the number at all.
        words: names that stand in the sentence, by placeholder.
    """

    value: float
    low: float
    high: float
    test_rows: bool = True
    range: bool = False
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def sign(self) -> int:
        """1 or -1 where the interval leaves out 0, else 0: it cannot be told from none."""
        return (self.low > 0) - (self.high < 0)

    def named(self, **words: str) -> "Effect":
        """Return the effect with names for its sentence."""
        return replace(self, words={**self.words, **words})

    def less(self, constant: float) -> "Effect":
        """Return the effect minus what is known for certain."""
        ends = {"low": self.low - constant, "high": self.high - constant}
        return replace(self, value=self.value - constant, **ends)

    def turned(self) -> "Effect":
        """Return the effect the other way around."""
        return replace(self, value=-self.value, low=-self.high, high=-self.low)


Measured = Callable[["pd.DataFrame", StepState], Effect | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """A sentence about one number: `{value}`, `{low}`, `{high}` and the effect's words."""

    of: Measured
    text: str
    unit: str = "%"
    absent: str = ABSENT

    def describe(self, effect: Effect | None) -> str:
        """Return the sentence, with the interval behind it unless it names it itself."""
        return _filled(self.text, effect, self.unit) if effect else say(self.absent)


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """Sentences about a difference, one for each way it can turn out.

    Placeholders: `{size}` is the difference without its sign, `{value}` with it, `{low}` and
    `{high}` are the ends of its interval; and the effect's words.
    """

    of: Measured
    more: str  # where the interval lies above 0
    less: str  # where it lies below
    tie: str  # where it holds 0
    unit: str = "points"
    absent: str = ABSENT

    def describe(self, effect: Effect | None) -> str:
        """Return the sentence that fits, or why there is none."""
        if effect is None:
            return say(self.absent)
        return _filled(self._texts[effect.sign], effect, self.unit)

    def ways(self, effect: Effect) -> dict[int, str]:
        """Return, by sign, what it would say of an effect of this size, without intervals."""
        size = abs(effect.value)
        values = {sign: sign * size if sign else effect.value for sign in self._texts}
        return {
            sign: f"{_told(text, replace(effect, value=values[sign]), self.unit)}."
            for sign, text in self._texts.items()
        }

    @property
    def _texts(self) -> dict[int, str]:
        return {1: self.more, -1: self.less, 0: self.tie}


def format_value(
    value: float, unit: str, *, bare: bool = False, sign: bool = False, more: int = 0
) -> str:
    """Return a number in a unit, with `more` digits than usual.

    >>> format_value(0.0123, "points"), format_value(-0.5, "points", sign=True)
    ('1.2 points', '−50.0 points')
    >>> format_value(7, "people"), format_value(math.inf, "")
    ('7 people', '∞')
    """
    if math.isinf(value):
        return "−∞" if value < 0 else "∞"
    factor, digits, _ = unit_of(unit)
    digits += more
    scaled = round(factor * value, digits)
    text = localise(f"{abs(scaled):,.{digits}f}") if unit else number(abs(scaled))
    before = "−" if scaled < 0 else "+" if sign and scaled > 0 else ""
    return f"{before}{text}" if bare else with_unit(f"{before}{text}", scaled, unit)


def with_unit(text: str, value: float, unit: str) -> str:
    """Return a number as the run writes it with its unit; any word counts things.

    >>> with_unit("1.2", 1.2, "points"), with_unit("7", 7, "models"), with_unit("0.5", 0.5, "%")
    ('1.2 points', '7 models', '0.5 %')
    """
    if unit == "%":
        return with_percent(text)
    if unit in UNIT_TEXTS:
        return say(UNIT_TEXTS[unit], n=Amount(text, value))
    return f"{text} {unit}" if unit else text


def unit_name(unit: str) -> str:
    """Return the words for a unit where no number stands before it."""
    return translate(UNIT_NAMES.get(unit, unit), "a unit alone")


def interval(effect: Effect, unit: str) -> str:
    """Return the interval in words; empty where there is none, or the number is exact."""
    exact = effect.low == effect.high
    if exact or not (math.isfinite(effect.low) and math.isfinite(effect.high)):
        return ""
    factor, digits, _ = unit_of(unit)
    low, high = (
        interval_end(
            factor * value,
            digits,
            lambda v, d: format_value(v / factor, unit, bare=True, more=d - digits),
        )
        for value in (effect.low, effect.high)
    )
    if low == high:  # narrower than the digits that are written
        return ""
    ends = {"low": low, "high": with_unit(high, factor * effect.high, unit)}
    if effect.range:
        return say(RANGE, **ends)
    return say(ROWS_COVERED if effect.test_rows else RUNS_COVERED, **ends)


def _told(text: str, effect: Effect, unit: str) -> str:
    return text.format(
        size=format_value(abs(effect.value), unit),
        value=format_value(effect.value, unit),
        low=format_value(effect.low, unit, bare=True),
        high=format_value(effect.high, unit),
        **effect.words,
    )


def _filled(text: str, effect: Effect, unit: str) -> str:
    told = _told(text, effect, unit)
    if effect.sign < 0 and "{size}" in text:  # the interval of what the sentence names
        effect = effect.turned()
    between = "" if "{low}" in text else interval(effect, unit)
    return f"{told} ({between})." if between else f"{told}."
