"""Contracts: who takes part is left out in turn, and every number is of a member's own people."""

import pytest

from tests.report.remedies.conftest import community
from tradeoffs.experiments.chunks import chunks
from tradeoffs.experiments.designs import replicate
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.run import run
from tradeoffs.jobs.job import Job
from tradeoffs.report.remedies.coalitions import everybody, left_out, pairs
from tradeoffs.report.remedies.contract_tables import Member, departure
from tradeoffs.report.remedies.contracts import (
    CONTRACTS,
    WITHDRAWS,
    departure_sentence,
    members,
    needed_sentence,
    panel,
    stand,
)
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
    assert all(len(one.others) == 2 and one.without is not None for one in found)


def test_every_word_is_worked_out_from_what_is_there(job):
    told = panel(look(), job)
    assert told.heading.startswith("With “pooled rows")
    assert told.picture is not None and len(told.picture.lines) == 3
    captions = [grid.caption for grid in told.grids]
    assert captions == ["What each community gives and gains", "Coalitions"]
    assert len(told.grids[1].rows) == 1 + 3 + 2
    assert "copies of the rows" in told.notes[-1]
    assert told.parts() and len(told.numbers()) == 3


def test_who_withdraws_is_told_with_what_becomes_of_the_others(job):
    told = panel(look(withdraws="Mountain"), job)
    assert told.heading.startswith("If Mountain leaves, ")
    assert told.grids[0].caption == "If Mountain leaves"
    assert [row[0] for row in told.grids[0].rows][-1] == "Mountain"
    assert told.picture is not None
    drawn = {line.name: line.marks[0].at for line in told.picture.lines}
    own = next(one for one in members(look(), job) if one.name == "Mountain")
    assert drawn["Mountain"] == -own.gain.accuracy.mean
    assert [drawn[one.community] for one in own.others] == [one.accuracy.mean for one in own.others]


def leaver(*chances: float) -> Member:
    """Return a member whose leaving brings others to a chance of being right, from 0.8."""
    others = [community(f"town {k + 1}", 0.8, chance).gain for k, chance in enumerate(chances)]
    own = community("leaver", 0.7, 0.8).gain
    assert own is not None
    return Member(
        name="leaver",
        rows=100,
        given=0.5,
        gain=own,
        share=None,
        without=None,
        others=[one for one in others if one],
    )


def test_who_is_told_to_lose_is_named_in_heading_sentence_and_table_alike():
    one = leaver(0.5, 0.8)
    sure = stand([one], "accuracy")
    told = departure_sentence(one, sure, "accuracy")
    assert told.startswith("If leaver leaves, the change is beyond chance for 1 of the other 2")
    assert "(" in told and "−" in told
    assert "when leaver" in needed_sentence([one], sure, "accuracy")
    rows = departure(one, "accuracy", ["town 1"]).rows
    assert [row[2] for row in rows] == ["a loss", "no", "trains alone then"]


def test_what_only_its_own_interval_tells_is_no_loss_in_the_heading_and_marked_in_the_table():
    one = leaver(0.5, 0.8)
    told = departure_sentence(one, [], "accuracy")
    assert told == "If leaver leaves, none of the other 2 communities gains or loses beyond chance."
    (first, *_) = departure(one, "accuracy", []).rows
    assert first[2] == "a loss by its own interval, but not with Holm's correction over all"


def test_before_anything_is_there_nothing_is_told():
    told = panel(look(), Job([resolve(one) for one in CONTRACTS.settings(look())]))
    assert not told.heading and told.picture is None and not told.grids


def test_a_way_that_binds_nobody_has_no_contract():
    own = Look(here=HERE.but(remedy="as_is"), values=look().values)
    assert list(CONTRACTS.settings(own)) == []
    assert panel(own, Job([])).heading.startswith("With “pre-trained model")


def test_only_those_who_take_part_can_withdraw():
    at = {"dataset": "gss", "label": "income_25k", "communities": "place"}
    assert "Mountain" in WITHDRAWS.options({**at, "members": ""})
    assert WITHDRAWS.options({**at, "members": "Mountain+Pacific"}) == (
        "nobody", "Mountain", "Pacific"
    )  # fmt: skip
