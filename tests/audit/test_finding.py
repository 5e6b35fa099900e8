import math

import numpy as np
import pytest

from tradeoffs.audit.finding import (
    ALPHA,
    correlation_test,
    deviation_test,
    exact,
    mean_test,
    p_value_test,
)


def normal(size, seed=0, scale=1.0):
    return np.random.default_rng(seed).normal(0, scale, size)


def test_not_a_number_is_an_alarm():
    assert not exact("", "", math.nan, 1, source="").ok
    assert not p_value_test("", "", math.nan, source="").ok


def test_a_mean_is_held_to_its_own_error():
    """A shift of 4 errors passes at ALPHA = 1e-6, one of 6 does not (the bound is 4.89)."""
    sample = normal(400)
    sample -= sample.mean()
    for errors, ok in ((4, True), (4.85, True), (4.95, False), (-6, False)):
        found = mean_test("", "", sample + errors / 20, 0.0, deviation=1.0, source="")
        assert found.ok is ok


def test_a_deviation_is_held_to_the_chi_square_law():
    sample = normal(2_000)
    sample = (sample - sample.mean()) / sample.std(ddof=1)
    room = 4.89 / math.sqrt(2 * 2_000)
    for scale, ok in ((1.0, True), (1 + 0.9 * room, True), (1 + 1.2 * room, False), (0.9, False)):
        assert deviation_test("", "", scale * sample, 1.0, source="").ok is ok


def test_a_p_value_alarms_below_alpha_only():
    assert p_value_test("", "", 2 * ALPHA, source="").ok
    assert not p_value_test("", "", ALPHA / 2, source="").ok


@pytest.mark.parametrize(("shared", "ok"), [(0.0, True), (0.5, False)])
def test_two_rows_that_share_a_part_stand_out_among_many(shared, ok):
    rows = normal((40, 1_000))
    rows[17] += shared * rows[3]
    assert correlation_test("", "", rows, source="").ok is ok


def test_the_expected_largest_correlation_is_the_median_of_many():
    found = [correlation_test("", "", normal((10, 500), seed), source="") for seed in range(200)]
    below = np.mean([f.measured < f.expected for f in found])
    assert abs(below - 0.5) < 4 * 0.5 / math.sqrt(200)


def test_a_row_of_zeros_correlates_with_nothing():
    assert correlation_test("", "", np.zeros((3, 10)), source="").measured == 0
