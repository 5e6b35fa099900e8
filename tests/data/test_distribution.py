"""Shares of values in parts of a table, with their intervals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from statsmodels.stats.proportion import proportion_confint

from tradeoffs.data.distribution import OTHERS, distribution, rates
from tradeoffs.stats.proportions import SMALLEST_CELL

BOTH = ("before", "after")


def of(codes: list[int], part: list[int], values: int = 4, **how):
    names = [f"value {code}" for code in range(values)]
    return distribution("column", names, BOTH, np.array(codes), np.array(part), **how)


@given(some.lists(some.integers(0, 3), min_size=2 * SMALLEST_CELL, max_size=200))
def test_shares_of_a_part_add_up_to_one_and_lie_within_their_intervals(codes):
    found = of(codes, [place % 2 for place in range(len(codes))])
    assert found.shares.sum(0) == pytest.approx(1)
    assert (found.low <= found.shares).all() and (found.shares <= found.high).all()


def test_shares_and_intervals_are_those_of_statsmodels():
    codes = [0] * 30 + [1] * 20 + [0] * 10 + [1] * 90
    found = of(codes, [0] * 50 + [1] * 100)
    for part, (count, n) in enumerate(((30, 50), (10, 100))):
        low, high = proportion_confint(count, n, method="wilson")
        told = (found.shares[0, part], found.low[0, part], found.high[0, part])
        assert told == pytest.approx((count / n, low, high))


def test_a_weight_of_two_counts_as_two_people_in_a_share():
    codes, weights = [0] * 40 + [1] * 40, np.repeat([2.0, 1.0], 40)
    found = of(codes, [0] * 80, weights=weights)
    assert found.shares[0, 0] == pytest.approx(2 / 3)


def test_the_rarest_values_are_taken_together_and_unused_ones_left_out():
    codes = [0] * 50 + [1] * 30 + [3] * 10 + [4] * 10
    found = of(codes, [0] * 100, values=6, most=3)
    assert found.values == ("value 0", "value 1", OTHERS)
    assert found.shares[:, 0] == pytest.approx([0.5, 0.3, 0.2])


def test_a_part_of_too_few_people_is_not_measurable_and_not_nothing():
    found = of([0] * 100 + [1] * (SMALLEST_CELL - 1), [0] * 100 + [1] * (SMALLEST_CELL - 1))
    assert np.isnan(found.shares[:, 1]).all() and not np.isnan(found.shares[:, 0]).any()
    few = rates("yes", ["A"], BOTH, [[np.ones(50, bool), np.ones(5, bool)]])
    assert few.shares[0, 0] == 1 and np.isnan(few.shares[0, 1])
