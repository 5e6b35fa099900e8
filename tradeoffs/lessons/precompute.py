"""Precompute: the answers of the default steps, which are shipped with the project."""

from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from typing import TYPE_CHECKING

from tradeoffs.jobs.batch import call, run_all
from tradeoffs.jobs.worker import study
from tradeoffs.lessons.answers import key, shipped, studied_table, trained_table
from tradeoffs.lessons.lesson import Lesson, Setting, Step, Trained

if TYPE_CHECKING:
    import pandas as pd


def answered(step: Step, setting: Setting, executor: Executor) -> "pd.DataFrame":
    """Return the answer of a step at a setting, computed now.

    Raises:
        TradeoffsError: it cannot be, with the reason.
    """
    source = step.source
    if isinstance(source, Trained):
        wanted = source.scenarios(setting)
        return trained_table(source, wanted, run_all(wanted, None, executor))
    options = tuple((name, setting[name]) for name in source.options)
    return studied_table(call(executor, study, source.study, setting.scenario, options))


def precomputed(
    lessons: Iterable[Lesson],
    executor: Executor,
    told: Callable[[str], object],
    *,
    anew: bool = False,
) -> "dict[str, pd.DataFrame]":
    """Return the answers of all default steps by key; what is shipped already is taken over.

    Args:
        lessons: whose steps.
        executor: workers that compute what is missing.
        told: is called with a line about every step that was computed.
        anew: compute all of them.
    """
    found: dict[str, pd.DataFrame] = {}
    for lesson in lessons:
        for place, step in enumerate(lesson.steps):
            setting = lesson.setting(place)
            name = key(step, setting)
            kept = None if anew else shipped(step, setting)
            if kept is None and name not in found:
                kept = answered(step, setting, executor)
                told(f"{lesson.name} {place + 1}: {len(kept)} rows")
            if kept is not None:
                found[name] = kept
    return found
