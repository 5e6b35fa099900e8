"""Schema: what lesson.toml may say. Its text stands in en.md, and every name means one thing."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from annotated_types import MaxLen
from pydantic import BaseModel, Field, StringConstraints, model_validator

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Scalar = str | int | float
Where = dict[str, Scalar | list[Scalar]]  # column -> value, or one of several; "=" is the step's
Unit = Annotated[str, StringConstraints(pattern=r"^[A-Za-z %0-9]{0,20}$")]
Level = Literal["introductory", "intermediate", "advanced"]
PaperAxis = Literal["data", "resources", "values"]
CHARTS = ("lines", "dots", "front")
NONE, CURRENT = "none", "="
ID, SETTING = "id", "setting"  # of one of an answer's settings, and the column that holds it


class Part(BaseModel, frozen=True, extra="forbid"):
    """A table of lesson.toml."""


class Answer(Part, frozen=True):
    """What is trained (`vary`, `settings`, `measure`), or computed by a study."""

    study: Id | None = None
    options: tuple[Id, ...] = ()  # that the study takes
    vary: Mapping[str, list[Any]] = {}
    settings: tuple[Mapping[str, Any], ...] = ({},)
    measure: tuple[str, ...] = ()
    splits: tuple[Literal["select", "report"], ...] = ("report",)

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.study is None) != bool(self.measure):
            raise ValueError("state either a study, or what to measure of trained models")
        ids = [one[ID] for one in self.settings if ID in one]
        if len(ids) not in (0, len(self.settings)) or len(set(ids)) < len(ids):
            raise ValueError("either each setting has an id of its own, or none has one")
        return self

    @property
    def varies(self) -> tuple[str, ...]:
        """The fields that tell trained models apart."""
        if self.study:
            return ()
        changed = (k for one in self.settings for k in one if k != ID)
        return tuple(dict.fromkeys([*self.vary, *changed]))

    @property
    def named(self) -> Mapping[str, Mapping[str, Any]]:
        """The settings that have an id, by it, with what each changes."""
        settings = {one[ID]: one for one in self.settings if ID in one}
        return {k: {n: v for n, v in one.items() if n != ID} for k, one in settings.items()}

    @property
    def apart(self) -> tuple[str, ...]:
        """The columns that tell trained models apart: ids stand for what their settings change."""
        return (SETTING, *self.vary) if self.named else self.varies


class Measure(Part, frozen=True):
    """A named quantity with its interval and unit, or what of several comes first."""

    kind: Literal[
        "change", "level", "stated", "difference", "ratio", "constant", "count",
        "largest", "smallest", "first_above",
    ]  # fmt: skip
    of: str | None = None
    at: Where = {}
    against: Where = {}
    a: Id | None = None
    b: Id | None = None
    value: float | None = None
    sign: Literal[-1, 0, 1] | None = None
    among: tuple[Id, ...] = ()
    level: float = 0.0
    compares: tuple[Id, ...] | Where = ()  # measures, or rows of the answer, that are drawn for it
    people: int = 0
    unit: Unit = "points"
    minus: float = 0.0
    turned: bool = False
    range: bool = False  # its ends are no interval, but what is known of it at all

    @model_validator(mode="after")
    def _has_its_parts(self) -> Self:
        needs = {
            "change": ("of", "against"),
            "level": ("of",),
            "difference": ("a", "b"),
            "ratio": ("a", "b"),
            "constant": ("value",),
            "largest": ("among",),
            "smallest": ("among",),
            "first_above": ("among",),
        }.get(self.kind, ())
        for name in needs:
            if getattr(self, name) in (None, (), {}):
                raise ValueError(f"a measure of kind {self.kind} needs {name}")
        return self

    @property
    def needs(self) -> tuple[str, ...]:
        """The measures that this one is made of."""
        compares = self.compares if isinstance(self.compares, tuple) else ()
        return tuple(filter(None, (self.a, self.b, *self.among, *compares)))

    @property
    def is_choice(self) -> bool:
        """Whether it is one of several and no number."""
        return self.kind in ("largest", "smallest", "first_above")


class Guess(Part, frozen=True):
    """What the learner guesses before anything is shown."""

    kind: Literal["number", "direction", "choice", "line", "vote"]
    measure: Id | None = None
    options: tuple[Id, ...] = ()
    low: float = 0.0
    high: float = 100.0
    step: Annotated[float, Field(gt=0)] = 1.0
    along: str | None = None
    values: tuple[Scalar, ...] = ()
    outcome: Mapping[Id, Id] = {}

    @model_validator(mode="after")
    def _has_its_parts(self) -> Self:
        if (self.measure is None) != (self.kind == "vote"):
            raise ValueError("a vote has outcomes, and every other guess a measure")
        if self.kind == "line" and not (self.along and len(self.values) > 1):
            raise ValueError("a line needs along and at least two values")
        if self.kind == "vote" and len(self.options) < 2:
            raise ValueError("a vote needs at least two options")
        if self.low >= self.high:
            raise ValueError("low must be below high")
        return self


class Chart(Part, frozen=True):
    """The picture, whose data are the table below it."""

    kind: Annotated[str, StringConstraints(pattern=r"^(lines|dots|front|charts\.[a-z_]+)$")]
    x: str | None = None
    y: str | tuple[str, ...] | None = None  # of dots also several columns, whose words are joined
    series: str | None = None
    value: tuple[str, ...] | str = "value"
    rows: Where = {}
    reference: tuple[Id, ...] | Id = ()
    unit: Unit = "%"
    configuration: tuple[str, ...] = ()  # of a front: columns that name a setting

    @model_validator(mode="after")
    def _has_its_parts(self) -> Self:
        if self.kind == "front" and not (self.x and self.y):
            raise ValueError("a front needs two objectives, x and y")
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """The measured columns that are drawn."""
        return (self.value,) if isinstance(self.value, str) else self.value

    @property
    def references(self) -> tuple[str, ...]:
        """The measures that lie across."""
        return (self.reference,) if isinstance(self.reference, str) else self.reference


class Moves(Part, frozen=True):
    """A slider whose position is a list of choices, one a seat; most at most."""

    choices: list[Scalar]
    seats: Annotated[int, Field(ge=2, le=20)]


class Step(Part, frozen=True):
    """One question, and what answers it."""

    change: Mapping[str, Any] = {}
    answer: Id
    claims: Annotated[tuple[Id, ...], MaxLen(6)] = ()
    sliders: Annotated[Mapping[str, list[Scalar] | Moves], MaxLen(2)] = {}
    guess: Guess | None = None
    chart: Chart


class Source(Part, frozen=True):
    """Where a statement comes from."""

    title: str
    where: Annotated[
        str, StringConstraints(pattern=r"^(arXiv:\d{4}\.\d{4,5}|doi:10\.\d{4,9}/\S+|https://\S+)$")
    ]


class LessonFile(Part, frozen=True):
    """The whole of lesson.toml."""

    section: Annotated[str, StringConstraints(pattern=r"^\d[\d.]*( (and|,) \d[\d.]*)*$")]
    minutes: Annotated[int, Field(ge=3, le=20)]
    level: Level
    axes: Annotated[tuple[PaperAxis, ...], Field(min_length=1)]
    base: Mapping[str, Any] = {}
    options: tuple[Id, ...] = ()  # that no study takes: they choose rows or columns of an answer
    answers: Annotated[Mapping[Id, Answer], Field(min_length=1)]
    measures: Mapping[Id, Measure] = {}
    steps: Annotated[Mapping[Id, Step], Field(min_length=1)]
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]


def absent(value: Any) -> Any:
    """Return a value as a scenario has it: None where the file says "none", tuples for lists."""
    if isinstance(value, list | tuple):
        return tuple(map(absent, value))
    return None if value == NONE else value
