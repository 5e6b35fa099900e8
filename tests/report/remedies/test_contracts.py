"""Contracts: who takes part is left out in turn, and every number is of a member's own people."""

import pytest

from tradeoffs.experiments.chunks import chunks
from tradeoffs.experiments.designs import replicate
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.run import run
from tradeoffs.jobs.job import Job
from tradeoffs.report.remedies.coalitions import everybody, left_out, pairs
from tradeoffs.report.remedies.contracts import CONTRACTS, WITHDRAWS, members, panel
from tradeoffs.report.remedies.part import Look
from tradeoffs.scenario import Scenario

MEMBERS = ("Mountain", "Pacific", "South Atlantic")
HERE = Scenario.of(
    dataset="gss",
    label="income_25k",
    communities="place",
    home="Pacific",
    members=MEMBERS,
    rows=100,
    epsilon=None,
    remedy="pooled",
)


def look(**values: str) -> Look:
    own = {"level": "explore", "measure": "accuracy", "withdraws": "nobody", **values}
    return Look(here=HERE, values=own)


@pytest.fixture(scope="module")
def job() -> Job:
    plans = [resolve(one) for one in replicate(CONTRACTS.settings(look()), 3)]
    found = Job(plans)
    for chunk in chunks(plans):
        for one in run(chunk):
            found.deliver({resolve(one.scenario).result_key: one.measurement})
    assert not found.active
    return found


def test_coalitions_are_everybody_all_but_one_and_home_with_a_partner():
    assert set(everybody(HERE).members) == set(MEMBERS)
    assert [one.without for one in left_out(HERE, "Pacific")][0] == "Pacific"
    assert all(one.without not in one.members for one in left_out(HERE, "nobody"))
    assert all("Pacific" in one.members and len(one.members) == 2 for one in pairs(HERE))
    assert len(pairs(HERE)) == 2 and len(left_out(HERE, "nobody")) == 3


def test_among_many_only_who_withdraws_is_left_out():
    many = HERE.but(communities="towns.20", home="", members=())
    name = everybody(many).members[4]
    assert left_out(many, "nobody") == []
    assert [one.without for one in left_out(many, name)] == [name]


def test_people_given_add_up_and_shares_of_gains_too(job):
    found = members(look(), job)
    assert [one.name for one in found] and sum(one.given for one in found) == pytest.approx(1)
    shares = [one.share for one in found if one.share]
    assert not shares or sum(one.mean for one in shares) == pytest.approx(1)
    assert all(len(one.others) == 2 and one.lost is not None for one in found)


def test_every_word_is_worked_out_from_what_is_there(job):
    told = panel(look(), job)
    assert told.heading.startswith("With “pooled rows")
    assert told.picture is not None and len(told.picture.lines) == 3
    captions = [grid.caption for grid in told.grids]
    assert captions == ["What each gives and gains", "Coalitions"]
    assert len(told.grids[1].rows) == 1 + 3 + 2
    assert "copies of the rows stay" in told.notes[-1]
    assert told.parts() and len(told.numbers()) == 3


def test_who_withdraws_is_told_with_what_the_others_lose(job):
    told = panel(look(withdraws="Mountain"), job)
    assert told.heading.startswith("If Mountain leaves, ")
    assert told.grids[0].caption == "If Mountain leaves"
    assert [row[0] for row in told.grids[0].rows][-1] == "Mountain"


def test_before_anything_is_there_nothing_is_told():
    told = panel(look(), Job([resolve(one) for one in CONTRACTS.settings(look())]))
    assert not told.heading and told.picture is None and not told.grids


def test_a_way_that_binds_nobody_has_no_contract():
    own = Look(here=HERE.but(remedy="as_is"), values=look().values)
    assert list(CONTRACTS.settings(own)) == []
    assert panel(own, Job([])).heading.startswith("“pre-trained model")


def test_only_those_who_take_part_can_withdraw():
    at = {"dataset": "gss", "label": "income_25k", "communities": "place"}
    assert "Mountain" in WITHDRAWS.options({**at, "members": ""})
    assert WITHDRAWS.options({**at, "members": "Mountain+Pacific"}) == (
        "nobody", "Mountain", "Pacific"
    )  # fmt: skip
