"""Panels: what chance does is the hypergeometric law, and published disagreement is found."""

import numpy as np
import pytest
from scipy.stats import hypergeom

from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.studies.panel_disagreement import answer, dealt, disagreement


@pytest.fixture(scope="module")
def rows():
    return {(row["pair"], row["what"]): row for row in answer(Scenario())}


@pytest.mark.parametrize("toxic", range(7))
def test_dealing_anew_follows_the_hypergeometric_law(toxic):
    first = np.arange(4)
    chance = hypergeom.pmf(first, 6, toxic, 3)
    apart = (first >= 2) != (toxic - first >= 2)
    assert dealt(toxic) == pytest.approx(chance[apart].sum())


def test_panels_of_votes_without_order_disagree_as_often_as_by_chance():
    rng = np.random.default_rng(0)
    votes = rng.random((200_000, 6)) < rng.random((200_000, 1))  # comments differ, seats do not
    apart, chance = disagreement(votes[:, :3].sum(1), votes[:, 3:].sum(1))
    error = (apart - chance).std() / len(votes) ** 0.5
    assert abs((apart - chance).mean()) < 4 * error


def test_equal_panels_never_disagree():
    apart, _ = disagreement(np.arange(4), np.arange(4))
    assert not apart.any()


def test_the_table_has_the_disagreement_of_its_datasheet(rows):
    published = {"gender": 0.0794, "men twice": 0.0677, "severity": 0.1275, "degree": 0.0752}
    found = {pair: round(rows[pair, "disagree"]["value"], 4) for pair in published}
    assert found == published


def test_beyond_chance_is_the_difference_of_the_two(rows):
    for pair, what in rows:
        if what == "beyond":
            both = rows[pair, "disagree"]["value"] - rows[pair, "chance"]["value"]
            assert rows[pair, what]["value"] == pytest.approx(both)
            assert rows[pair, what]["low"] < both < rows[pair, what]["high"]


def test_more_votes_than_seats_are_refused():
    with pytest.raises(InvalidInput, match=r"votes from 0 to 4 must be in \[0, 3\]"):
        disagreement(np.array([0, 4]), np.array([0, 0]))
