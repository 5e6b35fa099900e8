"""Precompute: the answers of steps as they open and one move from there, which are shipped."""

from collections.abc import Callable, Collection, Iterable
from concurrent.futures import Executor, ThreadPoolExecutor
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
    lessons: Iterable[Lesson],
    executor: Executor,
    told: Callable[[str], object],
    *,
    only: Collection[str] = (),
    anew: bool = False,
) -> "dict[str, pd.DataFrame]":
    """Return the answers of all steps at `Lesson.settings` by key; those shipped are taken over.

    Args:
        lessons: whose steps.
        executor: workers that compute what is missing.
        told: is called with a line about every answer that was computed.
        only: names of lessons to compute; of the others, what is stale is left out.
        anew: compute all of them.
    """
    wanted = {
        key(step, setting): (lesson, place, setting)
        for lesson in lessons
        for place, step in enumerate(lesson.steps)
        for setting in lesson.settings(place)
    }
    found: dict[str, pd.DataFrame] = {}
    left = {}
    for name, (lesson, place, setting) in wanted.items():
        chosen = not only or lesson.name in only
        table = None if anew and chosen else shipped_answer(lesson.steps[place], setting)
        if table is not None:
            found[name] = table
        elif chosen:
            left[name] = (lesson, place, setting)

    def computed(asked: tuple[Lesson, int, StepState]) -> "pd.DataFrame":
        lesson, place, setting = asked
        return compute_answer(lesson.steps[place], setting, executor)

    with ThreadPoolExecutor(TOGETHER) as waiting:
        answers = waiting.map(computed, left.values())
        for (name, (lesson, place, _)), table in zip(left.items(), answers, strict=True):
            told(f"{lesson.name} {place + 1}: {len(table)} rows")
            found[name] = table
    return found
