"""Predictions: what a learner guesses before the result is shown, and how it compares."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tradeoffs.lessons.effect import UNITS, Effect, Measured, format_value, interval
from tradeoffs.lessons.step_state import StepState

if TYPE_CHECKING:
    import pandas as pd

DIRECTIONS = ("less", "about the same", "more")  # of an effect's sign -1, 0, 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Number:
    """Guess a number; bounds and step in the unit's own numbers (30 for 30 %)."""

    question: str
    of: Measured
    unit: str
    low: float
    high: float
    step: float = 1.0

    def valid(self, guess: object) -> bool:
        """Say whether this could be a guess."""
        return isinstance(guess, int | float) and self.low <= guess <= self.high

    def compared(self, guess: float, table: "pd.DataFrame", setting: StepState) -> str:
        """Return guess and result in one sentence."""
        found = self.of(table, setting)
        if found is None:
            return f"You guessed {self.words(guess)}. It cannot be measured here."
        return (
            f"You guessed {self.words(guess)}; measured is {format_value(found.value, self.unit)}"
            f"{_within(found, self.unit)}."
        )

    def words(self, guess: float) -> str:
        """Return a guess in words, with as many digits as can be guessed."""
        factor, digits, _ = UNITS[self.unit]
        return format_value(guess / factor, self.unit, more=self.digits - digits)

    @property
    def digits(self) -> int:
        """How many digits a guess has behind the point."""
        return len(f"{self.step:g}".partition(".")[2])

    @property
    def label(self) -> str:
        """What stands at the field of the guess."""
        return {"": "Your number", "in 100": "Of 100"}.get(self.unit, f"In {self.unit}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Direction:
    """Guess which way something goes: the words for less, about the same, more."""

    question: str
    of: Measured
    unit: str = "points"
    choices: tuple[str, str, str] = DIRECTIONS

    def valid(self, guess: object) -> bool:
        """Say whether this could be a guess."""
        return guess in self.choices

    def compared(self, guess: str, table: "pd.DataFrame", setting: StepState) -> str:
        """Return guess and result in one sentence."""
        found = self.of(table, setting)
        if found is None:
            return f"You guessed “{guess}”. It cannot be measured here."
        told = self.choices[found.sign + 1]
        same = "as you guessed" if told == guess else f"you guessed “{guess}”"
        return f"{_capital(told)}, {same}: {format_value(found.value, self.unit, sign=True)}" + (
            f"{_within(found, self.unit)}."
        )

    def words(self, guess: str) -> str:
        """Return a guess in words."""
        return guess


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """Guess one of several; `of` returns the one that was measured, None where it is open."""

    question: str
    choices: tuple[str, ...]
    of: Callable[["pd.DataFrame", StepState], str | None]

    def valid(self, guess: object) -> bool:
        """Say whether this could be a guess."""
        return guess in self.choices

    def compared(self, guess: str, table: "pd.DataFrame", setting: StepState) -> str:
        """Return guess and result in one sentence."""
        found = self.of(table, setting)
        if found is None:
            return f"You guessed “{guess}”. The data cannot tell."
        same = "as you guessed" if found == guess else f"you guessed “{guess}”"
        return f"{_capital(found)}: {same}."

    def words(self, guess: str) -> str:
        """Return a guess in words."""
        return guess


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """Draw a line by hand: a value at each x; `of` returns what was measured there.

    Where the step's figure has the same places on its x axis, both lines are drawn there.
    """

    question: str
    xs: tuple[str, ...]
    of: Callable[["pd.DataFrame", StepState], Sequence[Effect | None]]
    unit: str
    low: float
    high: float
    x_title: str
    y_title: str

    def valid(self, guess: object) -> bool:
        """Say whether this could be a guess."""
        if not isinstance(guess, list | tuple) or len(guess) != len(self.xs):
            return False
        return all(isinstance(v, int | float) and self.low <= v <= self.high for v in guess)

    def compared(self, guess: Sequence[float], table: "pd.DataFrame", setting: StepState) -> str:
        """Return where the line drawn lies furthest from what was measured."""
        found = list(self.of(table, setting))
        known = [
            (abs(drawn - shown), x, drawn, shown)
            for x, drawn, one in zip(self.xs, guess, found, strict=True)
            if one is not None
            for shown in [one.value * self.factor]
        ]
        if not known:
            return "Your line cannot be compared: nothing could be measured here."
        _, x, drawn, shown = max(known)
        mean = sum(off for off, *_ in known) / len(known)
        return (
            f"Your line is off by {mean:.1f} on average; most at {x}, where you drew {drawn:.1f} "
            f"and {shown:.1f} was measured."
        )

    def words(self, guess: Sequence[float]) -> str:
        """Return a guess in words."""
        return ", ".join(f"{x}: {v:.0f}" for x, v in zip(self.xs, guess, strict=True))

    @property
    def factor(self) -> float:
        """What a measured share is multiplied by to be compared with the line."""
        return 100.0 if self.unit in ("%", "points", "in 100") else 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Vote:
    """Say what should be, before anything is shown: no data can tell whether it is right.

    `outcome` returns, of an answer, a setting and a vote, what came of the vote; it may be empty.
    """

    question: str
    choices: tuple[str, ...]
    outcome: Callable[["pd.DataFrame", StepState, str], str]

    def valid(self, guess: object) -> bool:
        """Say whether this could be a vote."""
        return guess in self.choices

    def compared(self, guess: str, table: "pd.DataFrame", setting: StepState) -> str:
        """Return the vote, and what came of it."""
        return f"You voted “{guess}”. {self.outcome(table, setting, guess)}".rstrip()

    def words(self, guess: str) -> str:
        """Return a vote in words."""
        return guess


Prediction = Number | Direction | Choice | Line | Vote


def _within(found: Effect, unit: str) -> str:
    between = interval(found, unit)
    return f" ({between})" if between else ""


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
