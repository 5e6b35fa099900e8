"""Building: a lesson that can be drawn and told, from what its files say."""

from collections.abc import Mapping
from functools import partial
from itertools import product
from typing import Any, get_args

from tradeoffs.data.catalogue import dataset
from tradeoffs.data.load import load_split
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.plan import reported_attributes
from tradeoffs.fields import COMMUNITY_FIELDS
from tradeoffs.lessons.derived_columns import OF_ALL, kept
from tradeoffs.lessons.folder import STRUCTURE, Folder
from tradeoffs.lessons.guess import prediction
from tradeoffs.lessons.lesson import (
    Lesson,
    Seats,
    Slider,
    Source,
    Step,
    StudySource,
    TrainingSource,
)
from tradeoffs.lessons.names import Names
from tradeoffs.lessons.schema import CURRENT, ID, Answer, Moves, absent
from tradeoffs.lessons.step_question import Question, questions
from tradeoffs.lessons.step_state import StepState
from tradeoffs.scenario import Scenario


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
    base, groups = _base(folder), {}
    attributes = {found[2] for one in answer.measure for found in OF_ALL.finditer(one)}
    for attribute in attributes & {*reported_attributes(dataset(base.dataset))}:
        report = load_split(base.dataset, base.label).report
        groups[attribute] = tuple(report.group_of(attribute)[1])
    return tuple(dict.fromkeys(name for one in answer.measure for name in kept(one, groups)))


def _step(question: Question, sources: Mapping[str, TrainingSource | StudySource]) -> Step:
    name, spec = question.name, question.folder.file.steps[question.name]
    section, picture = question.section, question.picture
    sliders = tuple(_slider(question.names, one, moves) for one, moves in spec.sliders.items())
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
        prediction=prediction(question, sliders),
        look=section.parts["look"].text if "look" in section.parts else "",
    )


def _change(folder: Folder, name: str) -> dict[str, Any]:
    """Return what a step changes; the first one states options of the base, too."""
    file, fields = folder.file, _fields(folder)
    first = name == next(iter(file.steps))
    base = {k: v for k, v in file.base.items() if first and k not in fields}
    return {key: absent(value) for key, value in {**base, **file.steps[name].change}.items()}


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
