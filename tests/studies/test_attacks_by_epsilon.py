"""Declared budgets under attack: the attack is the project's own, and promises are kept."""

import pytest

from tradeoffs.experiments.shadow_models import MODELS
from tradeoffs.scenario import Scenario
from tradeoffs.studies.attacks_by_epsilon import answer

HERE = Scenario(rows=300, width=0, epsilon=3.0)


@pytest.fixture(scope="module")
def rows():
    return {(row["epsilon"], row["what"]): row for row in answer(HERE)}


def test_the_area_is_that_of_the_projects_attack(rows):
    from tradeoffs.experiments.attack import membership_inference

    leak = membership_inference(HERE.but(epsilon=None), MODELS)
    own = rows[None, "attack"]  # without noise both are of the same people, coins and batches
    assert (own["value"], own["low"], own["high"]) == pytest.approx(leak.find("lira", None).known)


def test_a_declared_budget_is_kept_and_none_is_invented(rows):
    own = rows[3.0, "attack"]
    assert own["low"] <= own["bound"] < 1
    assert own["epsilon_spent"] <= 3.0 and rows[None, "attack"]["epsilon_spent"] is None
    assert rows[3.0, "cap"]["value"] == own["bound"] and (None, "cap") not in rows
    assert rows[None, "attack"]["bound"] is None


def test_what_a_budget_spares_is_the_difference_of_two_attacks(rows):
    apart = rows[None, "attack"]["value"] - rows[3.0, "attack"]["value"]
    assert rows[3.0, "spared"]["value"] == pytest.approx(apart)
    assert rows[3.0, "spared"]["low"] <= apart <= rows[3.0, "spared"]["high"]
    price = rows[3.0, "right"]["value"] - rows[None, "right"]["value"]
    assert rows[3.0, "price"]["value"] == pytest.approx(price)
    assert rows[None, "spared"]["value"] == rows[None, "price"]["value"] == 0
