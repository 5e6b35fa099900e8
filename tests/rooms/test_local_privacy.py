"""Choices that are replaced at random: the promise holds exactly, and shares are estimated."""

import math
import random

import numpy as np
import pytest

from tradeoffs.rooms.local_privacy import chances, estimates, randomise
from tradeoffs.rooms.rounds import EPSILONS
from tradeoffs.studies.randomised_response import epsilon

NAMES = ("a", "b", "c")


@pytest.mark.parametrize("budget", EPSILONS)
@pytest.mark.parametrize("choices", [2, 3, 5])
def test_no_report_is_more_than_e_to_the_epsilon_as_likely_under_another_choice(budget, choices):
    keep, other = chances(budget, choices)
    assert keep / other == pytest.approx(math.exp(budget))
    assert keep + (choices - 1) * other == pytest.approx(1.0)


def test_with_two_choices_it_is_the_coin_of_the_lesson():
    coin = 0.5
    keep, other = chances(epsilon(coin), 2)
    assert (keep, other) == pytest.approx(((1 + coin) / 2, (1 - coin) / 2))


def test_choices_are_replaced_as_often_as_said():
    rng, keep = random.Random(0), chances(1.0, 3)[0]
    said = [randomise("a", NAMES, 1.0, rng) for _ in range(20_000)]
    assert said.count("a") / 20_000 == pytest.approx(keep, abs=0.01)
    assert said.count("b") == pytest.approx(said.count("c"), abs=300)
    assert randomise("only", ("only",), 1.0, rng) == "only"


def test_estimates_are_right_on_average_and_intervals_cover_what_was_meant():
    rng, seats = np.random.default_rng(0), 40
    keep, other = chances(2.0, 3)
    meant = np.array([0.6, 0.3, 0.1])
    draws = rng.multinomial(seats, other + meant * (keep - other), size=4000)
    found = [estimates(dict(zip(NAMES, map(int, d), strict=True)), seats, 2.0) for d in draws]
    shares = np.array([[one[name] for name in NAMES] for one in found])
    assert shares[..., 0].mean(0) == pytest.approx(meant, abs=0.01)
    covers = (shares[..., 1] <= meant) & (meant <= shares[..., 2])
    assert np.all(covers.mean(0) > 0.93) and np.all(covers.mean(0) < 0.99)


def test_what_is_hidden_is_not_estimated():
    found = estimates({"a": 20, "b": None, "c": None}, 28, 1.0)
    assert found["b"] is found["c"] is None
    value, low, high = found["a"] or (0, 0, 0)
    assert low < value < high
