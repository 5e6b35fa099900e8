"""Precompute: the answers of steps as they open and one move from there, which are shipped."""

from collections.abc import Callable, Iterable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import TYPE_CHECKING

from tradeoffs.jobs.batch import call, run_all
from tradeoffs.jobs.worker import study
from tradeoffs.lessons.answers import key, shipped, studied_table, trained_table
from tradeoffs.lessons.lesson import Lesson, Step, StepState, TrainingSource

if TYPE_CHECKING:
    import pandas as pd

TOGETHER = 4  # answers that are waited for at once, so that no worker waits


def answered(step: Step, setting: StepState, executor: Executor) -> "pd.DataFrame":
    """Return the answer of a step at a setting, computed now.

    Raises:
        TradeoffsError: it cannot be, with the reason.
    """
    source = step.source
    if isinstance(source, TrainingSource):
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
    """Return the answers of all steps at `Lesson.settings` by key; those shipped are taken over.

    Args:
        lessons: whose steps.
        executor: workers that compute what is missing.
        told: is called with a line about every answer that was computed.
        anew: compute all of them.
    """
    wanted = {
        key(step, setting): (f"{lesson.name} {place + 1}", step, setting)
        for lesson in lessons
        for place, step in enumerate(lesson.steps)
        for setting in lesson.settings(place)
    }
    found: dict[str, pd.DataFrame] = {}
    for name, (_, step, setting) in wanted.items():
        if not anew and (table := shipped(step, setting)) is not None:
            found[name] = table
    left = {name: asked for name, asked in wanted.items() if name not in found}
    with ThreadPoolExecutor(TOGETHER) as waiting:
        answers = waiting.map(lambda asked: answered(asked[1], asked[2], executor), left.values())
        for (name, (title, *_)), table in zip(left.items(), answers, strict=True):
            told(f"{title}: {len(table)} rows")
            found[name] = table
    return found
