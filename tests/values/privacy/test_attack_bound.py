import math

import numpy as np
import pytest
from scipy import integrate, stats

from tradeoffs.values.privacy.accountants import gaussian_epsilon
from tradeoffs.values.privacy.attack_bound import AttackBound
from tradeoffs.values.privacy.calibration import budget

RATES = np.array([0.0, 1e-4, 0.01, 0.2, 0.5, 0.9, 1.0])
PROMISES = [
    AttackBound(epsilon=epsilon, delta=delta, mu=mu)
    for epsilon in (0.05, 1.0, 8.0)
    for delta in (1e-5, 0.1)
    for mu in (None, 0.3)
]


def test_known_values():
    """Randomised response at epsilon ln 3 is right 3 times in 4."""
    promise = AttackBound(epsilon=math.log(3), delta=0.0)
    assert promise.tpr_at(0.25) == pytest.approx(0.75)
    assert promise.tpr_at(0.01) == pytest.approx(0.03)
    assert promise.tpr_at(0.5) == pytest.approx(1 - 0.5 / 3)
    assert AttackBound(epsilon=1.0, delta=1e-5).tpr_at(0.0) == pytest.approx(1e-5)


@pytest.mark.parametrize("promise", PROMISES)
def test_a_bound_rises_bends_down_and_is_above_guessing(promise):
    fine = np.linspace(0, 1, 2_001)
    most = promise.tpr_at(fine)
    assert (most >= fine - 1e-12).all() and most[-1] == 1
    assert (np.diff(most) >= 0).all() and (np.diff(most, 2) <= 1e-12).all()


@pytest.mark.parametrize("promise", PROMISES)
def test_who_swaps_the_answers_is_bound_alike(promise):
    """With members and others exchanged, (f, t) becomes (1 - t, 1 - f)."""
    most = promise.tpr_at(RATES)
    again = promise.tpr_at(1 - most)
    assert (again >= 1 - RATES - 1e-9).all()


@pytest.mark.parametrize("promise", PROMISES)
def test_the_area_is_the_integral(promise):
    if promise.mu is None:
        corner = (1 - promise.delta) / (1 + math.exp(promise.epsilon))
        most, _ = integrate.quad(lambda f: float(promise.tpr_at(f)), 0, 1, points=[corner])
        assert promise.area == pytest.approx(most, abs=1e-7)
    else:
        lines = AttackBound(epsilon=promise.epsilon, delta=promise.delta)
        assert promise.area == min(lines.area, stats.norm.cdf(promise.mu / math.sqrt(2)))


def test_a_full_batch_has_the_bound_of_the_gaussian_that_it_is():
    spent = budget(1.0, sample_rate=1.0, steps=200, delta=1e-5, counts=True)
    promise = AttackBound.of(spent)
    assert promise.mu is not None and promise.epsilon == spent.epsilon_spent
    assert gaussian_epsilon(promise.mu, 1e-5) == pytest.approx(spent.epsilon_spent)
    loose = AttackBound(epsilon=promise.epsilon, delta=promise.delta)
    assert (promise.tpr_at(RATES) <= loose.tpr_at(RATES)).all()
    assert promise.tpr_at(0.01) < 0.8 * loose.tpr_at(0.01)


def test_the_best_attack_on_a_gaussian_reaches_the_bound_and_no_more():
    promise = AttackBound(epsilon=50.0, delta=1e-5, mu=0.7)
    threshold = stats.norm.isf(RATES[1:-1])
    found = stats.norm.sf(threshold, loc=0.7)
    assert promise.tpr_at(RATES[1:-1]) == pytest.approx(found)


def test_sampled_batches_have_no_closed_form():
    spent = budget(1.0, sample_rate=0.3, steps=200, delta=1e-5, counts=False)
    assert AttackBound.of(spent).mu is None


@pytest.mark.parametrize(("epsilon", "most"), [(0.0, 0.01), (1.0, 0.0272), (50.0, 1.0)])
def test_more_epsilon_allows_more(epsilon, most):
    found = AttackBound(epsilon=epsilon, delta=0.0).tpr_at(0.01)
    assert found == pytest.approx(most, abs=1e-4)
