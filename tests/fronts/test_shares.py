"""Differences of two shares: Newcombe's published intervals."""

import numpy as np
import pytest

from tradeoffs.data.about import wilson
from tradeoffs.fronts.shares import newcombe


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
