"""Choices that are replaced at random: the promise holds exactly, and shares are estimated."""

import math
import random

import numpy as np
import pytest

from tradeoffs.rooms.local_privacy import chances, estimates, largest_error, randomise
from tradeoffs.rooms.rounds import EPSILONS
from tradeoffs.studies.randomised_response import epsilon, errors

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


@pytest.mark.parametrize("budget", EPSILONS)
def test_estimates_are_right_on_average_and_intervals_cover_the_share_in_the_room(budget):
    rng, meant = np.random.default_rng(0), np.array([24, 12, 4])
    keep, other = chances(budget, 3)
    ways = np.full((3, 3), other) + np.eye(3) * (keep - other)
    each = [rng.multinomial(n, way, size=4000) for n, way in zip(meant, ways, strict=True)]
    draws = np.sum(each, axis=0)
    found = [estimates(dict(zip(NAMES, map(int, d), strict=True)), 40, budget) for d in draws]
    shares = np.array([[one[name] for name in NAMES] for one in found])
    assert shares[..., 0].mean(0) == pytest.approx(meant / 40, abs=0.03)
    covers = (shares[..., 1] <= meant / 40) & (meant / 40 <= shares[..., 2])
    assert np.all(covers.mean(0) > 0.9) and np.all(covers.mean(0) < 0.985)


@pytest.mark.parametrize("budget", EPSILONS)
def test_the_error_told_before_the_vote_is_that_of_the_lesson_and_of_rooms_drawn(budget):
    coin = (math.exp(budget) - 1) / (math.exp(budget) + 1)
    told = largest_error(budget, 30)
    assert told == pytest.approx(errors(coin, 30)["coin"])
    rng, keep = np.random.default_rng(0), chances(budget, 2)[0]
    said = rng.binomial(20, keep, 20_000) + rng.binomial(10, 1 - keep, 20_000)
    off = np.abs((said / 30 - (1 - keep)) / (2 * keep - 1) - 20 / 30)
    assert np.mean(off <= told) == pytest.approx(0.95, abs=0.03)


def test_what_is_hidden_is_not_estimated():
    found = estimates({"a": 20, "b": None, "c": None}, 28, 1.0)
    assert found["b"] is found["c"] is None
    value, low, high = found["a"] or (0, 0, 0)
    assert low < value < high
