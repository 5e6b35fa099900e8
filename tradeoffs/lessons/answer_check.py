"""Answer check: what pictures and sentences of a lesson show, and what they must not show yet."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from tradeoffs.errors import InvalidInput
from tradeoffs.language.translation import say
from tradeoffs.lessons.answers import shipped_answer
from tradeoffs.lessons.derived_columns import values
from tradeoffs.lessons.effect import Effect
from tradeoffs.lessons.folder import Folder, wrong
from tradeoffs.lessons.lesson import Lesson
from tradeoffs.lessons.measure import Reading
from tradeoffs.lessons.step_question import Question, questions
from tradeoffs.lessons.step_state import StepState

RAW = re.compile(r"^[a-z0-9]+(_[a-z0-9]+)+$|\[\w+[=\]]|^(value|quantity)$")  # no words
SAME = 1e-5  # relative; shipped answers have six digits
NOTHING, NOTHING_AT = "draws nothing; look at rows", "draws nothing at {at}; look at rows"
ALIKE = "has two rows alike; name what differs"
ALIKE_AT = "has two rows alike at {at}; name what differs"


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


def check_answers(folder: Folder, lesson: Lesson) -> Iterator[InvalidInput]:
    """Yield what is wrong with the shipped answers of a lesson, as its steps show them."""
    openings: list[list[Opening]] = []
    for place, question in enumerate(questions(folder)):
        try:
            openings.append([*_openings(lesson, place, question)])
            for one in openings[-1]:
                yield from _rows(one)
            yield from _guess_in_chart(openings[-1][0])
        except (KeyError, AttributeError) as missing:
            reason = say(
                "its answer has no column {column}; measure it, or have the study state it",
                column=str(missing),
            )
            yield wrong(folder, ("steps", question.name), reason)
            return
        except _NotComputed:
            at = folder.name if folder.of_project else str(folder.path)
            yield InvalidInput("lesson_stale", name=folder.name, step=place + 1, at=at)
            return
    yield from _absent(folder, openings)
    yield from _early(openings)
    yield from _one_value(openings)


class _NotComputed(Exception):
    """An answer is not there yet."""


def _openings(lesson: Lesson, place: int, question: Question) -> Iterator[Opening]:
    """Yield a step as it opens, then at every shipped position of its sliders."""
    for state in lesson.settings(place):
        own = None if question.folder.of_project else question.folder.path
        table = shipped_answer(lesson.steps[place], state, own)
        if table is None:
            raise _NotComputed
        reading = question.reading(table, state)
        yield Opening(question=question, place=place, state=state, reading=reading)


def _rows(one: Opening) -> Iterator[InvalidInput]:
    """Check that a table has rows, no two alike, and none without words."""
    shown = one.question.picture.at(one.state).table(one.reading)
    keys = ("steps", one.question.name, "chart")
    at = str(dict(one.state.options)) if one.state.options else ""
    if shown.empty:
        told = say(NOTHING_AT if at else NOTHING, at=at)
        yield wrong(one.question.folder, keys, told)
    elif shown.duplicated().any():
        told = say(ALIKE_AT if at else ALIKE, at=at)
        yield wrong(one.question.folder, keys, told)
    if shown.columns.duplicated().any():
        told = say("two columns have one title; name them apart")
        yield wrong(one.question.folder, keys, told)
    else:
        cells = (cell for column in shown for cell in (column, *shown[column]))
        raw = sorted({one for one in cells if isinstance(one, str) and RAW.search(one)})
        if raw:
            keys = ("steps", one.question.name, "chart")
            reason = say(
                "no words for {names}; write them below ## names or ### chart",
                names=", ".join(raw),
            )
            yield wrong(one.question.folder, keys, reason)


def _absent(folder: Folder, openings: Sequence[Sequence[Opening]]) -> Iterator[InvalidInput]:
    """Check that what is measured of trained models can be measured somewhere."""
    for name, answer in folder.file.answers.items():
        tables = [
            one.reading.table
            for of_step in openings
            for one in of_step
            if folder.file.steps[one.question.name].answer == name
        ]
        for column in answer.measure:
            if all(values(table, column).isna().all() for table in tables):
                reason = say(
                    "no model has a value of {column}; check its attribute and group",
                    column=column,
                )
                yield wrong(folder, ("answers", name, "measure"), reason)


def _guess_in_chart(one: Opening) -> Iterator[InvalidInput]:
    """Check that the picture holds what is asked: the quantity, or all that it compares."""
    for own, compared in one.asked():
        held = own is not None and _among(own.value, one.drawn)
        parts = compared and all(e is None or _among(e.value, one.drawn) for e in compared)
        if not held and not parts:
            reason = say(
                "the chart does not hold what is asked; draw it, or a reference, or say what "
                'the measure compares: compares = ["MEASURE", "MEASURE"]'
            )
            yield wrong(one.question.folder, ("steps", one.question.name, "guess"), reason)
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
                reason = say(
                    "step {step} shows already what is asked; ask something else",
                    step=earlier + 1,
                )
                keys = ("steps", asking.question.name, "guess")
                yield wrong(asking.question.folder, keys, reason)
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
                reason = say(
                    "is another number in step {first} than in step {second}",
                    first=place + 1,
                    second=one.place + 1,
                )
                yield wrong(one.question.folder, ("measures", name), reason)


def _among(value: float, numbers: np.ndarray) -> bool:
    """Return whether a number, or its opposite, is among others."""
    return bool(np.isclose(abs(value), np.abs(numbers), rtol=SAME, atol=1e-7).any())


def _round(value: float) -> bool:
    """Return whether a number may be there by chance: whole, or of two digits."""
    return abs(100 * value - round(100 * value)) < 1e-9
