import numpy as np
import pytest

from tradeoffs.errors import InvalidInput
from tradeoffs.values.proxy import extra_need, share_of_places

RNG = np.random.default_rng(3)
ROWS = 20_000
GROUP = RNG.random(ROWS) < 0.3
NEED = RNG.normal(size=ROWS) + 0.5 * GROUP


def test_scores_that_are_the_need_leave_none_over():
    extra = extra_need(NEED, NEED, GROUP, ~GROUP)
    assert abs(extra.difference) < 0.05


def test_the_extra_need_of_a_known_proxy_is_recovered():
    # The proxy takes 0.4 off the group: at equal score it needs 0.4 more.
    extra = extra_need(NEED - 0.4 * GROUP, NEED, GROUP, ~GROUP, levels=200)
    assert extra.difference == pytest.approx(0.4, abs=0.02)


def test_the_error_is_the_spread_over_samples():
    found = []
    for _ in range(400):
        rows = RNG.choice(ROWS, 1_000)
        score = RNG.normal(size=1_000)
        found.append(extra_need(score, NEED[rows], GROUP[rows], ~GROUP[rows]))
    spread = np.std([one.difference for one in found])
    assert np.mean([one.error for one in found]) == pytest.approx(spread, rel=0.15)


def test_one_level_is_the_difference_of_means():
    extra = extra_need(np.zeros(ROWS), NEED, GROUP, ~GROUP, levels=1)
    assert extra.difference == pytest.approx(NEED[GROUP].mean() - NEED[~GROUP].mean())


def test_missing_need_and_third_groups_do_not_count():
    need = np.where(np.arange(ROWS) % 7, NEED, np.nan)
    known = ~np.isnan(need)
    third = RNG.random(ROWS) < 0.2
    with_all = extra_need(NEED, need, GROUP & ~third, ~GROUP & ~third)
    kept = known & ~third
    assert with_all == extra_need(NEED[kept], need[kept], GROUP[kept], ~GROUP[kept])


def test_a_rising_change_of_the_scores_changes_nothing():
    assert extra_need(np.exp(NEED), NEED, GROUP, ~GROUP) == extra_need(NEED, NEED, GROUP, ~GROUP)


def test_nobody_to_compare_with_is_an_error():
    with pytest.raises(InvalidInput, match="no level of 20 has at least two people of each group"):
        extra_need(NEED, NEED, GROUP, np.zeros(ROWS, bool))


def test_places_go_to_the_highest_scores():
    group = np.array([True, False, True, False])
    assert share_of_places(np.array([4.0, 3.0, 2.0, 1.0]), group, 0.25) == 1
    assert share_of_places(np.array([4.0, 3.0, 2.0, 1.0]), group, 0.5) == 0.5


def test_equal_scores_share_the_last_places():
    assert share_of_places(np.zeros(ROWS), GROUP, 0.1) == pytest.approx(GROUP.mean())
    group = np.array([True, False, False])
    assert share_of_places(np.array([2.0, 1.0, 1.0]), group, 2 / 3) == pytest.approx(0.5)


@pytest.mark.parametrize("places", [0, 1.5, -0.1])
def test_impossible_places_are_refused(places):
    with pytest.raises(InvalidInput, match=r"must be in \(0, 1\]"):
        share_of_places(NEED, GROUP, places)
