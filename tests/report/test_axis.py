"""Axes follow their points out to round numbers, and stand still while more arrive."""

import math

import pytest

from tradeoffs.fronts import ACCURACY, COST, EXPLAINABILITY, FAIRNESS, PRIVACY
from tradeoffs.report.charts.axis import BESIDE, place, span


def test_infinity_keeps_its_place_only_beside_a_log_axis():
    assert place(PRIVACY, [0.5, math.inf]).tolist() == [0.5, BESIDE]
    assert place(ACCURACY, [0.5, 1.0]).tolist() == [0.5, 1.0]


def drawn(values, *, column="gap", sd=0.0):
    return [{column: value, f"{column}_sd": sd} for value in values]


@pytest.mark.parametrize(
    ("objective", "values", "expected"),
    [
        (FAIRNESS, [0.004, 0.013], (0.0, 0.025)),  # a tenth of the scale at least
        (FAIRNESS, [0.01, 0.18], (0.0, 0.2)),
        (FAIRNESS, [0.3, 0.9], (0.0, 1.0)),
        (FAIRNESS, [], (0.0, 0.025)),
        (ACCURACY, [0.76, 0.88], (0.76, 0.88)),
        (EXPLAINABILITY, [-0.11, 0.4], (-0.2, 0.4)),
        (EXPLAINABILITY, [1.0], (0.9, 1.0)),
        (COST, [105, 3_393], (100, 5_000)),
        (COST, [105, 105], (100, 2_000)),  # a decade at least
    ],
)
def test_an_axis_follows_its_points_out_to_round_numbers(objective, values, expected):
    table = drawn(values, column=objective.column)
    assert span(objective, table) == pytest.approx(expected)
    assert span(objective, table, span(objective, table)) == pytest.approx(expected)


def test_an_axis_shows_bars_but_nothing_beyond_the_ideal():
    assert span(FAIRNESS, drawn([0.05], sd=0.1)) == pytest.approx((0.0, 0.15))
    low, high = span(EXPLAINABILITY, drawn([0.95], column="fidelity", sd=0.1))
    assert (low, high) == pytest.approx((0.85, 1.0))


def test_an_axis_keeps_what_it_showed_before():
    few, many = drawn([0.1]), drawn([0.1, 0.3])
    assert span(FAIRNESS, few, span(FAIRNESS, many)) == pytest.approx(span(FAIRNESS, many))
