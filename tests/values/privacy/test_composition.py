import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from tradeoffs.errors import InvalidInput
from tradeoffs.values.privacy.accountants import epsilon
from tradeoffs.values.privacy.composition import joint, tightest
from tradeoffs.values.privacy.history import Spend

DELTA = 1e-5


def spend(sigma: float, sample_rate: float = 0.03, steps: int = 200) -> Spend:
    return Spend(sigma=sigma, sample_rate=sample_rate, steps=steps)


def together(models: int, seeds: int, one: Spend = spend(1.855)) -> float:  # noqa: B008
    return tightest(joint((seed, one) for seed in range(seeds) for _ in range(models)), DELTA)[0]


@pytest.mark.parametrize("one", [spend(1.855), spend(16.0, 0.3), spend(14.0, 1.0)])
def test_one_model_spends_its_own_epsilon(one):
    alone = epsilon((one,), DELTA, "gdp" if one.sample_rate == 1 else "prv")
    assert together(1, 1, one) == pytest.approx(alone, rel=0.01)


def test_models_of_one_seed_are_one_gaussian():
    sigmas = (1.0, 2.0, 7.5)
    (found,) = joint(("seed", spend(sigma)) for sigma in sigmas)
    assert found.sigma == pytest.approx(sum(s**-2 for s in sigmas) ** -0.5)
    assert (found.sample_rate, found.steps) == (0.03, 200)


def test_seeds_are_composed():
    assert joint((seed, spend(2.0)) for seed in range(3)) == (spend(2.0, steps=600),)
    assert set(joint([(0, spend(2.0)), (1, spend(3.0))])) == {spend(2.0), spend(3.0)}


def test_without_sampling_it_does_not_matter_who_shares():
    counts = [spend(sigma, 1.0, 1) for sigma in (4.0, 9.0)]
    shared, apart = joint((0, one) for one in counts), joint(enumerate(counts))
    assert shared == apart
    assert shared[0].sigma == pytest.approx((1 / 16 + 1 / 81) ** -0.5)
    (run,) = joint([(0, spend(10.0, 1.0, 200))])
    exact = epsilon((spend(10.0, 1.0, 200),), DELTA, "gdp")
    assert epsilon((run,), DELTA, "gdp") == pytest.approx(exact, rel=1e-9)


# The same coins at two sample rates: each kind by its own would understate what both lose.
LOW, HIGH = spend(0.8, 0.1, 1), spend(1.1, 0.3, 1)


def divergence(first: np.ndarray, second: np.ndarray, bound: float) -> float:
    return float(np.maximum(first - math.exp(bound) * second, 0).sum())


def test_the_same_coins_at_another_rate_are_bounded_from_above():
    history = joint([("seed", LOW), ("seed", HIGH)])
    assert set(history) == {LOW, spend(HIGH.sigma, 1.0, 1)}  # the costlier one keeps sampling
    bound, _ = tightest(history, 1e-3)
    # One step, computed on a grid: who is in the small batch is also in the large one.
    grid = np.arange(-9, 10, 0.01)
    x, y = (
        [norm.pdf(grid, loc=shift, scale=one.sigma) * 0.01 for shift in (0, 1)]
        for one in (LOW, HIGH)
    )
    out = np.outer(x[0], y[0])
    inside = 0.1 * np.outer(x[1], y[1]) + 0.2 * np.outer(x[0], y[1]) + 0.7 * out
    assert divergence(inside, out, bound) <= 1e-3
    assert divergence(out, inside, bound) <= 1e-3
    naive, _ = tightest((LOW, HIGH), 1e-3)
    assert divergence(inside, out, naive) > 1e-3  # as if the batches were independent


@given(sigmas=st.lists(st.floats(0.5, 50), min_size=1, max_size=6), seed=st.integers(0, 2))
def test_looking_at_one_more_model_never_costs_less(sigmas, seed):
    seen = [(place % 3, spend(sigma)) for place, sigma in enumerate(sigmas)]
    less, more = joint(seen), joint([*seen, (seed, spend(5.0))])
    assert epsilon(more, DELTA, "rdp") >= epsilon(less, DELTA, "rdp") * (1 - 1e-9)
    assert set(joint(reversed(seen))) == set(less)


# Epsilon of Google's dp_accounting 0.6 (PLDAccountant, ADD_OR_REMOVE_ONE), each model 0.99 alone.
OUTSIDE = [(2, 1, 1.668626), (5, 1, 4.317949), (30, 1, 48.023683), (100, 1, 224.419213)]
OUTSIDE += [(1, 10, 3.365253), (1, 100, 13.019476)]


@pytest.mark.parametrize(("models", "seeds", "figure"), OUTSIDE)
def test_the_bound_is_just_above_another_accountant(models, seeds, figure):
    assert figure <= together(models, seeds) <= 1.01 * figure


@pytest.mark.parametrize(
    ("releases", "figure"),
    [
        ([(0, spend(1.2, 0.3, 400)), (1, spend(2.0, 0.1, 400)), (0, spend(3.0, 1, 1))], 40.863024),
        ([(0, spend(0.60973975, 0.3, 1600)), (0, spend(1.57, 1.0, 1))], 432.541611),
    ],
)
def test_kinds_of_releases_mixed(releases, figure):
    assert figure <= tightest(joint(releases), DELTA)[0] <= 1.01 * figure


def test_shared_batches_cost_more_than_batches_apart():
    assert together(10, 1) == pytest.approx(10.7, abs=0.1)
    assert together(1, 10) == pytest.approx(3.4, abs=0.1)


def test_the_bound_is_finite_where_the_numerical_one_gives_up():
    history = joint([(0, spend(0.05))])
    assert epsilon(history, DELTA, "prv") == math.inf
    value, name = tightest(history, DELTA)
    assert name == "rdp" and 500 < value < math.inf
    assert tightest(joint([(0, spend(2.0))]), 1e-12)[1] == "rdp"  # a delta too small for prv


def test_nothing_seen_costs_nothing():
    assert joint([]) == ()
    assert tightest((), DELTA)[0] == 0.0


@pytest.mark.parametrize("delta", [0.0, 1.0, math.nan])
def test_delta_must_be_a_probability(delta):
    with pytest.raises(InvalidInput, match=r"delta=.* must be in \(0, 1\)"):
        tightest((spend(2.0),), delta)
