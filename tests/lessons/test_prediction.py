"""Guesses: checked, and compared with what was measured."""

import math

import pandas as pd
import pytest

from tradeoffs.lessons.effect import Effect
from tradeoffs.lessons.lesson import StepState
from tradeoffs.lessons.prediction import Choice, Direction, Line, Number, Vote
from tradeoffs.scenario import Scenario

TABLE, SETTING = pd.DataFrame(), StepState(scenario=Scenario())
FOUND = Effect(value=0.2, low=0.1, high=0.3)


def line(effects):
    return Line(
        question="?", xs=("a", "b"), of=lambda t, s: effects, unit="%", low=0, high=100,
        x_title="x", y_title="y",
    )  # fmt: skip


def test_a_number_is_compared_in_its_unit():
    asked = Number(question="?", of=lambda t, s: FOUND, unit="%", low=0, high=100)
    assert asked.verdict(35.0, TABLE, SETTING).text == (
        "You guessed 35 %; measured is 20.0 % (95 %: 10.0 to 30.0 %)."
    )


@pytest.mark.parametrize(
    ("unit", "step", "guess", "label", "words"),
    [
        ("in 100", 1.0, 35.0, "Of 100", "35 in 100"),
        ("%", 0.5, 35.5, "In %", "35.5 %"),
        ("points", 1.0, -3.0, "In points", "−3 points"),
        ("", 1.0, 12.0, "Your number", "12"),
        ("times", 1.0, 3.0, "How many times", "3 times"),
    ],
)
def test_a_number_is_asked_and_told_with_the_digits_that_can_be_guessed(
    unit, step, guess, label, words
):
    asked = Number(question="?", of=lambda t, s: None, unit=unit, low=-50, high=100, step=step)
    assert (asked.label, asked.words(guess)) == (label, words)


@pytest.mark.parametrize("guess", ["35", None, -1, 101, math.nan, [1]])
def test_what_is_no_number_in_bounds_is_no_guess(guess):
    assert not Number(question="?", of=lambda t, s: None, unit="%", low=0, high=100).valid(guess)


@pytest.mark.parametrize(
    ("found", "guess", "told"),
    [
        (FOUND, "more", "More, as you guessed: +20.0 points"),
        (FOUND, "less", "More, you guessed “less”: +20.0 points"),
        (Effect(value=0.0, low=0.0, high=0.0), "more", "About the same, you guessed “more”: 0.0"),
        (Effect(value=-0.2, low=-0.3, high=-0.1), "less", "Less, as you guessed: −20.0 points"),
        (None, "less", "You guessed “less”. It cannot be measured"),
    ],
)
def test_a_direction_is_compared_by_the_interval(found, guess, told):
    assert (
        Direction(question="?", of=lambda t, s: found)
        .verdict(guess, TABLE, SETTING)
        .text.startswith(told)
    )


@pytest.mark.parametrize(("guess", "near"), [("about the same", "near"), ("more", "open")])
def test_a_direction_whose_interval_holds_zero_cannot_be_told(guess, near):
    found = Effect(value=0.1, low=-0.1, high=0.3)
    told = Direction(question="?", of=lambda t, s: found).verdict(guess, TABLE, SETTING)
    assert told.near == near
    assert told.text == (
        f"You guessed “{guess}”. The data cannot tell the direction: measured is +10.0 points "
        "(95 %: −10.0 to 30.0 points)."
    )


def test_a_verdict_names_its_setting_only_where_sliders_are_elsewhere():
    asked = Direction(
        question="?", of=lambda t, s: FOUND, about=lambda s: f"privacy budget {s['epsilon']:g}"
    )
    there, elsewhere = (StepState(scenario=Scenario(epsilon=one)) for one in (1.0, 3.0))
    plain = "More, as you guessed: +20.0 points (95 %: 10.0 to 30.0 points)."
    assert asked.verdict("more", TABLE, there).text == plain
    assert asked.verdict("more", TABLE, there, there).text == plain
    assert asked.verdict("more", TABLE, there, elsewhere).text == (
        f"{plain} The question was about the setting “privacy budget 1”."
    )


def test_a_choice_can_stay_open():
    asked = Choice(question="?", choices=("a", "b"), of=lambda t, s: None)
    assert asked.verdict("a", TABLE, SETTING).text == "You guessed “a”. The data cannot tell."


def test_a_line_is_told_where_it_is_furthest_off():
    told = (
        line([FOUND, Effect(value=0.5, low=0.4, high=0.6)]).verdict([25, 90], TABLE, SETTING).text
    )
    assert told == (
        "Your line is off by 22.5 points on average; most at b, where you drew 90.0 and 50.0 was "
        "measured."
    )


def test_a_line_skips_what_is_not_measurable():
    assert "nothing could be measured" in line([None, None]).verdict([1, 2], TABLE, SETTING).text
    assert "most at a" in line([FOUND, None]).verdict([1, 2], TABLE, SETTING).text


@pytest.mark.parametrize("guess", [[1], [1, 101], [1, "2"], None, 5, [1, math.nan]])
def test_a_line_needs_a_value_in_bounds_at_each_place(guess):
    assert not line([]).valid(guess)


def test_a_vote_is_neither_right_nor_wrong():
    asked = Vote(question="?", choices=("a", "b"), outcome=lambda t, s, vote: f"Of {vote} came 1.")
    assert asked.verdict("b", TABLE, SETTING).text == "You voted “b”. Of b came 1."
    assert asked.valid("a") and not asked.valid("c") and not asked.valid(None)
    silent = Vote(question="?", choices=("a", "b"), outcome=lambda t, s, vote: "")
    assert silent.verdict("a", TABLE, SETTING).text == "You voted “a”."
