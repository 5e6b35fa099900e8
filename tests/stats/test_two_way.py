"""Crossed: variance components that are put in come out."""

import numpy as np
import pytest
from scipy import stats

from tradeoffs.stats.two_way import influence, people_covariance, people_error


def drawn(trainings: int, people: int, single: float):
    rng = np.random.default_rng([trainings, people])
    person, training = rng.normal(size=people), rng.normal(size=(trainings, 1))
    return person + training + single * rng.normal(size=(trainings, people))


@pytest.mark.parametrize("single", [0.0, 1.0, 3.0])
def test_what_a_training_does_to_single_people_is_left_to_the_trainings(single):
    """By people alone a mean over 5,000 varies by 1 / 5,000, however single decisions scatter."""
    assert people_error(drawn(4, 5_000, single)) == pytest.approx(5_000**-0.5, rel=0.12)


def test_if_people_are_all_alike_nothing_is_left():
    each = np.random.default_rng(1).normal(size=(8, 400))
    assert people_error(each) < 0.5 * stats.sem(each.mean(0))


def test_two_figures_vary_together_as_they_share_people():
    one, other = drawn(6, 2_000, 2.0), drawn(6, 2_000, 2.0)
    pulls = [influence(each) * 2_000 for each in (one, one - other)]
    assert people_covariance(*pulls) == pytest.approx(0.0, abs=300)  # the same people: no change
    assert people_covariance(pulls[0], pulls[0]) == pytest.approx(2_000, rel=0.2)
