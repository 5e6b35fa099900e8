"""Achievement: every pick is non-dominated, non-convex parts are reached, and wishes are heard."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradeoffs.errors import InvalidInput
from tradeoffs.fronts.dominance import nondominated
from tradeoffs.values.preferences.achievement import AUGMENTATION, achievement, lowest
from tradeoffs.values.preferences.reservation import acceptable

seeds = st.integers(0, 2**32 - 1)
# Both ends cost (0, 1) and (1, 0); the middle lies behind the line between them.
NON_CONVEX = np.array([[0.0, 1.0], [0.6, 0.6], [1.0, 0.0]])


def some(seed: int, objectives: int = 3) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return random costs, an aspiration and weights of which some are 0."""
    rng = np.random.default_rng(seed)
    weights = rng.random(objectives) * (rng.random(objectives) < 0.7)
    weights[rng.integers(objectives)] = 0.5
    return rng.random((30, objectives)), rng.uniform(-0.5, 1.5, objectives), weights


def test_a_weighted_sum_never_picks_the_middle_of_a_non_convex_front_and_achievement_does():
    shares = np.linspace(0, 1, 101)
    by_sum = {int(np.argmin(NON_CONVEX @ [one, 1 - one])) for one in shares}
    values = [achievement(NON_CONVEX, np.zeros(2), np.array([one, 1 - one])) for one in shares]
    assert by_sum == {0, 2}
    assert {lowest(one) for one in values} == {0, 1, 2}


@given(seed=seeds)
def test_no_other_setting_dominates_the_pick(seed):
    costs, aspiration, weights = some(seed)
    picked = lowest(achievement(costs, aspiration, weights))
    assert nondominated(costs)[picked]


@given(seed=seeds)
def test_the_pick_among_the_acceptable_is_dominated_by_none_at_all(seed):
    costs, aspiration, weights = some(seed)
    allowed = acceptable(costs, np.array([0.7, np.inf, 0.8]))
    picked = lowest(np.where(allowed, achievement(costs, aspiration, weights), np.nan))
    assert picked is None or nondominated(costs)[picked]


@given(seed=seeds)
def test_each_setting_on_a_front_is_the_pick_of_some_aspiration(seed):
    costs = some(seed)[0]
    for one in np.flatnonzero(nondominated(costs)):
        assert lowest(achievement(costs, costs[one], np.ones(3))) == one


@given(seed=seeds, more=st.floats(0.01, 1.0))
def test_asking_more_of_an_objective_never_makes_it_worse(seed, more):
    costs, aspiration, weights = some(seed)
    one = int(np.argmax(weights))
    before = lowest(achievement(costs, aspiration, weights))
    wished = aspiration - more * np.eye(3)[one]
    after = lowest(achievement(costs, wished, weights))
    slack = AUGMENTATION * len(weights) / weights[one]
    assert costs[after, one] <= costs[before, one] + slack


@given(seed=seeds, more=st.floats(0.01, 1.0))
def test_more_weight_on_an_objective_never_makes_it_worse(seed, more):
    costs, _, weights = some(seed)
    one = int(np.argmax(weights))
    best = costs.min(axis=0)
    before = lowest(achievement(costs, best, weights))
    after = lowest(achievement(costs, best, weights + more * np.eye(3)[one]))
    assert costs[after, one] <= costs[before, one] + AUGMENTATION * 3 / weights[one]


def test_what_is_not_measurable_is_not_picked():
    costs = np.array([[0.1, np.nan], [0.9, 0.9]])
    assert lowest(achievement(costs, np.zeros(2), np.ones(2))) == 1
    assert lowest(np.array([np.nan, np.nan])) is None


@pytest.mark.parametrize(
    ("weights", "code"),
    [([0, 0], "weights_all_zero"), ([1, -1], "negative"), ([np.nan, 1], "negative")],
)
def test_weights_that_say_nothing_are_refused(weights, code):
    with pytest.raises(InvalidInput) as caught:
        achievement(NON_CONVEX, np.zeros(2), np.array(weights))
    assert caught.value.code == code
