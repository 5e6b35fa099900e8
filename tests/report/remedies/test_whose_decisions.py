"""Whose decisions change: groups are named with how much, and what is too few is said to be."""

import numpy as np
import pytest

from tests.engine.conftest import random_table
from tradeoffs.data.communities.catalogue import community_split
from tradeoffs.engine.evaluation import EvaluationSet
from tradeoffs.fronts.decision_changes import EVERYONE, decision_changes
from tradeoffs.measurement import Measurement
from tradeoffs.report.remedies.community_gain import report_people_of
from tradeoffs.report.remedies.whose_decisions import (
    grid,
    headline,
    numbers,
    picture,
    reference,
    sentences,
    sizes,
)
from tradeoffs.scenario import Scenario

PEOPLE = random_table(600)
PROTECTED = next(iter(PEOPLE.protected))
MEMBER, NAMES = PEOPLE.group_of(PROTECTED)
RNG = np.random.default_rng(5)
HERE = Scenario.of(
    dataset="gss", label="income_25k", communities="place", home="Pacific", rows=100, epsilon=None
)


def changes(flip, people=PEOPLE, seeds=6):
    """Return the changes of a model that was right and is wrong with a chance, by person."""
    wrong = RNG.random((seeds, people.rows)) < flip

    def trainings(decided):
        return {
            seed: Measurement.of(
                training={}, select={}, report={}, decisions=np.packbits(one).tobytes()
            )
            for seed, one in enumerate(decided)
        }

    before = np.tile(people.label, (seeds, 1))
    return decision_changes(trainings(before), trainings(before ^ wrong), people, PROTECTED)


ONE_GROUP = changes(np.where(MEMBER == 0, 0.3, 0.0))
FEW = changes(0.2, PEOPLE.take(np.flatnonzero((MEMBER > 0) | (np.cumsum(MEMBER == 0) < 10))))


def test_groups_that_change_are_named_with_how_much_and_against_what():
    right, selected, *more = sentences(ONE_GROUP[1:], "as it is")
    told = f"Of {len(NAMES)} groups, 1 is decided correctly more or less often than by"
    assert right.startswith(f"{told} “as it is”, beyond chance: {NAMES[0]} −") and " to −" in right
    assert selected.startswith(f"Of {len(NAMES)} groups, ") and not more
    nothing = sentences(changes(0.0)[1:], "as it is")
    assert all(one.startswith(f"Of {len(NAMES)} groups, none is") for one in nothing)


def test_a_group_with_too_few_people_is_named_and_has_no_bar():
    assert (
        sentences(FEW[1:], "as it is")[-1] == f"Too few test people to be measured: {NAMES[0]} (9)."
    )
    drawn, told = picture(FEW, "as it is"), grid(FEW)
    assert drawn.lines[1].marks == () and drawn.lines[1].detail == "too few people"
    assert told.rows[1] == (NAMES[0], "9", *["too few people"] * 3)
    assert numbers(FEW)["flips"].isna().tolist()[1]


def test_a_bar_is_a_share_with_its_interval_on_the_scale():
    drawn = picture(ONE_GROUP, "as it is")
    assert drawn.lines[0].name == EVERYONE and drawn.lines[0].home
    for line in drawn.lines:
        mark, selected = line.marks
        assert selected.kind == "other" and abs(selected.at) <= mark.at
        assert mark.low is not None and mark.high is not None
        assert drawn.ticks[0][0] <= mark.low <= mark.at <= mark.high <= drawn.ticks[-1][0]
    assert drawn.lines[1].tone == "worse" and drawn.lines[2].tone == "alike"


def test_the_heading_tells_the_share_of_everyone():
    everyone = ONE_GROUP[0]
    assert everyone.flips is not None
    told = headline(everyone, "w", "v", "here")
    assert told.startswith(f"“W” decides {100 * everyone.flips.mean:.1f} % of the test people")
    assert "95 % interval" in told
    told = headline(changes(0.0)[0], "w", "v", "here")
    assert told == "“W” decides all test people of here as “v” does."


def test_the_file_has_each_change_and_its_interval():
    row = numbers(ONE_GROUP).iloc[1]
    assert row["flips_low"] < row["flips"] < row["flips_high"]
    assert row["accuracy"] == pytest.approx(-row["flips"])


def test_people_come_in_the_order_in_which_decisions_are_stored():
    people = community_split("gss", "income_25k", "place", "Pacific").report
    measured = EvaluationSet.of(people, ("race",)).table
    assert np.array_equal(report_people_of(HERE, "Pacific").row_id, measured.row_id)
    assert not np.array_equal(people.row_id, measured.row_id)


@pytest.mark.parametrize(
    ("remedy", "dial", "value", "detail"),
    [
        ("quantization", 8, "100 bytes", "27 % of the 372 bytes of “v”"),
        ("quantization", 32, "372 bytes", "100 % of the 372 bytes of “v”"),
        ("pruning", 100, "6 bytes", "2 % of the 372 bytes of “v”"),
    ],
)
def test_a_card_tells_how_large_the_model_is(remedy, dial, value, detail):
    here = HERE.but(remedy=remedy, dial=dial)
    (card,) = sizes(here, reference(here), "v")
    assert (card.value, card.detail) == (value, detail)


@pytest.mark.parametrize("remedy", ["fedavg", "distillation", "alone"])
def test_what_is_exchanged_more_than_once_is_no_size(remedy):
    here = HERE.but(remedy=remedy, dial=None)
    assert sizes(here, reference(here), "v") == []


@pytest.mark.parametrize(
    ("remedy", "former"),
    [
        ("pruning", "as_is"),
        ("pruning_retrained", "fine_tuning"),
        ("distillation", "alone"),
        ("fedavg", "alone"),
    ],
)
def test_what_changes_a_model_is_compared_with_the_model_as_it_was(remedy, former):
    found = reference(HERE.but(remedy=remedy, dial=None, provider="largest"))
    assert found.remedy == former and found.home == HERE.home
    assert (found.provider == "largest") == (former != "alone")
