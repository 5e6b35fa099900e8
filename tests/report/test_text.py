import math

import pytest

from tradeoffs.report.text import describe, number, percent, points, setting
from tradeoffs.scenario import Scenario


@pytest.mark.parametrize(
    ("share", "digits", "told"),
    [(0.8461, 1, "84.6 %"), (0.05, 0, "5 %"), (0.0, 1, "0.0 %"), (1.0, 1, "100.0 %")],
)
def test_percent(share, digits, told):
    assert percent(share, digits) == told


@pytest.mark.parametrize(
    ("share", "told"),
    [
        (0.0123, "+1.2 points"),
        (-0.0123, "−1.2 points"),
        (0.0, "0.0 points"),
        (-0.0004, "0.0 points"),  # a difference that rounds to nothing has no sign
        (0.0004, "0.0 points"),
    ],
)
def test_points_have_a_sign_unless_they_are_nothing(share, told):
    assert points(share) == told


@pytest.mark.parametrize(
    ("value", "told"),
    [(0.5, "0.5"), (3.0, "3"), (13.4123, "13.4"), (0.04567, "0.0457"), (32_561, "32,561")],
)
def test_number(value, told):
    assert number(value) == told


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("epsilon", 0.05, "ε = 0.05"),
        ("epsilon", None, "no privacy"),
        ("epsilon", math.inf, "no privacy"),
        ("max_gap", 0.0, "gap at most 0 %"),
        ("max_gap", 0.07, "gap at most 7 %"),
        ("max_gap", math.nan, "no constraint"),
        ("width", 0, "logistic regression"),
        ("width", 8.0, "8 hidden units"),
        ("shift_intensity", 0.25, "shift 25 %"),
        ("shift_intensity", 0.0, "no shift"),
    ],
)
def test_a_setting_in_words(field, value, told):
    assert setting(field, value) == told


def test_a_scenario_in_words():
    plain = Scenario.of(epsilon=1.0, max_gap=0.05, width=8, rows=3_000)
    assert describe(plain) == "ε = 1, gap at most 5 %, 8 hidden units, no shift, 3,000 people"
    assert describe(plain.but(mechanism="clip_only")).startswith("clipping only, as for ε = 1, ")
    assert describe(plain.but(epsilon=None)).startswith("no privacy, ")


def test_a_stage_and_a_way_of_clipping_in_words():
    plain = Scenario.of(epsilon=1.0, max_gap=0.05)
    after = plain.but(stage="group_thresholds", clipping="dpsgd_f")
    told = (
        "no shift, thresholds by group (post-processing), clipping by group (DPSGD-F), 3,000 people"
    )
    assert describe(after).endswith(told)
    assert "thresholds" not in describe(after.but(max_gap=None))  # there is nothing to keep
    some = plain.but(stage="reweighing", max_gap=None, strength=0.5)
    assert "reweighing (pre-processing) (50 %), " in describe(some)
    assert "reweighing (pre-processing), " in describe(some.but(strength=1.0))


def test_hidden_columns_are_part_of_a_setting_in_words():
    told = describe(Scenario(hide=("hours_per_week", "sex")))
    assert told.endswith("without hours worked per week, without sex, 3,000 people")
