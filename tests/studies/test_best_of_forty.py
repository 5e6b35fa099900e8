"""Forty tries: what they cost together, and that the best looking looks best."""

import math

import pytest

from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.training_spec import spent
from tradeoffs.scenario import Scenario
from tradeoffs.studies.best_of_forty import BEST, MOST, ONE, SEEN, answer, tried
from tradeoffs.values.privacy.accountants import gaussian_epsilon

HERE = Scenario(rows=300, width=0, epsilon=1.0)
TRIES = 6


@pytest.fixture(scope="module")
def rows():
    return {(row["shown"], row["what"]): row for row in answer(HERE, TRIES)}


def test_settings_differ_and_make_the_same_promise():
    settings = tried(HERE, MOST)
    assert len(set(settings)) == MOST == 40
    assert len({one.sigma for one in settings}) == 1
    assert tried(HERE, 5) == settings[:5]


def test_all_tries_together_are_one_gaussian_of_more_distance(rows):
    own = spent(HERE)
    assert own is not None
    mu = math.sqrt(TRIES * own.steps) / own.sigma  # Dong, Roth & Su 2022: distances add in squares
    assert rows[SEEN, "epsilon"]["value"] == pytest.approx(gaussian_epsilon(mu, own.delta))
    assert rows[ONE, "epsilon"]["value"] == own.epsilon_spent < rows[BEST, "epsilon"]["value"]


def test_one_try_is_one_try():
    rows = {(row["shown"], row["what"]): row["value"] for row in answer(HERE, 1)}
    assert rows[SEEN, "epsilon"] == pytest.approx(rows[ONE, "epsilon"])
    assert rows[BEST, "looks apart"] == rows[BEST, "right apart"] == rows[SEEN, "attack apart"] == 0


def test_the_best_looking_looks_no_worse_than_the_first(rows):
    assert rows[BEST, "looks apart"]["value"] >= 0
    for what in ("looks", "right", "attack"):
        apart = rows[BEST, what]["value"] - rows[ONE, what]["value"]
        assert rows[BEST, f"{what} apart"]["value"] == pytest.approx(apart)


@pytest.mark.parametrize("tries", [0, 41])
def test_tries_out_of_bounds_are_refused(tries):
    with pytest.raises(InvalidInput, match=rf"tries={tries} must be in \[1, 40\]"):
        answer(HERE, tries)


def test_tries_without_a_promise_are_refused():
    with pytest.raises(InvalidInput, match="epsilon=none gives no privacy"):
        answer(HERE.but(epsilon=None), 5)
