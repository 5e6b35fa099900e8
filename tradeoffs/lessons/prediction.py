"""Predictions: what a learner guesses before the result is shown, and how it compares."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tradeoffs.language.notation import labelled, localise
from tradeoffs.language.translation import say
from tradeoffs.lessons.effect import Effect, Measured, format_value, interval, unit_of, with_unit
from tradeoffs.lessons.step_state import StepState
from tradeoffs.report.text import capital

if TYPE_CHECKING:
    import pandas as pd

DIRECTIONS = ("less", "about the same", "more")  # of an effect's sign -1, 0, 1
ASKED = {"": "Your number", "in 100": "Of 100", "times": "How many times"}  # of a unit
NEAR, PARTLY = 0.05, 0.2  # of the range that could be guessed
Near = Literal["near", "partly", "far", "open"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """How a guess compares with what was measured; open where nothing can tell."""

    text: str
    near: Near


@dataclass(frozen=True, kw_only=True, slots=True)
class Prediction:
    """A question that is asked before anything is shown.

    `about` tells the setting that the question is about, in words; empty where there is one alone.
    """

    question: str
    about: Callable[[StepState], str] = lambda _: ""

    def valid(self, guess: object) -> bool:
        """Say whether this could be a guess."""
        raise NotImplementedError

    def words(self, guess: object) -> str:
        """Return a guess in words."""
        return str(guess)

    def verdict(
        self,
        guess: object,
        table: "pd.DataFrame",
        setting: StepState,
        moved: StepState | None = None,
    ) -> Verdict:
        """Return how a guess compares with what an answer says at the setting it is about.

        Args:
            guess: a valid one.
            table: the answer.
            setting: that the question is about.
            moved: where the sliders are now; the text names `setting` if they are elsewhere.
        """
        found = self._verdict(guess, table, setting)
        about = self.about(setting)
        if moved is None or self.about(moved) == about:
            return found
        text = say(
            "{told} The question was about the setting “{setting}”.", told=found.text, setting=about
        )
        return Verdict(text=text, near=found.near)

    def _verdict(self, guess: object, table: "pd.DataFrame", setting: StepState) -> Verdict:
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True, slots=True)
class Number(Prediction):
    """Guess a number; bounds and step in the unit's own numbers (30 for 30 %)."""

    of: Measured
    unit: str
    low: float
    high: float
    step: float = 1.0

    def valid(self, guess: object) -> bool:
        """Say whether this could be a guess."""
        return isinstance(guess, int | float) and self.low <= guess <= self.high

    def _verdict(self, guess: float, table: "pd.DataFrame", setting: StepState) -> Verdict:
        found = self.of(table, setting)
        text = self.sentence(self.words(guess), found)
        if found is None:
            return Verdict(text=text, near="open")
        factor = unit_of(self.unit)[0]
        inside = found.low * factor <= guess <= found.high * factor and found.low > -float("inf")
        off = 0.0 if inside else abs(guess - found.value * factor)
        return Verdict(text=text, near=_near(off, self.high - self.low))

    def sentence(self, guess: str, found: Effect | None) -> str:
        """Return a guess in words beside what was measured."""
        if found is None:
            return say("You guessed {guess}. It cannot be measured here.", guess=guess)
        measured = f"{format_value(found.value, self.unit)}{_within(found, self.unit)}"
        return say("You guessed {guess}; measured is {measured}.", guess=guess, measured=measured)

    def accepted(self, found: Effect) -> tuple[float, float]:
        """Return the lowest and the highest guess that counts as near what was measured."""
        return _accepted(found, unit_of(self.unit)[0], self.low, self.high)

    def words(self, guess: float) -> str:
        """Return a guess in words, with as many digits as can be guessed."""
        factor, digits, _ = unit_of(self.unit)
        return format_value(guess / factor, self.unit, more=self.digits - digits)

    @property
    def digits(self) -> int:
        """How many digits a guess has behind the point."""
        return len(f"{self.step:g}".partition(".")[2])

    @property
    def label(self) -> str:
        """What stands at the field of the guess."""
        if self.unit in ASKED:
            return say(ASKED[self.unit])
        return say("In {unit}", unit=self.unit)


@dataclass(frozen=True, kw_only=True, slots=True)
class OneOf(Prediction):
    """A question with some answers to choose from."""

    choices: tuple[str, ...] = ()

    def valid(self, guess: object) -> bool:
        """Say whether this could be a guess."""
        return guess in self.choices


@dataclass(frozen=True, kw_only=True, slots=True)
class Direction(OneOf):
    """Guess which way something goes: the words for less, about the same, more."""

    of: Measured
    unit: str = "points"
    choices: tuple[str, str, str] = DIRECTIONS

    def _verdict(self, guess: str, table: "pd.DataFrame", setting: StepState) -> Verdict:
        found = self.of(table, setting)
        if found is None:
            text = say("You guessed “{guess}”. It cannot be measured here.", guess=guess)
            return Verdict(text=text, near="open")
        if not found.sign and found.low < found.high:
            return self._untold(guess, found)
        told = self.choices[found.sign + 1]
        size = format_value(found.value, self.unit, sign=True) + _within(found, self.unit)
        if told == guess:
            text = say("{told}, as you guessed: {size}.", told=capital(told), size=size)
        else:
            text = say(
                "{told}, you guessed “{guess}”: {size}.",
                told=capital(told),
                guess=guess,
                size=size,
            )
        off = abs(self.choices.index(guess) - found.sign - 1)
        near: tuple[Near, ...] = ("near", "partly", "far")
        return Verdict(text=text, near=near[off])

    def _untold(self, guess: str, found: Effect) -> Verdict:
        """Say that the interval holds zero: either direction is possible, and so is none."""
        text = say(
            "You guessed “{guess}”. The data cannot tell the direction: measured is {measured}.",
            guess=guess,
            measured=format_value(found.value, self.unit, sign=True) + _within(found, self.unit),
        )
        return Verdict(text=text, near="near" if guess == self.choices[1] else "open")


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice(OneOf):
    """Guess one of several; `of` returns the one that was measured, None where it is open."""

    of: Callable[["pd.DataFrame", StepState], str | None]

    def _verdict(self, guess: str, table: "pd.DataFrame", setting: StepState) -> Verdict:
        found = self.of(table, setting)
        if found is None:
            text = say("You guessed “{guess}”. The data cannot tell.", guess=guess)
            return Verdict(text=text, near="open")
        if found == guess:
            return Verdict(text=say("{told}: as you guessed.", told=capital(found)), near="near")
        text = say("{told}: you guessed “{guess}”.", told=capital(found), guess=guess)
        return Verdict(text=text, near="far")


@dataclass(frozen=True, kw_only=True, slots=True)
class Line(Prediction):
    """Draw a line by hand: a value at each x; `of` returns what was measured there.

    Where the step's figure has the same places on its x axis, both lines are drawn there.
    """

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

    def _verdict(
        self, guess: Sequence[float], table: "pd.DataFrame", setting: StepState
    ) -> Verdict:
        """Say where the line drawn lies furthest from what was measured."""
        found = list(self.of(table, setting))
        known = [
            (abs(drawn - shown), x, drawn, shown)
            for x, drawn, one in zip(self.xs, guess, found, strict=True)
            if one is not None
            for shown in [one.value * self.factor]
        ]
        if not known:
            text = say("Your line cannot be compared: nothing could be measured here.")
            return Verdict(text=text, near="open")
        _, x, drawn, shown = max(known)
        mean = sum(off for off, *_ in known) / len(known)
        unit = "points" if self.unit == "%" else self.unit
        text = say(
            "Your line is off by {mean} on average; most at {x}, where you drew {drawn:.1f} and "
            "{shown:.1f} was measured.",
            mean=with_unit(localise(f"{mean:.1f}"), mean, unit),
            x=x,
            drawn=drawn,
            shown=shown,
        )
        return Verdict(text=text, near=_near(mean, self.high - self.low))

    def accepted(self, found: Effect) -> tuple[float, float]:
        """Return the lowest and the highest value at one place that counts as near."""
        return _accepted(found, self.factor, self.low, self.high)

    def words(self, guess: Sequence[float]) -> str:
        """Return a guess in words."""
        return ", ".join(labelled(x, f"{v:.0f}") for x, v in zip(self.xs, guess, strict=True))

    @property
    def factor(self) -> float:
        """What a measured share is multiplied by to be compared with the line."""
        return unit_of(self.unit)[0]


@dataclass(frozen=True, kw_only=True, slots=True)
class Vote(OneOf):
    """Say what should be, before anything is shown: no data can tell whether it is right.

    `outcome` returns, of an answer, a setting and a vote, what came of the vote; it may be empty.
    """

    outcome: Callable[["pd.DataFrame", StepState, str], str]

    def _verdict(self, guess: str, table: "pd.DataFrame", setting: StepState) -> Verdict:
        outcome = self.outcome(table, setting, guess)
        text = say("You voted “{guess}”. {outcome}", guess=guess, outcome=outcome).rstrip()
        return Verdict(text=text, near="open")


def _near(off: float, span: float) -> Near:
    return "near" if off <= NEAR * span else "partly" if off <= PARTLY * span else "far"


def _accepted(found: Effect, factor: float, low: float, high: float) -> tuple[float, float]:
    """Return what is near: within the interval, or off by little of what could be guessed."""
    little, known = NEAR * (high - low), found.low > -math.inf
    ends = [factor * end for end in ((found.low, found.high) if known else (found.value,) * 2)]
    value = factor * found.value
    return max(low, min(value - little, ends[0])), min(high, max(value + little, ends[1]))


def _within(found: Effect, unit: str) -> str:
    between = interval(found, unit)
    return f" ({between})" if between else ""
