"""Every lesson: its settings resolve, its answers are fresh, its sentences turn with the sign."""

import json
import math
import re

import pandas as pd
import pytest

from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.plan import resolve
from tradeoffs.lessons.answers import key, missing, shipped_answer
from tradeoffs.lessons.catalogue import LESSONS
from tradeoffs.lessons.effect import Claim, Effect
from tradeoffs.lessons.handout import handout
from tradeoffs.lessons.lesson import DO_NOT_BUILD, TrainingSource
from tradeoffs.lessons.prediction import Choice, Direction, Line, Number, Vote
from tradeoffs.scenario import as_text

STEPS = [(lesson, place) for lesson in LESSONS.values() for place in range(len(lesson.steps))]
IDS = [f"{lesson.name}-{place + 1}" for lesson, place in STEPS]
SOURCE = re.compile(r"arXiv:\d{4}\.\d{4,5}$|doi:10\.\d{4,9}/\S+$|https://\S+$")

every_step = pytest.mark.parametrize(("lesson", "place"), STEPS, ids=IDS)
every_lesson = pytest.mark.parametrize("lesson", LESSONS.values(), ids=list(LESSONS))


# The counts that the earlier step draws; what is asked later follows from them by arithmetic.
WORKED_OUT = {("not_every_group", 0, 1)}


@every_step
def test_every_setting_of_a_step_resolves(lesson, place):
    step = lesson.steps[place]
    for setting in lesson.settings(place):
        resolve(setting.scenario)
        if isinstance(step.source, TrainingSource):
            scenarios = step.source.scenarios(setting)
            assert len(scenarios) == len(set(scenarios)) > 0
            for scenario in scenarios:
                resolve(scenario)
        else:
            key(step, setting)  # its study exists


@every_step
def test_sliders_start_at_one_of_their_choices(lesson, place):
    for slider in lesson.steps[place].sliders:
        default = lesson.setting(place)[slider.name]
        assert slider.read(as_text(default)) == default
        assert len(set(map(slider.describe, slider.choices))) == len(slider.choices) > 1


def test_no_shipped_answer_is_stale():
    stale = [f"{lesson.name} {place + 1}" for lesson, place in missing(LESSONS.values())]
    assert not stale, f"run `tradeoffs lessons precompute`: {', '.join(stale)}"


@every_step
def test_a_step_draws_and_tells_its_shipped_answer(lesson, place):
    step = lesson.steps[place]
    for setting in lesson.settings(place):
        table = shipped_answer(step, setting)
        assert table is not None and len(table), setting
        table = step.seen(table, setting)
        assert step.figure(table, setting).data, setting
        told = [claim.describe(claim.of(table, setting)) for claim in step.claims]
        assert told and all(told)
        if step.shown is not None:
            assert len(step.shown(table, setting))


@every_step
def test_both_ends_of_every_slider_are_shipped(lesson, place):
    step = lesson.steps[place]
    for slider in step.sliders:
        for end in (slider.choices[0], slider.choices[-1]):
            assert shipped_answer(step, lesson.setting(place, {slider.name: end})) is not None, end


@every_step
def test_a_step_does_not_show_what_a_later_one_asks(lesson, place):
    """Two steps may read one answer; the earlier shows its own part of it."""
    step, setting = lesson.steps[place], lesson.setting(place)
    if step.name:
        pytest.skip("a folder's steps show no more than they draw and say")
    table = shipped_answer(step, setting)
    assert table is not None
    seen = step.seen(table, setting)
    for later in range(place + 1, len(lesson.steps)):
        asking, there = lesson.steps[later], lesson.setting(later)
        same = key(asking, there) == key(step, setting)
        if (
            (lesson.name, place, later) in WORKED_OUT
            or not same
            or asking.prediction is None
            or isinstance(asking.prediction, Vote)
        ):
            continue
        try:
            known = asking.prediction.of(seen, there)
        except KeyError:  # a column that is left out
            known = None
        told = known if isinstance(known, list) else [known]
        assert all(one is None for one in told), (
            f"step {place + 1} shows what step {later + 1} asks"
        )


@every_step
def test_a_step_has_nothing_to_say_of_an_answer_without_rows(lesson, place):
    step, setting = lesson.steps[place], lesson.setting(place)
    table = shipped_answer(step, setting)
    assert table is not None
    step.figure(table.head(0), setting)
    for claim in step.claims:
        assert claim.of(table.head(0), setting) is None
        assert claim.describe(None) == claim.absent


@every_step
def test_a_step_can_be_drawn_while_its_models_arrive(lesson, place):
    step, setting = lesson.steps[place], lesson.setting(place)
    table = shipped_answer(step, setting)
    assert table is not None
    if not isinstance(step.source, TrainingSource):
        return  # a study's answer arrives whole
    for rows in {1, len(table) // 2, len(table) - 1}:
        part = table.head(rows)
        step.figure(part, setting)
        assert all(claim.describe(claim.of(part, setting)) for claim in step.claims)
        if step.shown is not None:
            step.shown(part, setting)
        if step.prediction is not None and hasattr(step.prediction, "of"):
            step.prediction.of(part, setting)


@every_step
def test_sentences_turn_with_the_sign(lesson, place):
    step, setting = lesson.steps[place], lesson.setting(place)
    table = shipped_answer(step, setting)
    assert table is not None
    for claim in step.claims:
        if not isinstance(claim, Claim):
            continue
        found = claim.of(table, setting)
        words = found.words if found else {}
        more, less, tie = (
            claim.describe(Effect(value=value, low=value - 0.01, high=value + 0.01, words=words))
            for value in (0.1, -0.1, 0.0)
        )
        assert len({more, less, tie}) == 3
        assert not any("nan" in text for text in (more, less, tie))


@every_step
def test_a_guess_is_compared_with_what_was_measured(lesson, place):
    step, setting = lesson.steps[place], lesson.setting(place)
    prediction = step.prediction
    if prediction is None:
        return
    table = shipped_answer(step, setting)
    assert table is not None
    guesses = {
        Number: lambda p: [p.low, p.high],
        Direction: lambda p: list(p.choices),
        Choice: lambda p: list(p.choices),
        Vote: lambda p: list(p.choices),
        Line: lambda p: [[p.low] * len(p.xs), [p.high] * len(p.xs)],
    }[type(prediction)](prediction)
    told = [prediction.compared(guess, table, setting) for guess in guesses]
    assert len(set(told)) == len(told)
    assert all(prediction.valid(guess) for guess in guesses)
    assert not prediction.valid(None) and not prediction.valid(math.nan)
    assert prediction.compared(guesses[0], table.head(0), setting)


def test_some_step_of_every_lesson_asks_for_a_guess():
    without = [one.name for one in LESSONS.values() if not any(s.prediction for s in one.steps)]
    assert not without


@every_lesson
def test_a_lesson_is_whole(lesson):
    assert lesson.answers[-1] == DO_NOT_BUILD and len(lesson.decisions) >= 2
    assert lesson.try_this and len(lesson.discuss) >= 2 and lesson.limits
    assert 5 <= lesson.minutes <= 10
    assert all(SOURCE.match(source.where) for source in lesson.sources)
    assert len(lesson.sources) >= 2
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
    from tradeoffs.lessons.answers import pack

    cells = {"name": "a", "value": 0.123456789, "none": math.nan, "n": 3, "nearly": 7.99999999}
    found = pack(pd.DataFrame([cells]))
    assert found == {"columns": list(cells), "rows": [["a", 0.123457, None, 3, 8]]}
    again = pack(pd.DataFrame(found["rows"], columns=found["columns"]))
    assert json.dumps(again) == json.dumps(found)  # what is taken over is written as it was
