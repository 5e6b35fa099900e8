"""Paired means: intervals of shares, of differences, and of trainings."""

import numpy as np
import pytest

from tradeoffs.stats.paired_means import mean

RNG = np.random.default_rng(0)


def test_a_share_of_people_has_its_binomial_interval():
    each = np.repeat([[1.0, 0.0]], 5_000, axis=0).reshape(1, -1)
    found = mean(each, np.full(each.shape[1], True))
    assert found["value"] == 0.5
    assert found["high"] - 0.5 == pytest.approx(1.96 * 0.5 / 100, rel=1e-3)


def test_equal_models_differ_by_nothing():
    each = RNG.random((4, 300))
    found = mean(each - each, np.full(300, True))
    assert set(found.values()) == {0.0}


def test_a_contrast_of_groups_is_the_difference_of_their_means():
    each, one = RNG.random((4, 300)), np.arange(300) < 100
    found = mean(each, one, ~one)
    apart = mean(each, one)["value"] - mean(each, ~one)["value"]
    assert found["value"] == pytest.approx(apart)
    assert found["low"] < apart < found["high"]


def test_intervals_cover_the_truth_about_as_often_as_they_say():
    hits = 0
    for _ in range(400):
        person, training = RNG.normal(0, 1, 200), RNG.normal(0, 0.05, (5, 1))
        found = mean(person + training + RNG.normal(0, 0.3, (5, 200)), np.full(200, True))
        hits += found["low"] <= 0 <= found["high"]
    assert 0.92 <= hits / 400 <= 0.985
