"""Declared budgets under attack: the attack is the project's own, and promises are kept."""

import numpy as np
import pytest

from tradeoffs.errors import NotMeasurable
from tradeoffs.scenario import Scenario
from tradeoffs.studies import attacks_by_epsilon
from tradeoffs.studies.attacks_by_epsilon import (
    answer,
    answer_confidence,
    auc_reduction,
    people,
    trained,
)
from tradeoffs.studies.minority_cost import setting

HERE = Scenario(rows=300, width=0, epsilon=3.0)


@pytest.fixture(scope="module")
def rows():
    return {(row["declared"], row["what"]): row for row in answer(HERE)}


def test_half_of_the_people_are_in_each_training():
    _, member = people(HERE)
    assert member.shape == (attacks_by_epsilon.MODELS, HERE.rows)
    assert member.mean() == pytest.approx(0.5, abs=0.02)


def test_the_area_is_that_of_the_projects_attack(rows):
    from tradeoffs.experiments.attack import membership_inference

    leak = membership_inference(HERE.but(epsilon=None), attacks_by_epsilon.MODELS)
    own = rows[None, "attack"]  # without noise both are of the same people, coins and batches
    assert (own["value"], own["low"], own["high"]) == pytest.approx(leak.find("lira", None).known)


def test_a_declared_budget_is_kept_and_none_is_invented(rows):
    own = rows[3.0, "attack"]
    assert own["low"] <= own["bound"] < 1
    assert own["epsilon"] <= 3.0 and rows[None, "attack"]["epsilon"] is None
    assert rows[None, "attack"]["bound"] is None


def test_what_a_budget_spares_is_the_difference_of_two_attacks(rows):
    apart = rows[None, "attack"]["value"] - rows[3.0, "attack"]["value"]
    assert rows[3.0, "spared"]["value"] == pytest.approx(apart)
    assert rows[3.0, "spared"]["low"] <= apart <= rows[3.0, "spared"]["high"]
    price = rows[3.0, "right"]["value"] - rows[None, "right"]["value"]
    assert rows[3.0, "price"]["value"] == pytest.approx(price)
    assert rows[None, "spared"]["value"] == rows[None, "price"]["value"] == 0


def test_a_model_against_itself_spares_nothing():
    _, member = people(HERE)
    sure = np.random.default_rng(0).normal(size=member.shape)
    assert set(auc_reduction(HERE, sure, sure).values()) == {0.0, None}


def test_a_model_that_diverged_is_not_measured():
    (vectors,) = trained(HERE, [setting(HERE, 3.0)], ["x"])
    vectors[0] = vectors[0] * float("nan")
    with pytest.raises(NotMeasurable, match="diverged"):
        answer_confidence(HERE, vectors)
