# pyright: reportArgumentType=false, reportOptionalMemberAccess=false, reportOptionalCall=false
# pyright: reportOperatorIssue=false, reportAttributeAccessIssue=false
import itertools

import numpy as np
import pytest

from tradeoffs.remedies.decisions.group_thresholds import (
    CUTS,
    FINEST,
    GROUP_THRESHOLDS,
    cuts,
    fit_thresholds,
    histogram,
    known_groups,
    rates,
    refine,
)
from tradeoffs.values.fairness.catalogue import NOTIONS
from tradeoffs.values.fairness.notion import GroupCounts

NAMES = ["a", "b"]


def rate_of(notion):
    return NOTIONS[notion].constrained_rates[0]


def people(rows=2_000, seed=0, groups=2):
    rng = np.random.default_rng(seed)
    group = rng.integers(0, groups, rows)
    score = 1 / (1 + np.exp(1 - 1.5 * rng.normal(size=rows) - 0.8 * group))
    return score, rng.random(rows) < score, group


def test_a_bin_holds_its_upper_edge_and_not_its_lower_one():
    score = np.array([0.0, 0.1, 0.25, 0.26, 0.5, 1.0])
    found = histogram(score, np.zeros(6, bool), np.zeros(6, int), (1, 2, 4))
    assert found[0].tolist() == [[3, 2, 0, 1], [0, 0, 0, 0]]


def test_one_person_moves_the_histogram_by_one():
    score, label, group = people(200)
    whole = histogram(score, label, group, (2, 2, 20))
    for row in range(200):
        left = np.arange(200) != row
        without = histogram(score[left], label[left], group[left], (2, 2, 20))
        assert np.linalg.norm(whole - without) == 1


@pytest.mark.parametrize("notion", GROUP_THRESHOLDS.notions)
@pytest.mark.parametrize("cut", [0, 37, 100, 200])
def test_rates_at_a_cut_are_those_of_its_decisions(notion, cut):
    score, label, group = people()
    rate, right, _ = rates(histogram(score, label, group, (2, 2, CUTS)), rate_of(notion))
    decision = (score > cut / CUTS).astype(float)[None]
    member = np.eye(2)[group]
    counts = GroupCounts.of(decision, score[None], label.astype(float), member)
    assert np.ptp(rate[:, cut]) == pytest.approx(NOTIONS[notion].gap(counts)[0])
    assert right[:, cut] == pytest.approx((decision[0] == label) @ member)


@pytest.mark.parametrize("most", [0.02, 0.1, 0.3, 1.0])
@pytest.mark.parametrize("seed", range(5))
def test_no_other_cuts_within_the_bound_are_right_more_often(most, seed):
    rng = np.random.default_rng(seed)
    counts = rng.integers(0, 50, (3, 2, 6)).astype(float)
    rate, right, _ = rates(counts, "selection_rate")
    chosen = cuts(rate, right, most)
    rows = np.arange(3)
    assert np.ptp(rate[rows, chosen]) <= most + 1e-9
    best = max(
        right[rows, some].sum()
        for some in map(list, itertools.product(range(7), repeat=3))
        if np.ptp(rate[rows, some]) <= most + 1e-12
    )
    assert right[rows, chosen].sum() == best


@pytest.mark.parametrize("notion", GROUP_THRESHOLDS.notions)
@pytest.mark.parametrize("most", [0.0, 0.05])
def test_the_gap_on_the_rows_it_was_fitted_to_is_within_the_bound(notion, most):
    score, label, group = people(5_000)
    rule = fit_thresholds(
        histogram(score, label, group, (2, 2, CUTS)),
        NAMES,
        rate_of(notion),
        most,
    )
    member = np.eye(2)[group]
    decision = rule.chance(score, member, tuple(NAMES))[None]
    counts = GroupCounts.of(decision, score[None], label.astype(float), member)
    assert NOTIONS[notion].gap(counts)[0] <= max(most, FINEST) + 1e-9


def test_wide_bins_are_spread_evenly_and_nobody_is_lost():
    score, label, group = people()
    wide = histogram(score, label, group, (2, 2, 20))
    fine = refine(wide)
    assert fine.shape == (2, 2, CUTS)
    assert np.allclose(fine.reshape(2, 2, 20, 10).sum(3), wide)


def test_groups_that_noise_drowns_are_not_known():
    score, label, group = people(20_000, groups=3)
    keep = (group < 2) | (np.arange(20_000) % 100 == 0)
    counts = histogram(score[keep], label[keep], group[keep], (3, 2, 20))
    assert known_groups(counts, "selection_rate", 0.0)[0].all()
    able, deviation = known_groups(counts, "selection_rate", 20.0)
    assert able.tolist() == [True, True, False]
    noise = 20.0 * np.random.default_rng(1).standard_normal((500, *counts.shape))
    seen = [rates(counts + one, "selection_rate")[0] for one in noise]
    assert (np.std(seen, 0).max(1)[:2] <= 1.5 * deviation[:2]).all()
