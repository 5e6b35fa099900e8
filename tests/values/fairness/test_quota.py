import numpy as np
import pytest

from tradeoffs.values.fairness.quota import rule


def people(rows: int = 3_000, groups: int = 3, seed: int = 0):
    """Return scores of four models, and the members of groups of unlike size and scores."""
    rng = np.random.default_rng(seed)
    group = np.minimum(rng.geometric(0.5, rows) - 1, groups - 1)
    return rng.normal(size=(4, rows)) + 0.8 * group, np.eye(groups, dtype=np.float32)[group]


def shares(chosen: np.ndarray, member: np.ndarray) -> np.ndarray:
    return (chosen @ member) / member.sum(0)


@pytest.mark.parametrize("most", [0.0, 0.02, 0.1, 0.3])
def test_no_two_groups_differ_by_more_than_was_allowed(most):
    score, member = people()
    found = shares(rule(score, member, most), member)
    one_person = 1 / member.sum(0).min()
    assert (np.ptp(found, axis=1) <= most + one_person).all()


@pytest.mark.parametrize("most", [0.0, 0.02, 0.1])
def test_groups_are_moved_towards_the_share_of_all(most):
    score, member = people()
    before, after = shares(score > 0, member), shares(rule(score, member, most), member)
    middle = (score > 0).mean(1, keepdims=True)
    inside = np.clip(before, middle - most / 2, middle + most / 2)
    assert np.abs(after - inside).max() <= 1 / member.sum(0).min()


def test_a_wide_bound_leaves_the_decisions_as_they_are():
    score, member = people()
    assert np.array_equal(rule(score, member, 1.0), score > 0)


def test_within_a_group_nobody_is_passed_over_for_a_lower_score():
    score, member = people()
    chosen = rule(score, member, 0.0)
    for group in member.T.astype(bool):
        for own, picked in zip(score[:, group], chosen[:, group], strict=True):
            assert own[picked].min() >= own[~picked].max()


def test_everybody_or_nobody_stays_everybody_or_nobody():
    _, member = people()
    always = np.stack([np.ones(len(member)), -np.ones(len(member))])
    assert rule(always, member, 0.0).mean(1).tolist() == [1.0, 0.0]


def test_ties_go_to_the_earlier_row():
    member = np.eye(2)[[0, 0, 0, 0, 1, 1, 1, 1]]
    score = np.array([[1.0, 1, 1, 1, -1, -1, -1, -1]])
    assert rule(score, member, 0.0).astype(int).tolist() == [[1, 1, 0, 0, 1, 1, 0, 0]]
