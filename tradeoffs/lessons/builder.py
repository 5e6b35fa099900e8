"""Building: a lesson that can be drawn and told, from what its files say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import product
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, get_args

from tradeoffs.data.load import load_split
from tradeoffs.errors import InvalidInput
from tradeoffs.fields import COMMUNITY_FIELDS
from tradeoffs.lessons.derived_columns import kept
from tradeoffs.lessons.effect import Claim, Effect, Fact, format_value
from tradeoffs.lessons.folder import STRUCTURE, Folder
from tradeoffs.lessons.lesson import (
    Lesson,
    Seats,
    Slider,
    Source,
    Step,
    StudySource,
    TrainingSource,
)
from tradeoffs.lessons.measure import NEITHER, Reading
from tradeoffs.lessons.names import NOT_MEASURABLE, Names
from tradeoffs.lessons.picture import Picture
from tradeoffs.lessons.prediction import Choice, Direction, Line, Number, Prediction, Vote
from tradeoffs.lessons.schema import CURRENT, ID, Answer, Guess, Moves, absent
from tradeoffs.lessons.step_state import StepState
from tradeoffs.lessons.texts import Section, placeholders
from tradeoffs.scenario import Scenario

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
        return NOT_MEASURABLE if found is None else format_value(found.value, measures[name].unit)

    def claim(self, measure: str) -> Claim | Fact:
        """Return the sentences about a measure."""
        says, unit = self.section.parts[measure].items, self.folder.file.measures[measure].unit
        options: dict[str, Any] = {"of": partial(self.effect, measure), "unit": unit}
        if "absent" in says:
            options["absent"] = f"{says['absent'].rstrip('.')}."
        if "value" in says:
            return Fact(text=says["value"].rstrip("."), **options)
        said = {sign: says.get(sign, TIE).rstrip(".") for sign in SIGNS}
        return Claim(**said, **options)


def questions(folder: Folder) -> list[Question]:
    """Return the steps of a lesson with all that is read from their answers."""
    names = Names(words=folder.texts.names, options=folder.options)
    return [Question(folder=folder, name=name, names=names) for name in folder.file.steps]


def build_lesson(folder: Folder) -> Lesson:
    """Return the lesson that a folder describes.

    Raises:
        InvalidInput: a setting that the scenario refuses, with file and line.
    """
    file, texts = folder.file, folder.texts
    sources = {name: _source(folder, one) for name, one in file.answers.items()}
    return Lesson(
        name=folder.name,
        title=texts.title,
        section=file.section,
        claim=texts.paragraph("claim"),
        role=texts.paragraph("role"),
        question=texts.paragraph("question"),
        base=_base(folder),
        own=_own(folder),
        steps=tuple(_step(one, sources) for one in questions(folder)),
        try_this=texts.listed("try"),
        discuss=texts.listed("discuss"),
        decisions=texts.listed("decisions"),
        sources=tuple(Source(title=one.title, where=one.where) for one in file.sources),
        limits=texts.paragraph("limits"),
        minutes=file.minutes,
        level=file.level,
        axes=file.axes,
        synthetic=texts.paragraph("made up"),
    )


def _own(folder: Folder) -> frozenset[str]:
    """Return the fields whose names are options of this lesson's studies."""
    return folder.options & frozenset(COMMUNITY_FIELDS)


def _fields(folder: Folder) -> dict[str, Any]:
    """Return what the base says of the scenario."""
    options = folder.options - (Scenario.model_fields.keys() - frozenset(COMMUNITY_FIELDS))
    return {name: absent(v) for name, v in folder.file.base.items() if name not in options}


def _base(folder: Folder) -> Scenario:
    try:
        return Scenario.of(**_fields(folder))
    except InvalidInput as refusal:
        line = folder.line("base")
        raise InvalidInput(
            "lesson_wrong", file=STRUCTURE, line=line, name="base", reason=str(refusal)
        ) from None


def _source(folder: Folder, answer: Answer) -> TrainingSource | StudySource:
    if answer.study:
        return StudySource(study=answer.study, options=answer.options)
    return TrainingSource(
        settings=partial(settings, answer),
        varies=answer.varies,
        columns=_columns(folder, answer),
        splits=answer.splits,
    )


def settings(answer: Answer, state: StepState) -> list[Scenario]:
    """Return the settings that an answer trains at a step's setting, each once, in order."""
    found = []
    for change in answer.settings:
        for values in product(*answer.vary.values()):
            own = {name: value for name, value in change.items() if name != ID}
            stated = own | dict(zip(answer.vary, values, strict=True))
            meant = {k: state[k] if v == CURRENT else absent(v) for k, v in stated.items()}
            found.append(state.but(meant).scenario)
    return list(dict.fromkeys(found))


def _columns(folder: Folder, answer: Answer) -> tuple[str, ...]:
    """Return the columns of results that are kept."""
    base = _base(folder)
    groups = {}
    for column in answer.measure:
        for attribute in [base.protected] if "constant_accuracy[" in column else []:
            report = load_split(base.dataset, base.label).report
            groups[attribute] = tuple(report.group_of(attribute)[1])
    return tuple(dict.fromkeys(name for one in answer.measure for name in kept(one, groups)))


def _step(question: Question, sources: Mapping[str, TrainingSource | StudySource]) -> Step:
    name, spec = question.name, question.folder.file.steps[question.name]
    section, picture = question.section, question.picture
    sliders = tuple(_slider(question.names, one, moves) for one, moves in spec.sliders.items())
    prediction = None if spec.guess is None else _prediction(question, spec.guess, picture, sliders)
    return Step(
        name=name,
        title=section.title,
        text=section.text,
        source=sources[spec.answer],
        figure=lambda table, state: picture.at(state).figure(question.reading(table, state)),
        shown=lambda table, state: picture.at(state).table(question.reading(table, state)),
        claims=tuple(map(question.claim, spec.claims)),
        change=_change(question.folder, name),
        sliders=sliders,
        prediction=prediction,
        look=section.parts["look"].text if "look" in section.parts else "",
    )


def _change(folder: Folder, name: str) -> dict[str, Any]:
    """Return what a step changes; the first one states options of the base, too."""
    file, fields = folder.file, _fields(folder)
    first = name == next(iter(file.steps))
    base = {k: v for k, v in file.base.items() if first and k not in fields}
    return {key: absent(value) for key, value in {**base, **file.steps[name].change}.items()}


def _own_chart(folder: Folder, kind: str) -> Callable | None:
    """Return what draws a chart of the lesson's own, loaded when it draws."""
    module, dot, function = kind.partition(".")
    if not dot:
        return None

    def draw(picture: Picture, data: "pd.DataFrame") -> Any:
        from importlib import import_module

        own = import_module(f"tradeoffs.lessons.{folder.name}.{module}")
        return getattr(own, function)(picture, data)

    return draw


def _slider(names: Names, name: str, moves: list[Any] | Moves) -> Slider:
    choices = moves.choices if isinstance(moves, Moves) else moves
    ends = names.ends(name)
    numeric = all(not isinstance(one, str) or one == "none" for one in choices)
    options: dict[str, Any] = {
        "name": name,
        "title": names.title(name),
        "words": partial(names.value, name),
        "ends": ends or (),
        "ordered": ends is not None or numeric,
    }
    if isinstance(moves, Moves):
        return Seats(choices=tuple(map(str, choices)), most=moves.seats, **options)
    typed = partial(_typed, name) if names.field(name) else absent
    return Slider(choices=tuple(map(typed, choices)), **options)


def _typed(name: str, value: Any) -> Any:
    """Return a choice as the scenario has it: 1 is 1.0 where a field takes fractions."""
    kind = Scenario.model_fields[name].annotation
    fraction = type(value) is int and float in (get_args(kind) or (kind,))
    return float(value) if fraction else absent(value)


def _prediction(
    question: Question, guess: Guess, picture: Picture, sliders: tuple[Slider, ...]
) -> Prediction:
    """Return what is asked before the answer is shown."""
    part, file = question.section.parts["guess"], question.folder.file

    def about(state: StepState) -> str:
        return "; ".join(one.titled(state[one.name]) for one in sliders)

    asked: dict[str, Any] = {"question": part.text, "about": about}
    words = {name: text for name, text in part.items.items() if name in part.lines}
    if guess.kind == "vote":
        told = {words[name]: question.claim(one) for name, one in guess.outcome.items()}
        choices = tuple(words[name] for name in guess.options)
        return Vote(choices=choices, outcome=partial(_outcome, told), **asked)
    measure = guess.measure or ""
    if guess.kind == "choice":
        order = guess.options or file.measures[measure].among
        choices = tuple(words[name] for name in order)
        return Choice(choices=choices, of=partial(_chosen, question, guess, words), **asked)
    asked |= {"unit": file.measures[measure].unit}
    if guess.kind == "direction":
        choices = (words["less"], words["same"], words["more"])
        return Direction(choices=choices, of=partial(question.effect, measure), **asked)
    asked |= {"low": guess.low, "high": guess.high}
    if guess.kind == "number":
        return Number(step=guess.step, of=partial(question.effect, measure), **asked)
    along = guess.along or ""
    return Line(
        xs=tuple(picture.names.short(along, absent(value)) for value in guess.values),
        of=partial(_along, question, guess),
        x_title=picture.x or picture.names.title(along),
        y_title=picture.value_title,
        **asked,
    )


def _shown(first: str | None) -> str:
    return NOT_MEASURABLE if first is None else first or "none of them"


def _outcome(
    told: Mapping[str, Claim | Fact], table: "pd.DataFrame", state: StepState, vote: str
) -> str:
    return told[vote].describe(told[vote].of(table, state)) if vote in told else ""


def _chosen(
    question: Question,
    guess: Guess,
    words: Mapping[str, str],
    table: "pd.DataFrame",
    state: StepState,
) -> str | None:
    """Return the words of what came first; None where it is open."""
    measure = question.folder.file.measures[guess.measure or ""]
    reading = question.reading(table, state)
    if measure.kind == "count":
        count = reading.effect(guess.measure or "")
        names = dict(enumerate(guess.options))
        return None if count is None else words.get(names.get(round(count.value), ""))
    found = reading.first(guess.measure or "")
    if measure.is_choice and guess.options:
        among = (*measure.among, NEITHER)
        found = dict(zip(among, guess.options, strict=False)).get(str(found))
    return None if found is None else words.get(found)


def _along(
    question: Question, guess: Guess, table: "pd.DataFrame", state: StepState
) -> list[Effect | None]:
    """Return a measure at each place of a line."""
    reading = question.reading(table, state)
    places = [reading.at(guess.along or "", absent(value)) for value in guess.values]
    return [one.effect(guess.measure or "") for one in places]
