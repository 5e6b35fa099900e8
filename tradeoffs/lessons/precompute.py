"""Precompute: the answers of steps as they open and one move from there, which are shipped."""

from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from tradeoffs.jobs.batch import call, run_all
from tradeoffs.jobs.worker import study
from tradeoffs.lessons.answers import key, shipped_answer, study_answer, training_answer
from tradeoffs.lessons.lesson import Lesson, Step, StepState, TrainingSource

if TYPE_CHECKING:
    import pandas as pd

TOGETHER = 4  # answers that are waited for at once, so that no worker waits


def compute_answer(step: Step, setting: StepState, executor: Executor) -> "pd.DataFrame":
    """Return the answer of a step at a setting, computed now.

    Raises:
        TradeoffsError: it cannot be, with the reason.
    """
    source = step.source
    if isinstance(source, TrainingSource):
        wanted = source.scenarios(setting)
        return training_answer(source, wanted, run_all(wanted, None, executor))
    options = tuple((name, setting[name]) for name in source.options)
    return study_answer(call(executor, study, source.study, setting.scenario, options))


def compute_answers(
    lesson: Lesson,
    executor: Executor,
    told: Callable[[str], object],
    *,
    anew: bool = False,
    own: Path | None = None,
) -> "dict[str, pd.DataFrame]":
    """Return the answers of a lesson at `Lesson.settings` by key; those shipped are taken over.

    Args:
        lesson: whose steps.
        executor: workers that compute what is missing.
        told: is called with a line about every answer that was computed.
        anew: compute all of them.
        own: folder of a lesson of one's own; None for one of the project.
    """
    wanted = {
        key(step, setting): (place, setting)
        for place, step in enumerate(lesson.steps)
        for setting in lesson.settings(place)
    }
    found: dict[str, pd.DataFrame] = {}
    left = {}
    for name, (place, setting) in wanted.items():
        table = None if anew else shipped_answer(lesson.steps[place], setting, own)
        if table is None:
            left[name] = (place, setting)
        else:
            found[name] = table

    def computed(asked: tuple[int, StepState]) -> "pd.DataFrame":
        place, setting = asked
        return compute_answer(lesson.steps[place], setting, executor)

    with ThreadPoolExecutor(TOGETHER) as waiting:
        answers = waiting.map(computed, left.values())
        for (name, (place, _)), table in zip(left.items(), answers, strict=True):
            told(f"{lesson.name} {place + 1}: {len(table)} rows")
            found[name] = table
    return found
