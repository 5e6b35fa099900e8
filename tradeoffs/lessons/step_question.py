"""Question: a step of a lesson with all that is read from its answer, in figures and words."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from tradeoffs.language.translation import translate
from tradeoffs.lessons.effect import Claim, Effect, Fact, format_value
from tradeoffs.lessons.folder import Folder
from tradeoffs.lessons.measure import Reading
from tradeoffs.lessons.names import NOT_MEASURABLE, Names
from tradeoffs.lessons.picture import Picture
from tradeoffs.lessons.step_state import StepState
from tradeoffs.lessons.texts import Section, placeholders

if TYPE_CHECKING:
    import pandas as pd

OF_EFFECT = {"size", "value", "low", "high"}  # placeholders that a claim fills itself
SIGNS = ("more", "less", "tie")
TIE = "No difference can be told here"


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A step's answer with all that is read from it.

    Attributes:
        folder: of the lesson.
        name: of the step.
        names: words for columns and values.
    """

    folder: Folder
    name: str
    names: Names

    def reading(self, table: "pd.DataFrame", state: StepState) -> Reading:
        """Return a table as measures read it."""
        file = self.folder.file
        answer = file.answers[file.steps[self.name].answer]
        return Reading(measures=file.measures, answer=answer, table=table, state=state)

    @property
    def section(self) -> Section:
        """The step's words."""
        return self.folder.texts.sections[self.name]

    @property
    def picture(self) -> Picture:
        """What the step draws."""
        spec, part = self.folder.file.steps[self.name], self.section.parts.get("chart")
        words = part.items if part else {}
        return Picture(
            chart=spec.chart,
            names=self.names,
            x=words.get("x", ""),
            y=words.get("y", ""),
            discrete=spec.guess is not None and spec.guess.along == spec.chart.x,
            own=_own_chart(self.folder, spec.chart.kind),
        )

    def effect(self, measure: str, table: "pd.DataFrame", state: StepState) -> Effect | None:
        """Return a measure, with the words that its sentences name."""
        reading = self.reading(table, state)
        found = reading.effect(measure)
        return found and found.named(**self.words(measure, reading))

    def words(self, measure: str, reading: Reading) -> dict[str, Any]:
        """Return what the sentences about a measure name beside it."""
        part = self.section.parts.get(measure)
        texts = part.items.values() if part else ()
        wanted = {name.partition(".")[0] for text in texts for name in placeholders(text)}
        return {name: self._word(name, measure, reading) for name in wanted - OF_EFFECT}

    def _word(self, name: str, measure: str, reading: Reading) -> Any:
        measures = self.folder.file.measures
        if name == "row":
            row = reading.row(measure) or {}
            return SimpleNamespace(**{k: self.names.short(k, v) for k, v in row.items()})
        if name not in measures:
            return self.names.value(name, reading.state[name])
        if measures[name].is_choice:
            return self.names.title(_shown(reading.first(name)))
        found = reading.effect(name)
        return (
            translate(NOT_MEASURABLE)
            if found is None
            else format_value(found.value, measures[name].unit)
        )

    def claim(self, measure: str) -> Claim | Fact:
        """Return the sentences about a measure."""
        says, unit = self.section.parts[measure].items, self.folder.file.measures[measure].unit
        options: dict[str, Any] = {"of": partial(self.effect, measure), "unit": unit}
        if "absent" in says:
            options["absent"] = f"{says['absent'].rstrip('.')}."
        if "value" in says:
            return Fact(text=says["value"].rstrip("."), **options)
        said = {sign: says.get(sign, translate(TIE)).rstrip(".") for sign in SIGNS}
        return Claim(**said, **options)


def questions(folder: Folder) -> list[Question]:
    """Return the steps of a lesson with all that is read from their answers."""
    names = Names(words=folder.texts.names, options=folder.options)
    return [Question(folder=folder, name=name, names=names) for name in folder.file.steps]


def _own_chart(folder: Folder, kind: str) -> Callable | None:
    """Return what draws a chart of the lesson's own, loaded when it draws."""
    module, dot, function = kind.partition(".")
    if not dot:
        return None

    def draw(picture: Picture, data: "pd.DataFrame") -> Any:
        own = import_module(f"tradeoffs.lessons.{folder.name}.{module}")
        return getattr(own, function)(picture, data)

    return draw


def _shown(first: str | None) -> str:
    return translate(NOT_MEASURABLE) if first is None else first or translate("none of them")
