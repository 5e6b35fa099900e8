"""Sentences say what the interval allows, and nothing else."""

import math

import pytest

from tradeoffs.lessons.effect import UNITS, Claim, Effect, Fact, format_value, interval

CLAIM = Claim(
    of=lambda table, setting: None, more="{who} gain {size}", less="{who} lose {size}", tie="no"
)


@pytest.mark.parametrize(
    ("low", "high", "sign"), [(0.1, 0.3, 1), (-0.3, -0.1, -1), (-0.1, 0.2, 0), (0.0, 0.2, 0)]
)
def test_the_sign_is_that_of_the_whole_interval(low, high, sign):
    assert Effect(value=(low + high) / 2, low=low, high=high).sign == sign


def test_without_an_interval_nothing_can_be_told_apart():
    assert Effect(value=5.0, low=-math.inf, high=math.inf).sign == 0


def test_a_loss_is_told_as_a_size_with_the_interval_of_the_size():
    told = CLAIM.describe(Effect(value=-0.2, low=-0.3, high=-0.1, words={"who": "They"}))
    assert told == "They lose 20.0 points (95 %: 10.0 to 30.0 points)."


def test_a_gain_and_a_tie():
    assert CLAIM.describe(Effect(value=0.2, low=0.1, high=0.3, words={"who": "They"})).startswith(
        "They gain 20.0 points (95 %: 10.0"
    )
    assert (
        CLAIM.describe(Effect(value=0.0, low=-0.1, high=0.1)) == "no (95 %: −10.0 to 10.0 points)."
    )


def test_what_is_absent_is_said_to_be_so():
    assert "cannot be measured" in CLAIM.describe(None)


def test_an_interval_over_trainings_alone_says_so_however_the_effect_is_turned():
    words = {"who": "They"}
    found = Effect(value=-0.2, low=-0.3, high=-0.1, test_rows=False, words=words)
    for one in (found, found.turned(), found.less(0.5), found.named(who="We")):
        assert "(95 % over training runs, not test rows: " in CLAIM.describe(one)


def test_a_fact_without_interval_names_none():
    fact = Fact(of=lambda table, setting: None, text="{value} of them")
    assert fact.describe(Effect(value=0.5, low=-math.inf, high=math.inf)) == "50.0 % of them."


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_writes_both_signs(unit):
    assert format_value(-3.0, unit).startswith("−")
    assert not format_value(3.0, unit).startswith("+")
    assert format_value(3.0, unit, sign=True).startswith("+")


def test_nothing_is_written_as_minus_zero():
    assert format_value(-0.0001, "points") == "0.0 points"


def test_an_end_near_zero_gets_the_digits_that_tell_its_side():
    told = CLAIM.describe(Effect(value=0.02, low=0.0002, high=0.04, words={"who": "They"}))
    assert told == "They gain 2.0 points (95 %: 0.02 to 4.0 points)."
    told = CLAIM.describe(Effect(value=0.02, low=-0.0002, high=0.04))
    assert told == "no (95 %: −0.02 to 4.0 points)."
    told = CLAIM.describe(Effect(value=0.02, low=-0.00004, high=0.07726))
    assert told == "no (95 %: just below 0 to 7.7 points)."


def test_an_interval_narrower_than_what_is_written_is_left_out():
    found = Fact(of=lambda *_: None, text="{value} apart", unit="points").describe(
        Effect(value=0.0662, low=0.06618, high=0.06622)
    )
    assert found == "6.6 points apart."


def test_a_range_is_not_called_an_interval():
    known = Effect(value=10.0, low=8.0, high=13.0, range=True)
    assert interval(known, "months") == "range: 8.0 to 13.0 months"
