"""Randomised response: its privacy and error are exact, and the coins keep to both."""

import math

import numpy as np
import pytest
from scipy.stats import laplace

from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.studies.randomised_response import (
    COIN,
    OPEN,
    TRUSTED,
    answer,
    epsilon,
    errors,
    estimate,
    reports,
)

HERE = Scenario(width=0, epsilon=None)
SECRET = np.arange(40_000) % 5 == 0  # a fifth has a yes


def test_a_report_is_as_private_as_the_ratio_of_its_chances():
    """The most that a report is likelier of one secret than of the other, counted."""
    yes, no = (
        reports(np.full(400_000, secret), 0.5, np.arange(400_000), 3).mean()
        for secret in (True, False)
    )
    assert math.log(yes / no) == pytest.approx(epsilon(0.5), abs=0.02)
    assert math.log((1 - no) / (1 - yes)) == pytest.approx(epsilon(0.5), abs=0.02)


def test_nineteen_of_twenty_surveys_are_within_the_error():
    people = np.arange(len(SECRET)).reshape(400, 100)
    told = [estimate(reports(SECRET[some], 0.5, some, 0), 0.5) for some in people]
    off = np.abs(np.array(told) - 0.2)
    assert np.mean(off <= errors(0.5, 100)[COIN]) == pytest.approx(0.95, abs=0.035)
    assert np.mean(told) == pytest.approx(0.2, abs=0.015)


def test_the_trusted_collectors_error_is_that_of_laplace_noise():
    found = errors(0.5, 1000)[TRUSTED]
    assert found == pytest.approx(laplace(scale=1 / epsilon(0.5)).ppf(0.975) / 1000)


def test_a_coin_that_always_says_honest_changes_nothing():
    assert np.array_equal(reports(SECRET, 1.0, np.arange(len(SECRET)), 0), SECRET)
    assert estimate(SECRET, 1.0) == SECRET.mean()


def test_beliefs_move_by_the_odds_and_no_further():
    rows = {(r["coin"], r["what"]): r["value"] for r in answer(HERE, 0.5, "belief", 0.01)}

    def odds(chance: float) -> float:
        return chance / (1 - chance)

    assert odds(rows[0.5, "yes"]) / odds(0.01) == pytest.approx(rows[0.5, "odds"]) == 3
    assert odds(rows[0.5, "no"]) / odds(0.01) == pytest.approx(1 / 3)


def test_models_lose_what_they_are_worse_by(monkeypatch):
    monkeypatch.setattr("tradeoffs.studies.randomised_response.ROWS", (300,))
    rows = {(r["way"], r["what"]): r["value"] for r in answer(HERE, 0.9, "model", None)}
    for way in (COIN, TRUSTED):
        apart = rows[OPEN, "accuracy"] - rows[way, "accuracy"]
        assert rows[way, "loss"] == pytest.approx(apart)
    assert rows[COIN, "more"] == pytest.approx(rows[TRUSTED, "loss"] - rows[COIN, "loss"])
    assert rows[OPEN, "loss"] == 0


@pytest.mark.parametrize("coin", [0.0, 1.0, -1.0])
def test_a_coin_without_two_sides_is_refused(coin):
    with pytest.raises(InvalidInput, match="coin"):
        answer(HERE, coin, "share", None)


def test_an_unknown_part_is_refused():
    with pytest.raises(InvalidInput, match="model"):
        answer(HERE, 0.5, "everything", None)
