"""Check: what a lesson must hold beside its ids, each by a function, with file, line and cure."""

import ast
import importlib.util
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from pathlib import Path

import numpy as np

from tradeoffs.errors import InvalidInput, TradeoffsError
from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs.worker import study_module
from tradeoffs.lessons.answers import shipped_answer
from tradeoffs.lessons.builder import Question, build_lesson, questions
from tradeoffs.lessons.effect import Effect
from tradeoffs.lessons.folder import STRUCTURE, WORDS, Folder
from tradeoffs.lessons.lesson import Lesson, TrainingSource
from tradeoffs.lessons.measure import Reading
from tradeoffs.lessons.references import references
from tradeoffs.lessons.step_state import StepState

PACKAGE = Path(__file__).parent.resolve()
TAG = re.compile(r"<\s*[a-zA-Z/!]|javascript:|&#")
RAW = re.compile(r"^[a-z0-9]+(_[a-z0-9]+)+$|\[\w+[=\]]|^(value|quantity)$")  # no words
LEAST = {"decisions": 2, "discuss": 2, "try": 1}  # of each list
STEPS = (3, 6)
SAME = 1e-5  # relative; shipped answers have six digits
DIFFERENCES = ("change", "difference")


@dataclass(frozen=True, kw_only=True)
class Opening:
    """A step at one setting, with its answer."""

    question: Question
    place: int
    state: StepState
    reading: Reading

    @cached_property
    def drawn(self) -> np.ndarray:
        """The numbers in the picture: what is drawn, and the lines that lie across."""
        data = self.question.picture.at(self.state).data(self.reading)
        numbers = data.drop(columns=["low", "high", "seeds"], errors="ignore")
        across = [one.value for _, one in self.question.picture.references(self.reading)]
        found = numbers.select_dtypes("number").to_numpy(float).ravel()
        return np.concatenate([found, np.array(across, dtype=float)])

    @cached_property
    def disclosed(self) -> np.ndarray:
        """The numbers in the picture and in the sentences."""
        claims = self.question.folder.file.steps[self.question.name].claims
        found = [self.reading.effect(name) for name in claims]
        return np.concatenate([self.drawn, [one.value for one in found if one is not None]])

    def asked(self) -> list[tuple[Effect | None, list[Effect | None]]]:
        """Return each quantity that the guess asks for, with the values that it compares."""
        guess = self.question.folder.file.steps[self.question.name].guess
        if guess is None or guess.measure is None:
            return []
        places = [self.reading]
        if guess.kind == "line":
            places = [self.reading.at(guess.along or "", value) for value in guess.values]
        measure = self.reading.measures[guess.measure]
        names = measure.among or (guess.measure,)
        found = []
        for reading in places:
            for name in names:
                number = not (guess.kind == "choice" and not measure.is_choice)
                own = reading.raw(name) if number else None
                found.append((own, reading.compared(name)))
        return found


def check_lesson(folder: Folder) -> list[InvalidInput]:
    """Return what is wrong with a lesson; what depends on its answers only once they are there."""
    faults = [*references(folder), *_markup(folder), *_lists(folder), *_units(folder)]
    faults += [*_titles(folder), *_studies(folder), *_own_python(folder)]
    if faults:
        return faults
    lesson = build_lesson(folder)
    faults = [*_sliders(folder, lesson), *_settings(folder, lesson)]
    found = faults or answers(folder, lesson)
    return [*{str(one): one for one in found}.values()]  # one fault may show at several positions


def of_project(folder: Folder) -> bool:
    """Return whether a lesson is one of the project, whose Python may run."""
    return folder.path.parent.resolve() == PACKAGE


def answers(folder: Folder, lesson: Lesson) -> Iterator[InvalidInput]:
    """Yield what is wrong with the shipped answers of a lesson, as its steps show them."""
    openings: list[list[Opening]] = []
    for place, question in enumerate(questions(folder)):
        try:
            openings.append([*_openings(lesson, place, question)])
            for one in openings[-1]:
                yield from _rows(one)
            yield from _guess_in_chart(openings[-1][0])
        except (KeyError, AttributeError) as missing:
            reason = f"its answer has no column {missing}; measure it, or have the study state it"
            yield _wrong(folder, ("steps", question.name), reason)
            return
        except _NotComputed:
            yield InvalidInput("lesson_stale", name=lesson.name, step=place + 1)
            return
    yield from _early(openings)
    yield from _one_value(openings)


class _NotComputed(Exception):
    """An answer is not there yet."""


def _openings(lesson: Lesson, place: int, question: Question) -> Iterator[Opening]:
    """Yield a step as it opens, then at every shipped position of its sliders."""
    for state in lesson.settings(place):
        own = None if of_project(question.folder) else question.folder.path
        table = shipped_answer(lesson.steps[place], state, own)
        if table is None:
            raise _NotComputed
        reading = question.reading(table, state)
        yield Opening(question=question, place=place, state=state, reading=reading)


def _wrong(folder: Folder, keys: Sequence[str], reason: str) -> InvalidInput:
    line, name = folder.line(*keys), ".".join(keys)
    return InvalidInput("lesson_wrong", file=STRUCTURE, line=line, name=name, reason=reason)


def _markup(folder: Folder) -> Iterator[InvalidInput]:
    """Check that no text is read as HTML."""
    texts = (folder.path / WORDS).read_text(encoding="utf-8")
    plain = re.sub(r"<!--.*?-->", lambda found: "\n" * found[0].count("\n"), texts, flags=re.DOTALL)
    for file, lines in ((STRUCTURE, folder.lines), (WORDS, plain.splitlines())):
        for number, line in enumerate(lines, 1):
            if TAG.search(line):
                yield InvalidInput("lesson_markup", file=file, line=number)


def _lists(folder: Folder) -> Iterator[InvalidInput]:
    """Check that there is enough to do, to decide and to talk about."""
    for name, least in LEAST.items():
        section = folder.texts.sections.get(name)
        if section and len(section.items) < least:
            of, line = f"## {name}", section.line
            yield InvalidInput("lesson_too_few", file=WORDS, line=line, name=of, least=least)
    steps, (least, most) = len(folder.file.steps), STEPS
    if not least <= steps <= most:
        yield _wrong(folder, ("steps",), f"has {steps} steps; {least} to {most} make a lesson")


def _units(folder: Folder) -> Iterator[InvalidInput]:
    """Check that a difference of shares is in points, and no share is."""
    for name, one in folder.file.measures.items():
        if one.kind in DIFFERENCES and one.unit == "%":
            yield _wrong(folder, ("measures", name), "a difference of shares is in points, not %")


def _titles(folder: Folder) -> Iterator[InvalidInput]:
    """Check that several columns in one picture have a title for what they all are."""
    for name, step in folder.file.steps.items():
        axis = {"lines": "y", "dots": "x"}.get(step.chart.kind)
        section = folder.texts.sections.get(name)
        part = section.parts.get("chart") if section else None
        if axis and len(step.chart.columns) > 1 and not (part and axis in part.items):
            line = folder.text_line(name, "chart")
            wanted = f"### chart, - {axis}: title"
            yield InvalidInput("lesson_text_missing", file=WORDS, line=line, name=wanted, of=name)


def _studies(folder: Folder) -> Iterator[InvalidInput]:
    """Check that each study is there and takes the options that it is given."""
    for name, answer in folder.file.answers.items():
        if answer.study is None:
            continue
        try:
            spec = importlib.util.find_spec(study_module(answer.study))
        except ModuleNotFoundError:
            spec = None
        if spec is None or spec.origin is None:
            reason = f"there is no study {answer.study}; see tradeoffs/studies"
            yield _wrong(folder, ("answers", name, "study"), reason)
            continue
        taken = _arguments(spec.origin)
        for option in set(answer.options) - taken:
            reason = f"{answer.study} takes no {option}; it takes {', '.join(sorted(taken))}"
            yield _wrong(folder, ("answers", name, "options"), reason)


def _arguments(file: str) -> set[str]:
    """Return what the answer of a study takes beside the scenario; it is not loaded: torch."""
    tree = ast.parse(Path(file).read_text(encoding="utf-8"))
    found = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "answer"]
    return {arg.arg for n in found for arg in (*n.args.args[1:], *n.args.kwonlyargs)}


def _own_python(folder: Folder) -> Iterator[InvalidInput]:
    """Check that a lesson from elsewhere asks for no Python of its own: none is run from it."""
    if of_project(folder):
        return
    for name, step in folder.file.steps.items():
        if step.chart.kind.startswith("charts."):
            reason = "a chart in Python is drawn in the project's own lessons alone; use a kind"
            yield _wrong(folder, ("steps", name, "chart"), reason)


def _sliders(folder: Folder, lesson: Lesson) -> Iterator[InvalidInput]:
    """Check that a slider starts at one of its choices, which have words of their own."""
    for place, step in enumerate(lesson.steps):
        for slider in step.sliders:
            keys, start = ("steps", step.name, "sliders"), None
            try:
                start = lesson.setting(place)[slider.name]
            except AttributeError:
                yield _wrong(folder, keys, f"{slider.name} has no value yet; state it in change")
                continue
            words = [slider.describe(one) for one in slider.choices]
            if start not in slider.choices and not hasattr(slider, "most"):
                yield _wrong(folder, keys, f"{slider.name} = {start} is not among its choices")
            if len(set(words)) < len(words):
                yield _wrong(folder, keys, f"two choices of {slider.name} have the same words")


def _settings(folder: Folder, lesson: Lesson) -> Iterator[InvalidInput]:
    """Check that every setting can be trained."""
    for place, step in enumerate(lesson.steps):
        try:
            for state in lesson.settings(place):
                resolve(state.scenario)
                if isinstance(step.source, TrainingSource):
                    for scenario in step.source.scenarios(state):
                        resolve(scenario)
        except TradeoffsError as refusal:
            yield _wrong(folder, ("steps", step.name), str(refusal))


def _rows(one: Opening) -> Iterator[InvalidInput]:
    """Check that a table has rows, no two alike, and none without words."""
    shown = one.question.picture.at(one.state).table(one.reading)
    keys = ("steps", one.question.name, "chart")
    where = f" at {dict(one.state.options)}" if one.state.options else ""
    if shown.empty:
        yield _wrong(one.question.folder, keys, f"draws nothing{where}; look at rows")
    elif shown.duplicated().any():
        yield _wrong(one.question.folder, keys, f"has two rows alike{where}; name what differs")
    if shown.columns.duplicated().any():
        yield _wrong(one.question.folder, keys, "two columns have one title; name them apart")
    else:
        cells = (cell for column in shown for cell in (column, *shown[column]))
        raw = sorted({one for one in cells if isinstance(one, str) and RAW.search(one)})
        if raw:
            keys = ("steps", one.question.name, "chart")
            reason = f"no words for {', '.join(raw)}; write them below ## names or ### chart"
            yield _wrong(one.question.folder, keys, reason)


def _guess_in_chart(one: Opening) -> Iterator[InvalidInput]:
    """Check that the picture holds what is asked: the quantity, or all that it compares."""
    for own, compared in one.asked():
        held = own is not None and _among(own.value, one.drawn)
        parts = compared and all(e is None or _among(e.value, one.drawn) for e in compared)
        if not held and not parts:
            reason = (
                "the chart does not hold what is asked; draw it, or a reference, or say what "
                "the measure compares"
            )
            yield _wrong(one.question.folder, ("steps", one.question.name, "guess"), reason)
            return


def _early(openings: Sequence[Sequence[Opening]]) -> Iterator[InvalidInput]:
    """Check that no step draws or says what a later one asks, wherever its sliders stand."""
    for earlier, later in combinations(range(len(openings)), 2):
        asking = openings[later][0]
        asked = asking.asked()
        if not asked:
            continue
        for one in openings[earlier]:
            if all(_known(own, compared, one.disclosed) for own, compared in asked):
                reason = f"step {earlier + 1} shows already what is asked; ask something else"
                keys = ("steps", asking.question.name, "guess")
                yield _wrong(asking.question.folder, keys, reason)
                break


def _known(own: Effect | None, compared: Sequence[Effect | None], known: np.ndarray) -> bool:
    """Return whether numbers tell a quantity, or all it compares beside what needs no data."""
    if own is not None and not _round(own.value) and _among(own.value, known):
        return True
    parts = [one.value for one in compared if one is not None and not _round(one.value)]
    return bool(parts) and all(_among(value, known) for value in parts)


def _one_value(openings: Sequence[Sequence[Opening]]) -> Iterator[InvalidInput]:
    """Check that a measure has one value at one setting, whichever step reads it."""
    found: dict[tuple[str, StepState], tuple[float, int]] = {}
    for one in (opening for of_step in openings for opening in of_step):
        step = one.question.folder.file.steps[one.question.name]
        for name in {*step.claims, *step.chart.references}:
            effect = one.reading.effect(name)
            if effect is None:
                continue
            value, place = found.setdefault((name, one.state), (effect.value, one.place))
            if not _among(value, np.array([effect.value])):
                reason = f"is another number in step {place + 1} than in step {one.place + 1}"
                yield _wrong(one.question.folder, ("measures", name), reason)


def _among(value: float, numbers: np.ndarray) -> bool:
    """Return whether a number, or its opposite, is among others."""
    return bool(np.isclose(abs(value), np.abs(numbers), rtol=SAME, atol=1e-7).any())


def _round(value: float) -> bool:
    """Return whether a number may be there by chance: whole, or of two digits."""
    return abs(100 * value - round(100 * value)) < 1e-9
