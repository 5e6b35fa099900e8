"""Cost and money: laws of counting, published values, and numbers that are refused."""

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.utils.flop_counter import FlopCounterMode

from tradeoffs.cli import main
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.setting_cost import setting_cost
from tradeoffs.report.resource_quantities import size
from tradeoffs.resources.actors.catalogue import ACTORS
from tradeoffs.resources.cost import Cost
from tradeoffs.resources.energy import carbon, energy, seconds
from tradeoffs.resources.money import affordable, bill, total
from tradeoffs.resources.prices import NUMBERS, Prices
from tradeoffs.resources.published_range import PUBLISHED_RANGES
from tradeoffs.resources.purse import purse
from tradeoffs.resources.range import Range
from tradeoffs.resources.size import training_operations
from tradeoffs.scenario import Scenario

HERE = Scenario(rows=300)
amounts = st.floats(0, 1e6)


@given(amounts, amounts, amounts, amounts)
def test_a_range_of_products_and_sums_holds_those_of_its_members(a, b, c, d):
    one, other = Range(min(a, b), max(a, b)), Range(min(c, d), max(c, d))
    for x in one:
        for y in other:
            assert one.times(other).low <= x * y <= one.times(other).high
            assert one.plus(other).low <= x + y <= one.plus(other).high


def test_people_are_counted_by_votes_columns_and_rows():
    cost = setting_cost(HERE)
    assert (cost.votes, cost.entries) == (300, 300 * 12)
    assert setting_cost(HERE.but(rows=600)).entries == 2 * cost.entries
    hidden = HERE.but(hide=("age", "race"))
    assert setting_cost(hidden).entries == 300 * 10
    panel = Scenario(dataset="wiki_toxicity", label="toxic_3", protected="author", rows=300)
    assert setting_cost(panel).votes == 3 * setting_cost(panel.but(label="toxic_1")).votes


def test_a_setting_needs_the_skills_that_it_uses():
    assert setting_cost(HERE.but(epsilon=None)).skills == ("model",)
    every = HERE.but(width=8, max_gap=0.05)
    assert setting_cost(every).skills == ("model", "network", "fairness", "privacy")


def test_cost_depends_on_no_seed():
    assert setting_cost(HERE.but(seed=5)) == setting_cost(HERE)


def test_operations_are_those_that_torch_counts():
    people, ones, width = 50, 12, 8
    inputs = torch.ones(people, ones + 1)  # the bias is a column that is always 1
    first = torch.zeros(ones + 1, width, requires_grad=True)
    second = torch.zeros(width + 1, 1, requires_grad=True)
    with FlopCounterMode(display=False) as counter:
        hidden = torch.cat([torch.relu(inputs @ first), torch.ones(people, 1)], dim=1)
        (hidden @ second).sum().backward()
    back_to_hidden = 2 * people * (width + 1)  # which trains nothing: no parameter is below it
    found = training_operations(ones, width, people, steps=1)
    assert found == pytest.approx(counter.get_total_flops() - back_to_hidden, rel=0.01)


def test_energy_is_power_times_time_and_carbon_follows_the_grid():
    low, high = energy(3.6e15, 0.0)  # a hundred hours at the fast end
    assert low == pytest.approx(100 * 0.0016 * 1.1)
    assert high == pytest.approx(1000 * 0.030 * 1.6)
    assert energy(0.0, 1e9) == PUBLISHED_RANGES["network_energy"].range
    assert carbon(Range(1.0, 2.0)) == Range(20.0, 1800.0)
    assert seconds(1e10) == Range(1.0, 10.0)


def test_a_bill_is_linear_in_each_price():
    cost = setting_cost(HERE.but(width=4))
    once, twice = Prices(entry_seconds=3.0), Prices(entry_seconds=3.0, wage=24.0)
    for item, times in {"labels": 2, "entries": 2, "experts": 1, "computing": 1}.items():
        assert bill(cost, twice)[item].high == pytest.approx(times * bill(cost, once)[item].high)
    free = Prices(**dict.fromkeys(NUMBERS, 0.0))
    assert total(cost, free) == Range(0.0, 0.0)
    assert affordable(total(cost, free), 0.0) == "affordable"


def test_what_is_sent_is_paid_for():
    cost = Cost(votes=0, entries=0, parameters=1, training=0.0, decision=2, sent=2e9, received=1e9)
    assert bill(cost, Prices(gigabyte=0.5))["traffic"] == Range.exactly(1.5)


@given(st.floats(0, 1e9), st.floats(0, 1e9), st.floats(0, 1e9))
def test_a_larger_budget_covers_what_a_smaller_one_does(a, b, budget):
    spent = Range(min(a, b), max(a, b))
    if affordable(spent, budget) == "affordable":
        assert affordable(spent, 2 * budget) == "affordable"


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("value", ["-1", "nan", "inf", "much", "1e30"])
def test_a_number_that_is_none_or_out_of_bounds_is_refused_by_name(name, value):
    with pytest.raises(InvalidInput, match=rf"{name}=.* must be a number in \[0, "):
        purse(f"village_clinic+{name}:{value}")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("nobody", "unknown"),
        ("village_clinic+town_hospital", "not_of_the_form"),
        ("wages:3", "unknown"),
        ("wage:3+wage:4", "price_twice"),
    ],
)
def test_a_purse_that_cannot_be_read_is_refused(text, code):
    with pytest.raises(InvalidInput) as caught:
        purse(text)
    assert caught.value.code == code


@pytest.mark.parametrize("actor", ACTORS)
def test_a_purse_is_written_as_it_is_read(actor):
    found = purse(f"{actor}+wage:7.5+budget:1e9")
    assert found.text == f"{actor}+budget:1000000000+wage:7.5"
    assert purse(found.text) == found
    assert purse("").actor is ACTORS["own_numbers"]


def test_the_actors_can_afford_more_the_larger_they_are():
    every = [
        HERE.but(rows=r, width=w, max_gap=g)
        for r in (300, 3000)
        for w in (0, 8)
        for g in (None, 0.05)
    ]
    able = {
        name: sum(
            affordable(total(setting_cost(one), own.prices), own.prices.budget) == "affordable"
            for one in every
        )
        for name, own in ACTORS.items()
    }
    assert able["village_clinic"] < able["town_hospital"] < able["national_platform"] == len(every)


def test_the_command_tells_numbers_and_refuses_a_negative_price(capsys):
    import json

    assert main(["cost", "--set", "rows=300", "--purse", "village_clinic", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["entries"] == 3600 and told["money_labels_low"] == pytest.approx(
        300 * 20 / 3600 * 6
    )
    assert told["energy_kwh_low"] < told["energy_kwh_high"] and math.isfinite(told["money_high"])
    assert main(["cost", "--purse", "kwh:-0.1"]) == 2
    assert "kwh=-0.1 must be a number in [0, " in capsys.readouterr().err


def test_what_is_sent_and_what_is_taken_over_is_told(capsys):
    there = ["--set", "dataset=gss", "--set", "communities=place", "--set", "rows=100"]
    main(["cost", *there, "--set", "remedy=fedavg", "--set", "epsilon=none"])
    told = capsys.readouterr().out
    setting = Scenario(
        dataset="gss", label="income_25k", communities="place", rows=100, remedy="fedavg",
        epsilon=None,
    )  # fmt: skip
    cost = setting_cost(setting)
    assert f"Training sends {size(cost.sent)} and receives {size(cost.received)}" in told
    assert "for 100 rows" in told and cost.sent > 0
    main(["cost", *there, "--set", "remedy=as_is", "--set", "epsilon=none"])
    told = capsys.readouterr().out
    assert "no answers and no records of its own" in told and "Nothing is trained at home" in told


def test_the_sentences_say_what_the_numbers_do(capsys):
    main(["cost", "--set", "rows=300", "--purse", "village_clinic"])
    told = capsys.readouterr().out
    assert "labels 10, values from paper 30, experts 600" in told and "560 is left" in told
    main(["cost", "--set", "rows=300", "--purse", "village_clinic+budget:639"])
    assert "does not cover it: 1 is missing" in capsys.readouterr().out
