import math
import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest

from tradeoffs.errors import InvalidInput
from tradeoffs.values.privacy import calibration
from tradeoffs.values.privacy.accountants import epsilon
from tradeoffs.values.privacy.calibration import budget

DELTA = 1e-5
RATES = [0.03, 0.1, 0.3, 1.0]
SHIPPED = [(rate, counts) for rate in RATES for counts in (False, True)]
REQUESTS = np.geomspace(0.05, 50, 3001)


def ask(request: float, rate: float = 0.03, counts: bool = False) -> calibration.Budget:
    return budget(float(request), sample_rate=rate, steps=200, delta=DELTA, counts=counts)


@pytest.mark.parametrize(("rate", "counts"), SHIPPED)
def test_never_above_the_request_and_at_most_two_percent_below(rate, counts):
    shares = [ask(request, rate, counts).epsilon_spent / request for request in REQUESTS]
    assert max(shares) <= 1
    assert min(shares) >= (0.98 if rate < 1 else 1 - 1e-7)


@pytest.mark.parametrize(("rate", "counts"), SHIPPED)
def test_more_epsilon_never_means_more_noise(rate, counts):
    budgets = [ask(request, rate, counts) for request in REQUESTS[::10]]
    assert all(a.sigma >= b.sigma for a, b in pairwise(budgets))
    assert all(a.epsilon_spent <= b.epsilon_spent for a, b in pairwise(budgets))


def test_rungs_are_strictly_ordered_and_cover_the_requests():
    tables = calibration._ladders()
    assert {(rate, counts) for rate, _, _, counts in tables} == {
        key for key in SHIPPED if key[0] < 1
    }
    for epsilons, sigmas in tables.values():
        assert epsilons[0] <= 0.04 and epsilons[-1] >= 55
        assert all(a <= b for a, b in pairwise(epsilons))
        assert all(a > b for a, b in pairwise(sigmas))


@pytest.mark.parametrize(
    ("request_", "rate", "counts"),
    [
        (0.05, 0.03, True),
        (0.3, 0.3, False),
        (1.0, 0.03, True),
        (3.0, 0.1, False),
        (8.0, 0.1, True),
        (50.0, 0.3, True),
    ],
)
def test_a_rung_declares_what_the_accountant_computes(request_, rate, counts):
    chosen = ask(request_, rate, counts)
    assert chosen.accountant == "prv"
    assert epsilon(chosen.history, DELTA, "prv") == pytest.approx(chosen.epsilon_spent, rel=1e-6)


@pytest.mark.parametrize("counts", [False, True])
def test_all_records_are_accounted_exactly(counts):
    chosen = ask(1.0, 1.0, counts)
    assert chosen.accountant == "gdp"
    exact = epsilon(chosen.history, DELTA, "gdp")
    assert exact == pytest.approx(chosen.epsilon_spent, rel=1e-9)
    assert exact <= 1.0 + 1e-12


@pytest.mark.parametrize(
    ("request_", "sigma"), [(0.1, 13.4), (0.3, 4.96), (1.0, 1.852), (3.0, 0.971), (8.0, 0.6525)]
)
def test_known_noise(request_, sigma):
    assert ask(request_).sigma == pytest.approx(sigma, rel=0.025)


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("request_", [0.1, 1.0, 8.0])
def test_counts_take_about_two_percent_of_the_loss(request_, rate):
    both = ask(request_, rate, counts=True)
    assert both.sigma_counts == pytest.approx(both.sigma / (rate * 200**0.5 * 0.02**0.5))
    training, histogram = both.history
    assert (histogram.sigma, histogram.sample_rate, histogram.steps) == (both.sigma_counts, 1.0, 1)
    spent, without = (epsilon(h, DELTA, both.accountant) for h in (both.history, (training,)))
    assert 1.0005 * without < spent < 1.02 * without


def test_counts_not_asked_are_not_noised():
    alone = ask(1.0)
    assert alone.sigma_counts is None
    assert len(alone.history) == 1


def test_an_unshipped_setting_keeps_the_promise():
    chosen = budget(2.0, sample_rate=0.05, steps=100, delta=1e-6, counts=True)
    assert 0.98 * 2 <= chosen.epsilon_spent <= 2
    assert chosen.epsilon_spent == epsilon(chosen.history, 1e-6, "prv")


def test_an_unshipped_delta_is_not_served_from_the_ladder():
    strict = budget(2.0, sample_rate=0.03, steps=200, delta=1e-6, counts=False)
    assert strict.sigma > ask(2.0).sigma


@pytest.mark.parametrize("value", [0.049, 50.01, 0.0, -1.0, math.nan, math.inf, "1"])
def test_a_request_outside_the_slider_is_an_error(value):
    with pytest.raises(InvalidInput, match="epsilon=.* must be"):
        budget(value, sample_rate=0.03, steps=200, delta=DELTA, counts=False)


@pytest.mark.parametrize(
    "wrong", [{"sample_rate": 0.0}, {"sample_rate": 1.1}, {"steps": 0}, {"delta": 1.0}]
)
def test_a_setting_out_of_bounds_is_an_error(wrong):
    setting = {"sample_rate": 0.03, "steps": 200, "delta": DELTA, **wrong}
    with pytest.raises(InvalidInput, match=f"{next(iter(wrong))}=.* must be"):
        budget(1.0, **setting, counts=False)


def test_reading_imports_neither_torch_nor_opacus_nor_pandas():
    code = """
import sys
from tradeoffs.values.privacy import accountants
from tradeoffs.values.privacy import calibration
from tradeoffs.values.privacy import interpretation
for rate in (.03, 1.0):
    calibration.budget(1.0, sample_rate=rate, steps=200, delta=1e-5, counts=True)
interpretation.describe_epsilon(1.0)
assert accountants.ACCOUNTANTS["prv"].help
heavy = {"torch", "opacus", "pandas"} & set(sys.modules)
sys.exit(f"imported {heavy}" if heavy else 0)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
