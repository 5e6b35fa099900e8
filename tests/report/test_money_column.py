"""Money as an objective: an axis, and what counts in dominance, at the prices of a purse."""

import json

import pytest

from tests.report.conftest import HERE, UNTOUCHED, job, model
from tradeoffs.experiments.setting_cost import setting_cost
from tradeoffs.fields import SEEDS
from tradeoffs.fronts import MONEY
from tradeoffs.report.payload import picture, results_of, scale_parts
from tradeoffs.resources.money import total
from tradeoffs.resources.purse import purse

WIDE = HERE.but(width=8)
ABOUT = [one.but(seed=seed) for one in (HERE, UNTOUCHED, WIDE) for seed in range(SEEDS)]
ARRIVED = job(
    ABOUT, model(HERE, accuracy=0.84), model(UNTOUCHED, accuracy=0.85), model(WIDE, accuracy=0.84)
)


@pytest.mark.parametrize("text", ["village_clinic", "own_numbers+wage:99"])
def test_each_setting_has_what_it_costs_at_the_prices_of_the_purse(text):
    who = purse(text)
    results = results_of(ARRIVED, HERE, who)
    for row, key in enumerate(results.keys):
        spent = total(setting_cost(ARRIVED.settings[key]), who.prices).high
        assert results.of(MONEY.column)[:, row] == pytest.approx(spent)


def test_a_dearer_setting_is_beaten_only_where_money_counts():
    fronts = json.loads(scale_parts(ARRIVED, HERE, purse("village_clinic"))["fronts"])
    assert set(fronts["accuracy+fairness"]["front"]) == {1}
    same = fronts["fairness+privacy"]["front"]
    assert {0, 2} <= set(same) and fronts["fairness+privacy+money"]["front"] != same
    assert 2 not in fronts["fairness+privacy+money"]["front"]


def test_money_can_be_an_axis():
    drawn = picture(ARRIVED, HERE, "money", "accuracy", who=purse("town_hospital"))
    assert drawn is not None and drawn.view.x.name == "money"
    assert drawn.view.points[0]["money"] > 0


def test_what_costs_nothing_has_a_place_on_the_axis():
    free = purse("+".join(["own_numbers", "expert_day:0", "wage:0", "core_hour:0", "kwh:0"]))
    assert (results_of(ARRIVED, HERE, free).of(MONEY.column) > 0).all()
