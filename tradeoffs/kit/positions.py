"""Positions: what the models of a step answered at each position of its sliders."""

from collections.abc import Callable, Iterator
from itertools import product
from typing import TYPE_CHECKING

from tradeoffs.kit.openings import StepAnswer
from tradeoffs.lessons.answers import shipped_answer
from tradeoffs.lessons.lesson import Lesson, Step, StepState

if TYPE_CHECKING:
    import pandas as pd

Answering = Callable[[Step, StepState], "pd.DataFrame | None"]
Position = tuple[int, ...]  # the place of each slider's choice; -1 where it is at none of them


def positions(
    entry: Lesson, place: int, answer: Answering = shipped_answer
) -> Iterator[tuple[Position, StepAnswer]]:
    """Yield the positions of a step's sliders whose answer is there, each with it.

    Args:
        entry: the lesson.
        place: of the step.
        answer: returns what the models answered at a setting; None leaves the position out.
    """
    step = entry.steps[place]
    every = [start(entry, place)]
    every += product(*(range(len(slider.choices)) for slider in step.sliders))
    for position in dict.fromkeys(every):
        setting = setting_at(entry, place, position)
        table = answer(step, setting)
        if table is not None:
            yield position, StepAnswer(place=place, step=step, setting=setting, table=table)


def start(entry: Lesson, place: int) -> Position:
    """Return where the sliders of a step stand as it opens."""
    setting = entry.setting(place)
    return tuple(
        slider.choices.index(setting[slider.name]) if setting[slider.name] in slider.choices else -1
        for slider in entry.steps[place].sliders
    )


def setting_at(entry: Lesson, place: int, position: Position) -> StepState:
    """Return the setting of a step with its sliders at a position."""
    sliders = entry.steps[place].sliders
    moved = {
        slider.name: slider.choices[at]
        for slider, at in zip(sliders, position, strict=True)
        if at >= 0
    }
    return entry.setting(place, moved)
