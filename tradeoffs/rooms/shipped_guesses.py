"""Shipped guesses: what the models answer to the question of a round, from what is shipped."""

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from tradeoffs.errors import InvalidInput
from tradeoffs.language.current import ENGLISH, in_language
from tradeoffs.lessons.answers import shipped_answer
from tradeoffs.lessons.catalogue import LESSONS
from tradeoffs.lessons.effect import Effect
from tradeoffs.lessons.prediction import Direction, Line, Number, OneOf, Prediction, Vote
from tradeoffs.lessons.step_state import StepState
from tradeoffs.rooms.guess_sentences import models_choice

if TYPE_CHECKING:
    import pandas as pd


def shipped_guess(asked: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what the models answer, as the host's page shows it; None where it is not shipped.

    `unit`, `values` (of a number or a direction one, of a line one a place, else none: each with
    `value`, `low`, `high` and what the interval covers, or None where it is not measurable), and
    `choice` (which of the choices of the round the models made true, from 0; None where there is
    none). Of a vote, which nothing can measure, neither.

    Args:
        asked: a round of a lesson, as JSON.
    """
    source = asked["source"]
    if not source:
        return None
    try:
        entry, place = LESSONS[source["lesson"]], int(source["step"])
        step, setting = entry.steps[place], entry.setting(place)
        table = shipped_answer(step, setting)
    except (InvalidInput, IndexError):  # of another version, or somebody's own
        return None
    if table is None or step.prediction is None:
        return None
    with in_language(ENGLISH):
        return _measured(step.prediction, table, setting)


def effect_of(told: Mapping[str, Any]) -> Effect:
    """Return a value of `shipped_guess` as what was measured."""
    low, high = told["low"], told["high"]
    ends = {"low": -math.inf if low is None else low, "high": math.inf if high is None else high}
    return Effect(**{**told, **ends})


def _measured(asked: Prediction, table: "pd.DataFrame", setting: StepState) -> dict[str, Any]:
    choice = None
    if isinstance(asked, OneOf) and not isinstance(asked, Vote):
        told = models_choice(asked, table, setting)
        choice = None if told is None else asked.choices.index(told)
    values = [_value(one) if one else None for one in _effects(asked, table, setting)]
    return {"unit": getattr(asked, "unit", ""), "values": values, "choice": choice}


def _effects(
    asked: Prediction, table: "pd.DataFrame", setting: StepState
) -> Iterator[Effect | None]:
    if isinstance(asked, Line):
        yield from asked.of(table, setting)
    elif isinstance(asked, Number | Direction):
        yield asked.of(table, setting)


def _value(one: Effect) -> dict[str, Any]:
    ends = {"low": one.low, "high": one.high}
    known = {name: end if math.isfinite(end) else None for name, end in ends.items()}
    value = {"value": float(one.value), "test_rows": bool(one.test_rows), "range": bool(one.range)}
    return value | {name: None if end is None else float(end) for name, end in known.items()}
