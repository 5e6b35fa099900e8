"""Price and control: what the catalogue and the accounts of cost say of every way."""

import re

import pytest

from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.participants import exchange
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.setting_cost import setting_cost
from tradeoffs.jobs.job import Job
from tradeoffs.language.current import in_language
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.report.remedies.at_home import ways
from tradeoffs.report.remedies.catalogue import EVERY, values_of
from tradeoffs.report.remedies.part import Look
from tradeoffs.report.remedies.price_and_control import CONTROL, PRICE_AND_CONTROL
from tradeoffs.report.remedies.promise import home_promise, provider_promise
from tradeoffs.report.remedies.purse_selection import beyond_budget, budget_notes
from tradeoffs.report.remedies.selection import refusals
from tradeoffs.report.remedies.selections import scenario_of
from tradeoffs.report.remedies.way_price import control_sentence
from tradeoffs.report.text import number
from tradeoffs.resources.money import bill, total
from tradeoffs.resources.purse import purse
from tradeoffs.scenario import Scenario

HOME = {"level": "explore", "part": "price_and_control"}


def look(**asked: str) -> Look:
    values = values_of(HOME | asked)
    return Look(here=resolve(scenario_of(values)).scenario, values=values)


def possible(at: Look) -> dict[str, Scenario]:
    return {name: one for name, one in ways(at).items() if isinstance(one, Scenario)}


def test_every_way_has_its_five_answers_of_control_and_its_price():
    at = look(purse="village_clinic")
    control, gain, cost, refused = PRICE_AND_CONTROL.panel(at, Job([])).grids
    assert [row[0].lower() for row in control.rows] == [
        REMEDIES[name].title.lower() for name in possible(at)
    ]
    for name, row in zip(possible(at), control.rows, strict=True):
        assert list(row[1:]) == [getattr(REMEDIES[name].control, own) for own in CONTROL]
    for grid in (gain, cost):
        assert [row[0] for row in grid.rows] == [row[0] for row in control.rows]
        assert all(len(row) == len(grid.columns) for row in grid.rows)
    assert len(control.rows) + len(refused.rows) == len(REMEDIES)
    assert all(row[1].endswith(".") for row in refused.rows)


def test_what_experts_cost_is_told_of_each_way():
    at = look(purse="village_clinic")
    cost = PRICE_AND_CONTROL.panel(at, Job([])).grids[2]
    prices = purse("village_clinic").prices
    experts = [bill(setting_cost(one), prices)["experts"] for one in possible(at).values()]
    assert cost.columns[2] == "Experts, as part of it"
    assert [row[2] for row in cost.rows] == [number(one.high) for one in experts]


def test_a_way_that_is_missing_says_why_in_words_of_the_page():
    refused = PRICE_AND_CONTROL.panel(look(epsilon="1"), Job([])).grids[-1]
    (told,) = (row[1] for row in refused.rows if row[0] == "Split learning")
    assert told.startswith("“Split learning” is possible without a privacy budget only: ")


@pytest.mark.parametrize(
    ("remedy", "more", "home", "provider"),
    [
        ("alone", {}, "1", "no provider"),
        ("fedavg", {}, "1", "no provider"),
        ("as_is", {}, "0: no record is used", "no privacy budget"),
        ("fine_tuning", {}, "1", "no privacy budget"),
        ("fine_tuning", {"provider": "private.others"}, "1", "1"),
        ("pate", {}, "1", "1"),
        ("multi_task", {}, "1", "no provider"),
    ],
)
def test_an_epsilon_is_told_with_whose_people_it_is_for(remedy, more, home, provider):
    one = look(epsilon="1").here.but(remedy=remedy, dial=None, **more)
    assert (home_promise(one), provider_promise(one)) == (home, provider)
    none = one.but(epsilon=None, mechanism="none", provider="others")
    assert home_promise(none) == "none asked"


@pytest.mark.parametrize("name", REMEDIES)
def test_what_a_way_sends_is_what_its_entry_says_of_these_communities(name):
    one = look().here.but(remedy=name, dial=None)
    try:
        own = resolve(one).scenario
    except InvalidInput:
        return
    cost, moved = setting_cost(own), REMEDIES[name].traffic(exchange(own))
    assert cost.moved == pytest.approx(moved.training)
    assert (cost.rounds, cost.decision_bytes) == (moved.rounds, moved.decision)
    asks = "labels" in REMEDIES[name].needs
    rows = REMEDIES[name].answers(exchange(own))
    assert rows <= own.rows
    if REMEDIES[name].second_answers is None:
        assert cost.votes == (rows if asks else 0)
    alone = {*REMEDIES[name].needs} <= {"labels", "rows"}
    assert ("partnership" in cost.skills) == (not alone)


def test_a_budget_leaves_the_ways_that_it_covers():
    at = look(purse="village_clinic", prices="budget:300")
    every = possible(at)
    dear, who = beyond_budget(at.values, every), purse("village_clinic+budget:300")
    assert 0 < len(dear) < len(every) and "alone" not in dear
    for name, one in every.items():
        assert (name in dear) == (total(setting_cost(one), who.prices).low > 300)
    told = PRICE_AND_CONTROL.panel(at, Job([])).sentences[0]
    assert (
        f"300 in its own currency, covers {len(every) - len(dear)} of the {len(every)} ways" in told
    )
    (note,) = budget_notes(at.values, dear)
    assert note.startswith(
        "Drawn faint, because the budget of a village clinic does not cover them: "
    )


def test_without_a_purse_no_way_is_left_out():
    at = look()
    assert beyond_budget(at.values, possible(at)) == frozenset()
    assert budget_notes(at.values, ()) == []


def test_a_price_that_cannot_be_used_is_refused_with_its_bound():
    (told,) = refusals(EVERY, HOME | {"purse": "village_clinic", "prices": "kwh:-1"})
    assert "kwh=-1 must be a number in [0, 1000000]" in told


def test_numbers_have_a_row_a_way_and_money_between_its_ends():
    table = PRICE_AND_CONTROL.panel(look(purse="town_hospital"), Job([])).numbers()
    assert list(table["way"]) == list(possible(look()))
    low, high = (table[f"money_{end}"].tolist() for end in ("low", "high"))
    assert all(0 < one <= other for one, other in zip(low, high, strict=True))
    assert table["gain"].isna().tolist() == [True] * len(table)  # nothing has arrived


def test_ways_that_let_nothing_leave_are_counted_in_every_language():
    names = list(REMEDIES)
    with in_language("fr"):
        told = control_sentence(names)
    assert re.findall(r"\d+", told) == re.findall(r"\d+", control_sentence(names)) != ["0"]
