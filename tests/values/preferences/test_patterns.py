"""Patterns: no group has a place of its own, and each keeps what it is known for."""

import numpy as np
import pytest

from tradeoffs.values.preferences.patterns.catalogue import PATTERNS

each = pytest.mark.parametrize("pattern", PATTERNS.values(), ids=lambda one: one.name)
UTILITY = np.random.default_rng(0).uniform(-1, 1, (300, 4))


def score(pattern, utility: np.ndarray, parameter: float | None = None) -> np.ndarray:
    usual = pattern.parameter.default if pattern.parameter else 0.0
    return pattern.score(utility, usual if parameter is None else parameter)


@each
def test_the_order_of_groups_does_not_matter(pattern):
    for order in ([3, 2, 1, 0], [1, 0, 3, 2]):
        assert np.allclose(score(pattern, UTILITY), score(pattern, UTILITY[:, order]))


@each
def test_more_for_every_group_is_never_worse_and_more_for_some_only_if_levelling_down(pattern):
    found = score(pattern, UTILITY)
    assert (score(pattern, UTILITY + 0.1) >= found - 1e-12).all()
    one = score(pattern, UTILITY + 0.1 * np.eye(4)[0])
    assert (one < found - 1e-12).any() == pattern.levels_down


@each
def test_taking_from_who_has_most_for_who_has_least_is_never_worse(pattern):
    ordered = np.sort(UTILITY, axis=1)
    step = (ordered[:, 3] - ordered[:, 0]) / 4
    moved = ordered.copy()
    moved[:, 0] += step
    moved[:, 3] -= step
    assert (score(pattern, moved) >= score(pattern, ordered) - 1e-12).all()


@each
def test_a_group_that_is_not_measurable_leaves_no_score(pattern):
    utility = np.array([[0.5, np.nan], [0.5, 0.5]])
    assert np.isnan(score(pattern, utility)).tolist() == [True, False]


def test_a_distribution_that_each_pattern_scores():
    utility = np.array([[0.1, 0.5, 0.9]])
    found = {name: float(score(one, utility)[0]) for name, one in PATTERNS.items()}
    wanted = {
        "egalitarian": -0.8,
        "maximin": 0.1,
        "prioritarian": (1.5 + 0.1) / 4,
        "sufficientarian": -0.1 / 3,
        "need": 0.1,
    }
    assert found == pytest.approx(wanted)


def test_prioritarian_goes_from_the_plain_mean_to_maximin():
    of = PATTERNS["prioritarian"]
    assert np.allclose(score(of, UTILITY, 1.0), UTILITY.mean(axis=1))
    assert np.allclose(score(of, UTILITY, 1e9), UTILITY.min(axis=1))


def test_sufficientarian_is_content_where_all_have_enough_and_else_asks_for_the_sum():
    of = PATTERNS["sufficientarian"]
    assert np.array_equal(score(of, UTILITY, -1.0), np.zeros(300))
    assert np.allclose(score(of, UTILITY, 1.0), UTILITY.mean(axis=1) - 1.0)


def test_only_egalitarian_is_content_with_nothing_for_anybody():
    nothing, some = np.zeros((1, 2)), np.array([[0.1, 0.3]])
    fond = [n for n, one in PATTERNS.items() if score(one, nothing) > score(one, some)]
    assert fond == ["egalitarian"]
