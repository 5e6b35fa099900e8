"""Training compute: factors are those of others, and every price lies in its range."""

import pytest

from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.setting_cost import setting_cost
from tradeoffs.resources.published_compute import PUBLISHED_COMPUTE
from tradeoffs.scenario import Scenario
from tradeoffs.studies.training_compute import OWN, answer

HERE = Scenario(rows=300, width=0, epsilon=None)
COSTS = {"gpt_3": 4.32e6, "palm": 12.4e6}  # US dollars, AI Index 2024, Stanford, chapter 1


@pytest.fixture(scope="module")
def rows():
    return {(row["model"], row["what"]): row for row in answer(HERE, "town_hospital")}


def test_the_six_years_are_those_of_amodei_and_hernandez(rows):
    grown = rows["alexnet to alphago_zero", "growth"]
    assert grown["value"] == pytest.approx(300_000, rel=0.1)
    assert rows["alexnet to alphago_zero", "doubling"]["value"] == pytest.approx(3.4, abs=0.3)


@pytest.mark.parametrize("name", COSTS)
def test_money_holds_what_the_ai_index_estimated(rows, name):
    assert rows[name, "money"]["low"] <= COSTS[name] <= rows[name, "money"]["high"]


def test_payers_are_money_over_the_budget(rows):
    for model in (OWN, *PUBLISHED_COMPUTE):
        expected = rows[model, "money"]["high"] / 2500
        assert rows[model, "payers"]["high"] == pytest.approx(expected, rel=0.06)


def test_the_own_model_is_counted_and_is_its_own_measure(rows):
    assert 10 ** rows[OWN, "operations"]["power"] == pytest.approx(setting_cost(HERE).training)
    assert rows[OWN, "factor"]["power"] == 0


def test_twice_the_people_are_twice_the_arithmetic(rows):
    more = {(r["model"], r["what"]): r for r in answer(HERE.but(rows=600), "town_hospital")}
    apart = more[OWN, "operations"]["power"] - rows[OWN, "operations"]["power"]
    assert 10**apart == pytest.approx(2)


def test_an_unknown_actor_is_named_with_those_that_are_known():
    with pytest.raises(InvalidInput, match="town_hospital"):
        answer(HERE, "town_museum")
