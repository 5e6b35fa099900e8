"""Relaxation: a conflict is the smallest one, and what is relaxed makes the wish possible."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tradeoffs.values.preferences.regret import regret
from tradeoffs.values.preferences.relaxation import conflict, least_relaxation
from tradeoffs.values.preferences.reservation import acceptable

wishes = st.integers(0, 2**32 - 1)


def some(seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    levels = np.where(rng.random(4) < 0.2, np.inf, rng.uniform(0, 0.6, 4))
    return rng.random((12, 4)), levels


def only(levels: np.ndarray, some: tuple[int, ...]) -> np.ndarray:
    return np.where(np.isin(np.arange(len(levels)), some), levels, np.inf)


@given(seed=wishes)
def test_a_conflict_is_one_and_loses_any_level_to_be_none(seed):
    costs, levels = some(seed)
    found = conflict(costs, levels)
    assert bool(found) == (not acceptable(costs, levels).any())
    if found:
        assert not acceptable(costs, only(levels, found)).any()
    for one in found:
        left = tuple(other for other in found if other != one)
        assert acceptable(costs, only(levels, left)).any()


@given(seed=wishes)
def test_one_level_relaxed_as_told_makes_the_wish_possible_and_any_less_does_not(seed):
    costs, levels = some(seed)
    told = least_relaxation(costs, levels)
    for one in np.flatnonzero(np.isfinite(told)):
        relaxed = levels.copy()
        relaxed[one] = told[one]
        assert acceptable(costs, relaxed).any()
        if told[one] > levels[one]:
            relaxed[one] = np.nextafter(told[one], 0)
            assert not acceptable(costs, relaxed).any()


def test_two_wishes_of_which_each_alone_is_possible():
    costs = np.array([[0.1, 0.9, 0.5], [0.8, 0.2, 0.5]])
    levels = np.array([0.3, 0.3, 0.6])
    assert conflict(costs, levels) == (0, 1)
    assert np.allclose(least_relaxation(costs, levels), [0.8, 0.9, np.inf])


def test_what_is_not_measurable_keeps_no_level_and_is_no_way_out():
    costs = np.array([[0.1, np.nan], [np.nan, 0.1]])
    assert conflict(costs, np.array([0.5, 0.5])) == (0, 1)
    assert np.isinf(least_relaxation(costs, np.array([0.5, 0.5]))).all()
    assert acceptable(costs, np.array([0.5, np.inf])).tolist() == [True, False]


def test_regret_is_what_the_best_of_each_column_has_ahead():
    costs = np.array([[0.1, 0.9], [0.4, 0.2], [np.nan, 0.1]])
    assert np.allclose(regret(costs, 1), [0.3, 0.1])
    assert (regret(costs, 0) >= 0).all() and regret(costs, 0)[0] == 0
