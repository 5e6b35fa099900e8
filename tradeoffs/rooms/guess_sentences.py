"""Sentences about guesses: what a room guessed of a step, and what the models say."""

from collections.abc import Sequence
from statistics import fmean, median
from typing import TYPE_CHECKING

from tradeoffs.language.notation import localise
from tradeoffs.lessons.effect import Effect, format_value, interval, unit_of, with_unit
from tradeoffs.lessons.lesson import StepState
from tradeoffs.lessons.prediction import Choice, Direction, Line, Number, OneOf, Prediction, Vote
from tradeoffs.messages.message import Message
from tradeoffs.rooms.guess_words import guess_words
from tradeoffs.rooms.record_writer import points
from tradeoffs.rooms.suppression import LEAST
from tradeoffs.rooms.tally import Tally

if TYPE_CHECKING:
    import pandas as pd


def sentences(
    asked: Prediction,
    tally: Tally,
    table: "pd.DataFrame | None",
    state: StepState,
    before: Tally | None = None,
) -> tuple[Message, ...]:
    """Return what was guessed, the first time too, and what the models say of it.

    Args:
        asked: what the room was asked.
        tally: what it answered.
        table: the step's answer; None while it is computed.
        state: the setting that the question is about.
        before: what it answered the first time, where it answered again.
    """
    if not (tally.counts or tally.numbers or tally.lines):
        if tally.answers < LEAST:
            return (Message("pooled_hidden", answers=tally.answers),)
        return (Message("pooled_few_phones", answers=tally.answers, least=LEAST),)
    first = (*_first_time(asked, before), *_moved_line(asked, tally, before))
    told = (_guesses(asked, tally, table, state), *first, *_shift(tally))
    if table is None or not len(table):
        return told
    return (*told, *_models(asked, tally, table, state))


def measured_value(effect: Effect, unit: str, *, sign: bool = False) -> str:
    """Return a measured number with its unit and interval.

    >>> measured_value(Effect(value=0.2, low=0.1, high=0.3), "%")
    '20.0 % (95 %: 10.0 to 30.0 %)'
    """
    value, between = format_value(effect.value, unit, sign=sign), interval(effect, unit)
    return f"{value} ({between})" if between else value


def models_choice(asked: OneOf, table: "pd.DataFrame", state: StepState) -> str | None:
    """Return the choice that the models made true; None where the data cannot tell."""
    if isinstance(asked, Choice):
        return asked.of(table, state)
    found = asked.of(table, state) if isinstance(asked, Direction) else None
    if found is None or (not found.sign and found.low < found.high):
        return None
    return asked.choices[found.sign + 1]


def _first_time(asked: Prediction, before: Tally | None) -> tuple[Message, ...]:
    """Return what most guessed before they talked, as far as one number tells it."""
    if before is None:
        return ()
    if isinstance(asked, Number) and before.numbers:
        middle = _median(asked, before)
        return (Message("pooled_median_before", median=middle),)
    if len(before.leaders) != 1:
        return ()
    (choice,) = before.leaders
    count = f"{before.shown[choice]:.0f}"
    return (Message("pooled_choice_before", choice=choice, count=count, answers=before.answers),)


def _moved_line(asked: Prediction, tally: Tally, before: Tally | None) -> tuple[Message, ...]:
    """Return where the median line moved furthest between two votes."""
    if not isinstance(asked, Line) or before is None or not before.lines:
        return ()
    pairs = zip(asked.xs, median_line(before.lines), median_line(tally.lines), strict=True)
    x, first, second = max(pairs, key=lambda one: abs(one[2] - one[1]))
    if points(first) == points(second):
        return (Message("pooled_line_same"),)
    return (Message("pooled_line_moved", x=x, first=points(first), second=points(second)),)


def _shift(tally: Tally) -> list[Message]:
    """Return who changed between two votes: most of those who did, or which way numbers went."""
    told = []
    if "up" in tally.moves:
        told.append(Message("pooled_moved_up", count=tally.moves["up"]))
    if "down" in tally.moves:
        told.append(Message("pooled_moved_down", count=tally.moves["down"]))
    if changes := tally.changes:
        first, second = max(changes, key=lambda pair: changes[pair])
        count = changes[first, second]
        told.append(Message("pooled_flow", first=first, second=second, count=count))
    return told


def _guesses(
    asked: Prediction, tally: Tally, table: "pd.DataFrame | None", state: StepState
) -> Message:
    """Return what was guessed; of numbers and lines, beside what was measured."""
    known = table if table is not None and len(table) else None
    if isinstance(asked, Number):
        return _of_numbers(asked, tally, None if known is None else asked.of(known, state))
    if isinstance(asked, Line):
        nothing = [None] * len(asked.xs)
        return _of_lines(asked, tally, nothing if known is None else asked.of(known, state))
    assert isinstance(asked, OneOf)
    return _choices(asked, tally)


def _choices(asked: OneOf, tally: Tally) -> Message:
    """Return what was chosen most."""
    answers = tally.answers
    choice, *ties = tally.leaders or ("",)
    if sure := tally.sure:
        low, high = tally.bands[sure]
        return Message("pooled_choice_between", choice=sure, low=low, high=high, answers=answers)
    if not choice and tally.ends:
        return Message("pooled_estimates_open", answers=answers)
    if not choice:
        return Message("pooled_choices_hidden", answers=answers)
    count = f"{tally.shown[choice]:.0f}"
    if ties:
        choices = [[one] for one in (choice, *ties)]
        return Message("pooled_choices", choices=choices, count=count, answers=answers)
    if choice in tally.ends:
        low, high = (f"{end:.0f}" for end in tally.ends[choice])
        return Message(
            "pooled_choice_estimated",
            choice=choice, count=count, answers=answers, low=low, high=high,
        )  # fmt: skip
    if isinstance(asked, Vote):
        return Message("pooled_vote", choice=choice, count=count, answers=answers)
    return Message("pooled_choice", choice=choice, count=count, answers=answers)


def _models(
    asked: Prediction, tally: Tally, table: "pd.DataFrame", state: StepState
) -> tuple[Message, ...]:
    """Return what the models say where the first sentence does not."""
    if isinstance(asked, Direction | Number):
        found = asked.of(table, state)
        if found is None:
            return (Message("pooled_not_measurable"),)
        if isinstance(asked, Number):
            return ()
        told, value = (
            models_choice(asked, table, state),
            measured_value(found, asked.unit, sign=True),
        )
        if told is None:
            return (Message("pooled_direction_open", value=value),)
        return (_compared(tally, told, value),)
    if not isinstance(asked, Choice):
        return ()
    told = models_choice(asked, table, state)
    return (_compared(tally, told, "") if told else Message("pooled_choice_open"),)


def _compared(tally: Tally, told: str, value: str) -> Message:
    """Return what the models say, beside how many guessed that."""
    count = tally.shown.get(told)
    if told == tally.sure or tally.leaders == (told,):
        return Message("models_as_guessed", value=value) if value else Message("models_agree")
    if count is None or tally.ends:  # what is estimated is in the figure, with its interval
        if value:
            return Message("models_measured", told=told, value=value)
        return Message("models_say", told=told)
    if value:
        return Message("models_measured_beside", told=told, value=value, count=f"{count:.0f}")
    return Message("models_say_beside", told=told, count=f"{count:.0f}")


def _of_numbers(asked: Number, tally: Tally, found: Effect | None) -> Message:
    """Return the median, and how many guesses lie on either side of what was measured."""
    answers, middle = len(tally.numbers), _median(asked, tally)
    if found is None:
        return Message("pooled_median_alone", answers=answers, median=middle)
    (factor, digits, _), value = unit_of(asked.unit), measured_value(found, asked.unit)
    known = bool(interval(found, asked.unit))
    reach = 0.0 if known else asked.step / 2
    ends = (found.low, found.high) if known else (found.value, found.value)
    low, high = (round(end * factor, digits) for end in ends)  # as they are told
    below = sum(one < low - reach for one in tally.numbers)
    above = sum(one > high + reach for one in tally.numbers)
    return Message(
        "pooled_numbers" if known else "pooled_numbers_exact",
        answers=answers, median=middle, value=value,
        below=below, inside=answers - below - above, above=above,
    )  # fmt: skip


def _median(asked: Number, tally: Tally) -> str:
    return guess_words({"unit": asked.unit, "step": asked.step}, median(tally.numbers))


def _of_lines(asked: Line, tally: Tally, found: Sequence[Effect | None]) -> Message:
    """Return where the median line lies furthest from what was measured."""
    middle, answers = median_line(tally.lines), len(tally.lines)
    unit = "points" if asked.unit == "%" else asked.unit
    known = [
        (abs(drawn - one.value * asked.factor), x, drawn, one.value * asked.factor)
        for x, drawn, one in zip(asked.xs, middle, found, strict=True)
        if one is not None
    ]
    if not known:
        return Message("pooled_lines_alone", answers=answers)
    _, x, drawn, measured = max(known)
    mean = fmean(off for off, *_ in known)
    return Message(
        "pooled_lines",
        answers=answers,
        mean=with_unit(localise(f"{mean:.1f}"), mean, unit),
        x=x,
        drawn=points(drawn),
        measured=points(measured),
    )


def median_line(lines: tuple[tuple[float, ...], ...]) -> list[float]:
    """Return the median at each place of several lines; empty of none."""
    return [median(place) for place in zip(*lines, strict=True)]
