"""Proportions: against scipy, statsmodels and published intervals."""

import numpy as np
import pytest
from scipy import stats

from tradeoffs.stats.proportions import clopper_pearson, newcombe, wilson


@pytest.mark.parametrize(("yes", "n"), [(0, 30), (30, 30), (7, 40), (500, 1_000)])
def test_the_interval_is_scipys(yes, n):
    expected = stats.binomtest(yes, n).proportion_ci(0.95, "wilson")
    assert wilson(yes, n) == pytest.approx((expected.low, expected.high), abs=1e-6)


@pytest.mark.parametrize(
    ("counts", "published"),
    [  # Newcombe 1998, Statistics in Medicine 17, table II, method 10
        ((56, 70, 48, 80), (0.0524, 0.3339)),
        ((9, 10, 3, 10), (0.1705, 0.8090)),
        ((10, 10, 0, 10), (0.6075, 1.0)),
    ],
)
def test_intervals_are_newcombes(counts, published):
    found = newcombe(*(np.array([one]) for one in counts))
    assert [float(end[0]) for end in found] == pytest.approx(published, abs=5e-5)


def test_a_share_against_a_sure_one_keeps_its_own_interval_on_one_side():
    low, _ = newcombe(*(np.array([one]) for one in (30, 100, 0, 10**9)))
    assert low[0] == pytest.approx(wilson(30, 100)[0], abs=1e-4)


def test_nothing_is_found_among_nobody():
    low, high = newcombe(*(np.array([one]) for one in (0, 0, 3, 10)))
    assert np.isnan(low[0]) and np.isnan(high[0])


@pytest.mark.parametrize(("hits", "trials"), [(0, 50), (3, 50), (50, 50), (17, 1_000)])
def test_the_exact_interval_is_that_of_scipy(hits, trials):
    expected = stats.binomtest(hits, trials).proportion_ci(0.95, "exact")
    assert clopper_pearson(hits / trials, trials) == pytest.approx(tuple(expected), abs=1e-12)
