"""Affordability: which settings a budget covers, and what the browser is told of it."""

import json

import pytest

from tests.report.conftest import HERE, UNTOUCHED, job, model
from tradeoffs.experiments.setting_cost import setting_cost
from tradeoffs.fields import SEEDS
from tradeoffs.report.affordability import rows_within_budget, within_budget
from tradeoffs.report.choice import Choice
from tradeoffs.report.cost_table import actor_table
from tradeoffs.report.documents.marks import marks
from tradeoffs.report.options import texts
from tradeoffs.report.payload import scale_parts
from tradeoffs.report.sentences.setting_price import cost_sentences, rows_sentence
from tradeoffs.resources.actors.catalogue import ACTORS
from tradeoffs.resources.money import total
from tradeoffs.resources.purse import purse
from tradeoffs.scenario import Scenario

NETWORK = HERE.but(width=8)
ABOUT = [one.but(seed=seed) for one in (HERE, UNTOUCHED, NETWORK) for seed in range(SEEDS)]
CLINIC = purse("village_clinic")


def test_a_budget_covers_the_settings_that_need_fewer_experts():
    settings = {7: HERE, 8: UNTOUCHED, 9: NETWORK}
    assert within_budget(settings, CLINIC).admissible == (8,)
    assert within_budget(settings, purse("village_clinic+budget:1500")).admissible == (7, 8)
    assert within_budget(settings, purse("national_platform")).admissible == (7, 8, 9)
    assert within_budget(settings, purse("own_numbers+budget:0")).admissible == ()


def test_the_browser_is_told_what_the_chosen_purse_covers():
    arrived = job(ABOUT, model(HERE), model(UNTOUCHED), model(NETWORK))
    part = json.loads(scale_parts(arrived, HERE, CLINIC)["feasible"])["purse"]
    assert part["admissible"] == [1] and part["open"] == []
    assert part["words"].startswith("The budget of a village clinic (1,200) covers 1 of 3 settings")
    assert "purse" not in json.loads(scale_parts(arrived, HERE)["feasible"])


@pytest.mark.parametrize("text", ["village_clinic", "town_hospital+budget:3000", "wage:7"])
def test_rows_within_a_budget_are_as_many_as_it_covers(text):
    who, here = purse(text), Scenario(rows=300, epsilon=None)
    rows = rows_within_budget(here, setting_cost(here), who)
    assert rows is not None
    budget, each = who.prices.budget, total(setting_cost(here), who.prices)
    step = (each.high - who.prices.expert_day) / here.rows
    assert who.prices.expert_day + rows * step <= budget + 0.005
    assert who.prices.expert_day + (rows + 1) * step > budget + 0.005
    assert f"up to {rows:,} rows" in rows_sentence(here, setting_cost(here), who)


def test_where_rows_cost_nothing_no_number_of_them_is_told():
    here = Scenario(rows=300)
    assert rows_sentence(here, setting_cost(here), purse("national_platform")) == ""
    poor = purse("village_clinic+budget:10")
    assert "before the first row" in rows_sentence(here, setting_cost(here), poor)


def test_every_actor_stands_beside_the_others():
    settings = {0: HERE, 1: UNTOUCHED, 2: NETWORK}
    table = actor_table(HERE, settings)
    assert [row[0] for row in table] == [one.title for one in ACTORS.values()]
    clinic, _, platform, _ = table
    assert clinic[3:5] == ("not affordable", "1 of 3")
    assert platform[3:] == ("affordable", "3 of 3", "any number")


def test_a_report_names_the_purse_and_what_was_changed():
    values = {
        **dict.fromkeys(("counted", "at_least", "pins", "curves", "wish"), ""),
        "place": "none",
    }
    choice = Choice.of(values | texts(HERE) | {"purse": "town_hospital+wage:9"})
    assert ("Purse", "Town hospital with wage 9 money an hour.") in marks(choice, HERE)


def test_work_is_told_in_hours_only_where_somebody_is_paid_for_it():
    here = Scenario(rows=300)
    told = " ".join(cost_sentences(here, setting_cost(here), CLINIC))
    assert "6.67 hours of somebody's work" in told and "more than 99.9 %" in told
    free = " ".join(cost_sentences(here, setting_cost(here), purse("national_platform")))
    assert "nobody is paid for them" in free and "hours" not in free
