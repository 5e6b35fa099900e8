"""A minimum rate: a floor for every group that takes nothing from anybody."""

import numpy as np
import pytest

from tests.values.fairness.test_quota import people
from tradeoffs.values.fairness.minimum_rate import rule

FLOORS = [0.0, 0.05, 0.2, 0.6, 1.0]
bounds = pytest.mark.parametrize("most", FLOORS)


def missed(chosen: np.ndarray, right: np.ndarray, member: np.ndarray) -> np.ndarray:
    """The share of each group's positives, or of their expected number, that is not chosen."""
    return (~chosen * right) @ member / (right @ member)


@bounds
def test_nobody_loses_a_positive_decision(most):
    score, member = people()
    assert (rule(score, member, most) >= (score > 0)).all()


@bounds
def test_no_group_misses_more_than_allowed_as_far_as_the_scores_tell(most):
    score, member = people()
    chance = 1 / (1 + np.exp(-score))
    assert (missed(rule(score, member, most), chance, member) <= most + 1e-9).all()


@bounds
def test_no_group_gets_more_than_the_floor_asks_for(most):
    """Without the last person that a group was given, it would be below the floor."""
    score, member = people()
    chance, chosen = 1 / (1 + np.exp(-score)), rule(score, member, most)
    given = chosen & ~(score > 0)
    for group in member.T.astype(bool):
        for model in range(len(score)):
            last = np.flatnonzero(given[model] & group)
            if len(last):
                out = last[score[model, last].argmin()]
                left = chosen[model] & (np.arange(len(group)) != out)
                assert 1 - chance[model, left & group].sum() / chance[model, group].sum() > most


def test_where_scores_are_chances_the_floor_holds_on_who_is_positive_but_for_chance():
    score, member = people(rows=60_000)
    right = np.random.default_rng(1).random(score.shape) < 1 / (1 + np.exp(-score))
    assert missed(rule(score, member, 0.1), right, member).max() < 0.12
    assert missed(score > 0, right, member).max() > 0.3


def test_within_a_group_nobody_is_passed_over_for_a_lower_score_and_ties_go_to_the_earlier():
    score, member = people()
    chosen = rule(score, member, 0.1)
    for group in member.T.astype(bool):
        for own, picked in zip(score[:, group], chosen[:, group], strict=True):
            assert own[picked].min() >= own[~picked].max()
    tied = rule(np.full((1, 4), -1.0), np.ones((4, 1)), 0.5)
    assert tied.tolist() == [[True, True, False, False]]


def test_a_floor_of_all_chooses_everybody_and_no_floor_changes_nothing():
    score, member = people()
    assert rule(score, member, 0.0).all()
    assert np.array_equal(rule(score, member, 1.0), score > 0)
