import math

import numpy as np
import pytest
from scipy.special import ndtr
from scipy.stats import logser, mannwhitneyu

from tradeoffs.errors import InvalidInput
from tradeoffs.values.privacy.accountants import epsilon
from tradeoffs.values.privacy.attack_bound import AttackBound
from tradeoffs.values.privacy.composition import joint, tightest
from tradeoffs.values.privacy.history import Spend
from tradeoffs.values.privacy.private_selection import best_of, gamma, selection_divergences

DELTA = 1e-5
ONE = (Spend(sigma=1.855, sample_rate=0.03, steps=200),)
QUIETER = (Spend(sigma=4.0, sample_rate=0.03, steps=200),)


def test_a_single_try_costs_its_own_epsilon():
    assert best_of([ONE], 1, DELTA) == pytest.approx(epsilon(ONE, DELTA, "rdp"))


@pytest.mark.parametrize("eta", [0.0, 1.0, 3.0])
def test_more_tries_cost_more(eta):
    tries = (1, 1.001, 2, 10, 100, 1e6)
    found = [best_of([ONE], k, DELTA, eta=eta) for k in tries]
    assert found == sorted(found) and len(set(found)) == len(tries)


def test_the_best_of_many_costs_far_less_than_all_of_them():
    all_seen, _ = tightest(joint((0, ONE[0]) for _ in range(100)), DELTA)
    assert best_of([ONE], 100, DELTA) < all_seen / 50


@pytest.mark.parametrize("eta", [0.0, 0.5, 1.0, 2.0])
@pytest.mark.parametrize("tries", [30, 1000])
def test_pure_privacy_costs_two_plus_eta_times_as_much(eta, tries):
    orders = np.logspace(1, 12, 200)  # epsilon of pure privacy bounds the divergence at all of them
    rdp = selection_divergences(orders, np.full(len(orders), 0.7), tries, eta)
    assert rdp.min() == pytest.approx((2 + eta) * 0.7, rel=1e-6)


NOISE = 3.3  # of a sum of clipped rows: the Gaussian distance of one try is 1 / 3.3


def told_apart(tries: int, worlds: int = 4_000) -> float:
    """Return how well the best score of some tries tells whether a row was trained on, as an AUC.

    A try is the sum of clipped rows y x with noise, which is a linear model.  Its score is the mean
    margin of 200 people who were not trained on, and the best one's score is all that is seen.
    """
    rng = np.random.default_rng(tries)
    others = rng.normal([0.5, 0.2], size=(200, 2)).mean(0)  # y x of those who choose
    members = rng.normal([0.5, 0.2], size=(100, 2))
    members /= np.maximum(1, np.linalg.norm(members, axis=1, keepdims=True))  # clipped at 1
    target = others / np.linalg.norm(others)
    out, into = (
        np.array(
            [(rows + NOISE * rng.normal(size=(tries, 2)) @ others).max() for _ in range(worlds)]
        )
        for rows in (members.sum(0) @ others, (members.sum(0) + target) @ others)
    )
    return float(mannwhitneyu(into, out).statistic) / worlds**2


def test_to_choose_the_best_by_other_people_tells_of_those_in_training():
    """So that one try's promise does not hold for the best of many, but a larger one does."""
    alone = float(ndtr(1 / NOISE / math.sqrt(2)))  # of the only try; no attack on it does better
    found = [told_apart(tries) for tries in (1, 30, 1000)]
    assert found[0] == pytest.approx(alone, abs=0.02) and found == sorted(found)
    assert found[1] > alone + 0.05 and found[2] > alone + 0.1
    one = Spend(sigma=NOISE, sample_rate=1.0, steps=1)
    for tries, area in zip((30, 1000), found[1:], strict=True):
        together = math.sqrt(tries) / NOISE  # of all tries, seen together
        assert area < ndtr(together / math.sqrt(2))
        price = best_of([(one,)], tries, DELTA)
        assert area < AttackBound(epsilon=price, delta=DELTA).area


# Epsilon of Google's dp_accounting 0.6: RdpAccountant on a RepeatAndSelectDpEvent.
OUTSIDE = [
    (ONE, 10, 0, 1.913989),
    (ONE, 10, 1, 2.283266),
    (ONE, 100, 0, 2.310669),
    (ONE, 100, 1, 2.908950),
    (ONE, 1.5, 1, 1.510967),
    ((Spend(sigma=8.0, sample_rate=1.0, steps=200),), 30, 0, 14.510734),
    ((Spend(sigma=8.0, sample_rate=1.0, steps=200),), 30, 1, 16.568413),
]


@pytest.mark.parametrize(("history", "tries", "eta", "figure"), OUTSIDE)
def test_the_price_equals_another_library(history, tries, eta, figure):
    assert best_of([history], tries, DELTA, eta=eta) == pytest.approx(figure, rel=1e-3)


def test_the_costliest_candidate_counts():
    both = best_of([QUIETER, ONE], 10, DELTA)
    assert both == best_of([ONE], 10, DELTA) > best_of([QUIETER], 10, DELTA)


@pytest.mark.parametrize("tries", [1.01, 2, 10, 1000])
def test_the_number_of_tries_has_the_wanted_mean(tries):
    assert gamma(tries, 1) == pytest.approx(1 / tries)
    assert logser(1 - gamma(tries, 0)).mean() == pytest.approx(tries)


def test_a_shape_between_the_named_ones_has_the_wanted_mean():
    # Its probabilities, from definition 1 of the paper.
    eta, g = 0.5, gamma(4, 0.5)
    weight, total, mean = 1.0, 0.0, 0.0
    for k in range(1, 2000):
        weight *= (1 - g) * (k - 1 + eta) / k
        total += weight
        mean += k * weight
    assert total == pytest.approx(g**-eta - 1)
    assert mean / total == pytest.approx(4)


@pytest.mark.parametrize("tries", [0, 0.99, math.nan, math.inf, 2e6, "3"])
def test_the_mean_number_of_tries_is_checked(tries):
    with pytest.raises(InvalidInput, match=r"tries=.* must be in \[1, 1000000\]"):
        best_of([ONE], tries, DELTA)


def test_other_arguments_are_checked():
    with pytest.raises(InvalidInput, match="eta=-0.5 must be a finite number, at least 0"):
        best_of([ONE], 3, DELTA, eta=-0.5)
    with pytest.raises(InvalidInput, match=r"delta=1.0 must be in \(0, 1\)"):
        best_of([ONE], 3, 1.0)
    with pytest.raises(InvalidInput, match="candidates=.* must be at least one history"):
        best_of([], 3, DELTA)
