"""Crossed: variance components that are put in come out."""

import numpy as np
import pytest
from scipy import stats
from statsmodels.regression.linear_model import WLS

from tradeoffs.stats.two_way import influence, people_covariance, people_error


def drawn(trainings: int, people: int, single: float):
    rng = np.random.default_rng([trainings, people])
    person, training = rng.normal(size=people), rng.normal(size=(trainings, 1))
    return person + training + single * rng.normal(size=(trainings, people))


def test_of_one_training_it_is_the_error_of_a_mean():
    each = np.random.default_rng(0).random((1, 300))
    assert people_error(each) == pytest.approx(stats.sem(each[0]))


def test_with_weights_it_is_the_robust_error_of_statsmodels():
    rng = np.random.default_rng(0)
    each, weights = rng.random((1, 300)), rng.lognormal(0, 1, 300)
    wanted = WLS(each[0], np.ones(300), weights=weights).fit(cov_type="HC1").bse[0]  # type: ignore[arg-type]
    assert people_error(each, weights) == pytest.approx(wanted, rel=1e-9)


@pytest.mark.parametrize("single", [0.0, 1.0, 3.0])
def test_what_a_training_does_to_single_people_is_left_to_the_trainings(single):
    """By people alone a mean over 5,000 varies by 1 / 5,000, however single decisions scatter."""
    assert people_error(drawn(4, 5_000, single)) == pytest.approx(5_000**-0.5, rel=0.12)


def test_if_people_are_all_alike_nothing_is_left():
    each = np.random.default_rng(1).normal(size=(8, 400))
    assert people_error(each) < 0.5 * stats.sem(each.mean(0))


def test_the_components_are_those_of_an_analysis_of_variance():
    each = drawn(5, 40, 0.5)
    centred = each - each.mean(0) - each.mean(1, keepdims=True) + each.mean()
    rows = 5 * each.mean(0).var(ddof=1)  # mean squares, Searle, Casella, McCulloch 1992, table 4.5
    error = (centred**2).sum() / (4 * 39)
    assert people_error(each) ** 2 == pytest.approx((rows - error) / 5 / 40, rel=1e-9)


def test_two_figures_vary_together_as_they_share_people():
    one, other = drawn(6, 2_000, 2.0), drawn(6, 2_000, 2.0)
    pulls = [influence(each) * 2_000 for each in (one, one - other)]
    assert people_covariance(*pulls) == pytest.approx(0.0, abs=300)  # the same people: no change
    assert people_covariance(pulls[0], pulls[0]) == pytest.approx(2_000, rel=0.2)
