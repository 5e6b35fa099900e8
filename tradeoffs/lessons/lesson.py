"""Lesson: steps that change a setting, ask, and show what retrained models answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.designs import replicate
from tradeoffs.field import Field
from tradeoffs.fields import COMMUNITY_FIELDS, FIELDS
from tradeoffs.language.notation import list_text, semicolon_text
from tradeoffs.language.translation import say, translate
from tradeoffs.lessons.effect import Claim, Fact
from tradeoffs.lessons.prediction import Prediction
from tradeoffs.lessons.step_state import StepState, Value
from tradeoffs.report.text import setting as in_words
from tradeoffs.scenario import Scenario, as_text

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

DO_NOT_BUILD = "Do not build it"


@dataclass(frozen=True, kw_only=True, slots=True)
class Slider:
    """One thing the learner may move: a field of the scenario, or an option of the study.

    What a slider of a field leaves open is as the field declares it.
    """

    name: str
    choices: tuple[Value, ...]
    title: str = ""
    words: Callable[[Value], str] | None = None
    ends: tuple[str, str] | tuple[()] | None = None  # what they mean; () where nothing is said
    ordered: bool | None = None  # a list to pick from is not

    def __post_init__(self) -> None:
        """Take what is left open from the field."""
        field = self.field
        if field is not None:
            object.__setattr__(self, "title", self.title or field.title)
            object.__setattr__(self, "ends", field.ends if self.ends is None else self.ends)
        if self.ordered is None:
            object.__setattr__(self, "ordered", field is None or field.ends is not None)

    @property
    def field(self) -> Field | None:
        """The field that it moves; None where it moves an option of a study."""
        return FIELDS.get(self.name) if self.name not in COMMUNITY_FIELDS else None

    def describe(self, value: Value) -> str:
        """Return a value in words."""
        if self.words is not None:
            return self.words(value)
        field = self.field
        told = field is not None and field.phrase
        return in_words(self.name, value) if told else str(value)  # type: ignore[arg-type]

    def titled(self, value: Value) -> str:
        """Return a value below its title, as it stands alone."""
        asked = self.title.endswith("?")
        return f"{self.title}{'' if asked else ':'} {self.describe(value)}"

    def read(self, text: str) -> Value:
        """Return the choice that a URL names; raise InvalidInput if it is none."""
        for choice in self.choices:
            if as_text(choice) == text:
                return choice
        raise InvalidInput(
            "not_offered", field=self.name, value=text, known=tuple(map(as_text, self.choices))
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Seats(Slider):
    """A slider that several people set one after another, each for a seat of their own.

    Its value is text, the choices taken, joined by +; `choices` are text as well.
    """

    most: int = 10  # seats

    def taken(self, value: Value) -> tuple[str, ...]:
        """Return the choices of the seats, in the order they were taken."""
        return tuple(str(value).split("+"))

    def describe(self, value: Value) -> str:
        """Return the seats in words."""
        return semicolon_text(map(super(Seats, self).describe, self.taken(value)))

    def read(self, text: str) -> Value:
        """Return the seats that a URL names; raise InvalidInput if one is none."""
        taken = self.taken(text)
        if len(taken) > self.most:
            raise InvalidInput("too_many_seats", name=self.name, count=len(taken), most=self.most)
        return "+".join(str(super(Seats, self).read(one)) for one in taken)


@dataclass(frozen=True, kw_only=True, slots=True)
class TrainingSource:
    """Models that the job manager trains: which ones, and what is kept of their results.

    The answer's table has one row a model and split, with the columns that `varies` and `columns`
    name, `seed` and `split`; `gap` is the metric of the scenario's notion.
    """

    settings: Callable[[StepState], Sequence[Scenario]]
    varies: tuple[str, ...]  # fields of the scenario that tell the models apart
    columns: tuple[str, ...]  # measured
    splits: tuple[str, ...] = ("report",)

    def scenarios(self, setting: StepState) -> list[Scenario]:
        """Return the scenarios to train for a setting, seeds included, in the order of need."""
        return replicate(list(self.settings(setting)))


@dataclass(frozen=True, kw_only=True, slots=True)
class StudySource:
    """A study of `tradeoffs.studies`, which a worker runs with the setting's options."""

    study: str
    options: tuple[str, ...] = ()  # those it takes


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One question, and what answers it.

    `change` states only what differs from the step before; texts are markdown, plain words first.
    """

    name: str = ""  # its id
    title: str
    text: str
    source: TrainingSource | StudySource
    figure: Callable[["pd.DataFrame", StepState], "go.Figure"]
    claims: tuple[Claim | Fact, ...]
    change: Mapping[str, Value] = field(default_factory=dict)
    sliders: tuple[Slider, ...] = ()
    prediction: Prediction | None = None
    look: str = ""  # what to look at
    shown: Callable[["pd.DataFrame", StepState], "pd.DataFrame"]  # the table below


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """Where a statement comes from; resolves to a paper, a law or a file of the project."""

    title: str
    where: str  # arXiv id, DOI, URL, or law and article

    @property
    def url(self) -> str:
        """Return an address to read it at."""
        if self.where.startswith("arXiv:"):
            return f"https://arxiv.org/abs/{self.where.removeprefix('arXiv:')}"
        if self.where.startswith("doi:"):
            return f"https://doi.org/{self.where.removeprefix('doi:')}"
        return self.where


@dataclass(frozen=True, kw_only=True, slots=True)
class Lesson:
    """An example of the paper, made tangible."""

    name: str  # of its file and its page
    title: str
    section: str  # of the paper: "2.4.2"
    claim: str  # the paper's, in our words
    role: str  # who the learner is: "You run a clinic programme."
    question: str
    base: Scenario
    steps: tuple[Step, ...]
    try_this: tuple[str, ...]
    discuss: tuple[str, ...]
    decisions: tuple[str, ...]  # answers to "what would you do?"; not building it is always one
    sources: tuple[Source, ...]
    limits: str
    minutes: int = 8
    level: str = "first course"
    axes: tuple[str, ...] = ()  # of the paper's: data, resources, values
    own: frozenset[str] = frozenset(COMMUNITY_FIELDS)  # fields whose names are options here
    synthetic: str = ""  # what is made up, said beside everything drawn; empty: real people

    @property
    def sections(self) -> str:
        """Where in the paper it belongs, in words: section 2.4.2, sections 2.2 and 2.3."""
        parts = self.section.replace(" and ", ", ").split(", ")
        if len(parts) > 1:
            return say("sections {sections}", sections=list_text(parts))
        return say("section {section}", section=self.section)

    @property
    def tables(self) -> tuple[str, ...]:
        """The datasets that its steps open with, each once."""
        places = range(len(self.steps))
        return tuple(dict.fromkeys(self.setting(place).scenario.dataset for place in places))

    @property
    def answers(self) -> tuple[str, ...]:
        """What a learner can decide at the end."""
        return (*self.decisions, translate(DO_NOT_BUILD))

    def setting(self, step: int, moved: Mapping[str, Value] | None = None) -> StepState:
        """Return the setting of a step (from 0), after all changes so far, with sliders moved."""
        now = StepState(scenario=self.base, own=self.own)
        for one in self.steps[: step + 1]:
            now = now.but(one.change)
        offered = {slider.name for slider in self.steps[step].sliders}
        return now.but({k: v for k, v in (moved or {}).items() if k in offered})

    def settings(self, step: int) -> list[StepState]:
        """Return the setting that a step opens with, then all that are one move of a slider away.

        Their answers are shipped: a class moves one slider at a time, and mostly to an end.
        """
        moves = [
            {slider.name: choice}
            for slider in self.steps[step].sliders
            for choice in slider.choices
        ]
        return list(dict.fromkeys(self.setting(step, moved) for moved in [{}, *moves]))
