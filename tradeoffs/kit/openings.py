"""Openings: the steps of a lesson as they open, each with the answer that is shipped."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tradeoffs.errors import InvalidInput
from tradeoffs.lessons.answers import is_shipped, shipped_answer
from tradeoffs.lessons.lesson import Lesson, Step, StepState
from tradeoffs.report.charts.figure_svg import figure_svg

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class StepAnswer:
    """A step at one setting, with what the models answered there.

    Attributes:
        place: of the step, from 0.
        step: of the lesson.
        setting: that the answer is of.
        table: the answer.
    """

    place: int
    step: Step
    setting: StepState
    table: "pd.DataFrame"

    @property
    def sentences(self) -> list[str]:
        """What the models said."""
        return [claim.describe(claim.of(self.table, self.setting)) for claim in self.step.claims]

    @property
    def shown(self) -> "pd.DataFrame":
        """The numbers that are drawn, in words and units."""
        return self.step.shown(self.table, self.setting)

    def figure(self) -> Mapping[str, Any]:
        """Return the chart as plotly has it."""
        return self.step.figure(self.table, self.setting).to_dict()

    def drawing(self, alternative: str, *, empty: bool = False) -> str:
        """Return the chart as SVG; `empty` leaves out what was measured."""
        return figure_svg(self.figure(), alternative, empty=empty)


def openings(entry: Lesson) -> list[StepAnswer]:
    """Return the steps of a lesson as they open.

    Raises:
        InvalidInput: the answer of a step is not shipped.
    """
    return [step_answer(entry, place) for place in range(len(entry.steps))]


def step_answer(entry: Lesson, place: int) -> StepAnswer:
    """Return one step as it opens; errors as of `openings`."""
    step, setting = entry.steps[place], entry.setting(place)
    table = shipped_answer(step, setting)
    if table is None:
        raise InvalidInput("lesson_stale", name=entry.name, step=place + 1, at=entry.name)
    return StepAnswer(place=place, step=step, setting=setting, table=table)


def are_shipped(entry: Lesson) -> bool:
    """Say whether the answers of all steps are there, as they open."""
    places = range(len(entry.steps))
    return all(is_shipped(entry.steps[place], entry.setting(place)) for place in places)
