"""Proportions: against scipy, statsmodels and published intervals."""

import numpy as np
import pytest
from scipy import stats

from tradeoffs.stats.proportions import (
    NORMAL,
    chance_gap,
    net,
    newcombe,
    share,
    weighted_share,
    wilson,
    wilson_from_error,
)
from tradeoffs.stats.two_way import people_error


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


@pytest.mark.parametrize("yes", [0, 1, 17, 37, 38])
def test_where_trainings_agree_a_share_has_wilsons_interval(yes):
    found = share(np.tile(np.arange(38) < yes, (5, 1)))
    expected = stats.binomtest(yes, 38).proportion_ci(0.95, "wilson")
    assert found.value == pytest.approx(yes / 38)
    assert found[1:3] == pytest.approx((expected.low, expected.high), abs=4e-3)  # n - 1 for n


@pytest.mark.parametrize("people", [2, 38, 5_000])
@pytest.mark.parametrize("said", [0, 1])
def test_no_interval_of_finitely_many_people_has_no_width(people, said):
    alike = np.full((5, people), bool(said))
    found, apart = share(alike), net(alike, ~alike)
    assert found.low < found.high and 0 <= found.low <= found.value <= found.high <= 1
    assert found.high - found.low == pytest.approx(NORMAL**2 / (people + NORMAL**2))
    assert apart.low < apart.value < apart.high or abs(apart.value) == 1


def test_trainings_that_disagree_widen_a_share():
    rng = np.random.default_rng(0)
    same = np.tile(rng.random(2_000) < 0.3, (5, 1))
    moved = rng.random((5, 2_000)) < np.array([0.2, 0.25, 0.3, 0.35, 0.4])[:, None]
    t = stats.ttest_1samp(moved.mean(1), 0).confidence_interval(0.95)
    widths = [found.high - found.low for found in map(share, (same, moved))]
    assert widths[0] < widths[1]
    assert widths[1] == pytest.approx(t.high - t.low, rel=0.1)


def test_what_is_gained_minus_lost_varies_as_the_paired_differences():
    rng = np.random.default_rng(1)
    draw = stats.norm.cdf(0.8 * rng.normal(size=3_000) + 0.6 * rng.normal(size=(6, 3_000)))
    gain, loss = draw < 0.2, draw > 0.85
    found = net(gain, loss)
    each = gain.astype(float) - loss
    error = np.hypot(stats.sem(each.mean(1)), people_error(each))
    assert found.value == pytest.approx(each.mean())
    assert found.error == pytest.approx(error, rel=1e-6)
    assert found.high - found.low == pytest.approx(2 * NORMAL * error, rel=0.1)


@pytest.mark.parametrize("seed", range(8))
def test_of_few_who_change_gains_and_losses_are_not_taken_to_rise_together(seed):
    rng = np.random.default_rng(seed)
    draw = rng.random((8, 38)) + 0.2 * rng.normal(size=38)
    gain, loss = draw < 0.0, draw > 1.05
    found, up, down = net(gain, loss), share(gain), share(loss)
    assert found.high - found.value >= np.hypot(up.high - up.value, down.value - down.low) - 1e-12
    assert found.value - found.low >= np.hypot(up.value - up.low, down.high - down.value) - 1e-12


@pytest.mark.parametrize("value", [0.0, 0.002, 0.3, 1.0])
def test_a_share_with_an_error_is_as_wide_as_one_of_as_many_people(value):
    error = (value * (1 - value) / 500) ** 0.5
    found = wilson_from_error(value, error, people=500, most=10_000, quantile=NORMAL)
    assert found == pytest.approx(wilson(500 * value, 500))


def test_a_share_counts_no_more_than_there_are_decisions():
    assert wilson_from_error(0.5, 1e-9, 10, 400, NORMAL) == pytest.approx(wilson(200, 400))


def test_a_share_by_equal_weights_is_as_wide_as_wilsons_interval():
    """But for one person: a standard error divides by one fewer."""
    yes = np.arange(400) < 100
    value, ends = weighted_share(yes, np.full(400, 7.0))
    assert (value, ends) == (0.25, pytest.approx(wilson(99.75, 399)))
    assert weighted_share(np.arange(40) < 0, np.full(40, 7.0))[1] == pytest.approx(wilson(0, 40))


def test_unequal_weights_widen_a_share_as_fewer_people_would():
    rng = np.random.default_rng(0)
    weights = rng.lognormal(0, 1, 5_000)
    value, (low, high) = weighted_share(rng.random(5_000) < 0.3, weights)
    kish = weights.sum() ** 2 / (weights**2).sum()
    plain = wilson(value * kish, kish)
    assert high - low == pytest.approx(plain[1] - plain[0], rel=0.1)
    assert kish < 0.6 * 5_000


@pytest.mark.parametrize("people", [(30, 400), (50, 80, 200, 900)])
def test_the_gap_of_chance_alone_is_that_of_numpys_draws(people):
    drawn = np.random.default_rng(0).binomial(people, 0.4, (20_000, len(people))) / people
    gaps = np.ptp(drawn, axis=1)
    error = gaps.std() / len(gaps) ** 0.5
    assert chance_gap(np.array(people), 0.4) == pytest.approx(gaps.mean(), abs=4 * error)


def test_one_group_alone_and_certain_answers_lie_nowhere_apart():
    assert chance_gap(np.array([70]), 0.4) == pytest.approx(0, abs=1e-12)
    assert chance_gap(np.array([70, 30]), 1.0) == pytest.approx(0, abs=1e-12)
