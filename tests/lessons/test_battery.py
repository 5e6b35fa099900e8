"""Every lesson: each step is drawn and told from its shipped answer, from parts and from none."""

import json
import math
import re

import pandas as pd
import pytest

from tradeoffs.errors import InvalidInput
from tradeoffs.kit.handout import handout
from tradeoffs.lessons.answers import missing, pack, shipped_answer
from tradeoffs.lessons.catalogue import LESSONS
from tradeoffs.lessons.effect import Claim, Effect
from tradeoffs.lessons.lesson import DO_NOT_BUILD, TrainingSource
from tradeoffs.lessons.prediction import Choice, Direction, Line, Number, Vote

STEPS = [(lesson, place) for lesson in LESSONS.values() for place in range(len(lesson.steps))]
IDS = [f"{lesson.name}-{place + 1}" for lesson, place in STEPS]
SOURCE = re.compile(r"arXiv:\d{4}\.\d{4,5}$|doi:10\.\d{4,9}/\S+$|https://\S+$")
GUESSES = {
    Number: lambda one: [one.low, one.high],
    Direction: lambda one: list(one.choices),
    Choice: lambda one: list(one.choices),
    Vote: lambda one: list(one.choices),
    Line: lambda one: [[one.low] * len(one.xs), [one.high] * len(one.xs)],
}

every_lesson = pytest.mark.parametrize("lesson", LESSONS.values(), ids=list(LESSONS))


@pytest.mark.parametrize(("lesson", "place"), STEPS, ids=IDS)
def test_a_step_is_drawn_and_told_whatever_of_its_answer_is_there(lesson, place):
    step = lesson.steps[place]
    for state in lesson.settings(place):
        table = shipped_answer(step, state)
        assert table is not None and len(table), state
        assert step.figure(table, state).data and len(step.shown(table, state)), state
        assert all(claim.describe(claim.of(table, state)) for claim in step.claims), state
    state = lesson.setting(place)
    table = shipped_answer(step, state)
    assert table is not None and step.claims
    whole(step, state, table)
    if isinstance(step.source, TrainingSource):  # a study's answer arrives at once
        arriving(step, state, table)
    absent(step, state, table.head(0))


def whole(step, state, table):
    """Hold the sentences and the guess of a step as it opens."""
    for claim in step.claims:
        found = claim.of(table, state)
        words = found.words if found else {}
        if isinstance(claim, Claim) and found:
            ways = [Effect(value=v, low=v - 0.01, high=v + 0.01, words=words) for v in (1, -1, 0)]
            told = [claim.describe(one) for one in ways]
            assert len(set(told)) == 3 and not any("nan" in text for text in told)
    asked = step.prediction
    if asked is None:
        return
    guesses = GUESSES[type(asked)](asked)
    told = [asked.verdict(guess, table, state) for guess in guesses]
    assert len({one.text for one in told}) == len(told)
    assert all(asked.valid(guess) for guess in guesses)
    assert not asked.valid(None) and not asked.valid(math.nan)


def arriving(step, state, table):
    """Hold that a step can be drawn while its models arrive."""
    for rows in {1, len(table) // 2, len(table) - 1}:
        part = table.head(rows)
        step.figure(part, state)
        step.shown(part, state)
        assert all(claim.describe(claim.of(part, state)) for claim in step.claims)
        if step.prediction is not None:
            guess = GUESSES[type(step.prediction)](step.prediction)[0]
            assert step.prediction.verdict(guess, part, state).text


def absent(step, state, nothing):
    """Hold that a step has nothing to say of an answer without rows, and says so."""
    step.figure(nothing, state)
    for claim in step.claims:
        assert claim.of(nothing, state) is None and claim.describe(None) == claim.absent
    if step.prediction is not None:
        guess = GUESSES[type(step.prediction)](step.prediction)[0]
        assert step.prediction.verdict(guess, nothing, state).near == "open"


def test_no_shipped_answer_is_stale():
    stale = [f"{lesson.name} {place + 1}" for lesson, place in missing(LESSONS.values())]
    assert not stale, f"run `tradeoffs lessons precompute`: {', '.join(stale)}"


@every_lesson
def test_a_lesson_is_whole(lesson):
    assert lesson.answers[-1] == DO_NOT_BUILD and len(lesson.decisions) >= 2
    assert any(step.prediction for step in lesson.steps)
    assert lesson.try_this and len(lesson.discuss) >= 2 and lesson.limits
    assert 5 <= lesson.minutes <= 10
    assert len(lesson.sources) >= 2 and all(SOURCE.match(one.where) for one in lesson.sources)
    assert max(len(step.sliders) for step in lesson.steps) <= 2
    for text in (lesson.role, lesson.question, *(step.title for step in lesson.steps)):
        assert not set(text) & set("εδσμλ"), "no Greek before people"


@every_lesson
def test_the_hand_out_has_every_question_and_the_answers_only_if_asked(lesson):
    bare, full = handout(lesson, answers=False), handout(lesson, answers=True)
    assert full.count("<li>") > bare.count("<li>")
    assert all(f"{place + 1}." in bare for place in range(len(lesson.steps)))
    assert "precompute" not in full


def test_sections_come_in_the_order_of_the_paper():
    sections = [lesson.section.split(" ")[0] for lesson in LESSONS.values()]
    assert sections == sorted(sections)


def test_an_unknown_lesson_is_refused_with_the_known_ones():
    with pytest.raises(InvalidInput, match=r"unknown lesson 'nowhere'; known: .*small_town"):
        LESSONS["nowhere"]


def test_packed_answers_read_back():
    cells = {"name": "a", "value": 0.123456789, "none": math.nan, "n": 3, "nearly": 7.99999999}
    found = pack(pd.DataFrame([cells]))
    assert found == {"columns": list(cells), "rows": [["a", 0.123457, None, 3, 8]]}
    again = pack(pd.DataFrame(found["rows"], columns=found["columns"]))
    assert json.dumps(again) == json.dumps(found)  # what is taken over is written as it was
