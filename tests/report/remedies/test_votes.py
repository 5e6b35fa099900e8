"""Votes: panels are compared on the same comments, by the majority of all votes."""

from collections.abc import Mapping

import numpy as np
import pytest

from tradeoffs.data.load import load_encoded
from tradeoffs.data.report_people import unpack_decisions
from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs.job import Job
from tradeoffs.report.evaluation_people import evaluation_people
from tradeoffs.report.remedies.catalogue import values_of
from tradeoffs.report.remedies.part import Look
from tradeoffs.report.remedies.selections import scenario_of
from tradeoffs.report.remedies.votes import (
    HOW_MANY,
    VOTES,
    WHOSE,
    PanelResult,
    headline,
    panel_result,
    settings,
    whose,
)
from tradeoffs.resources.labels import votes
from tradeoffs.scenario import Scenario

WIKI = {"level": "explore", "part": "votes", "dataset": "wiki_toxicity"}
SEEDS = 4


def look(**asked: str) -> Look:
    values = values_of(WIKI | asked)
    return Look(here=resolve(scenario_of(values)).scenario, values=values)


class Models(Job):
    """Models that decide as all votes do, but for a share of the comments."""

    def __init__(self, wrong: Mapping[str, float]) -> None:
        super().__init__([])
        self.wrong = wrong

    def decisions_of(self, setting: Scenario) -> dict[int, bytes]:
        people = evaluation_people(setting)
        whole = load_encoded("wiki_toxicity")
        order = np.argsort(whole.row_id)
        rows = order[np.searchsorted(whole.row_id, people.row_id, sorter=order)]
        truth = whole.labels["toxic"][rows] == 1
        found = {}
        for seed in range(SEEDS):
            rng = np.random.default_rng(seed)
            turned = rng.random(people.rows) < self.wrong[setting.label]
            found[seed] = np.packbits(truth ^ turned).tobytes()
            assert (unpack_decisions(found[seed], people.rows) == truth ^ turned).all()
        return found


def test_every_panel_has_as_many_comments_as_the_votes_are_enough_for():
    for one in settings(look(votes="3000")):
        assert one.rows * votes("wiki_toxicity", one.label) == 3000


def test_agreement_is_with_all_votes_and_differences_are_on_common_comments():
    at, models = look(), Models({"toxic_1": 0.1, "toxic_3": 0.2, "toxic_5": 0.1})
    single, three, five = (panel_result(at, models, label) for label in HOW_MANY)
    assert single.accuracy is not None and single.accuracy["value"] == pytest.approx(0.9, abs=0.01)
    assert single.change is None
    assert three.change is not None and three.change["high"] < 0
    assert three.change["value"] == pytest.approx(-0.1, abs=0.02)
    assert five.change is not None and five.change["low"] <= 0 <= five.change["high"]
    assert headline([single, three, five]).startswith("One vote a comment gives better models")


def test_what_is_better_and_what_is_worse_are_both_told():
    models = Models({"toxic_1": 0.2, "toxic_3": 0.3, "toxic_5": 0.1})
    told = headline([panel_result(look(), models, label) for label in HOW_MANY])
    assert told == (
        "5 votes each on fewer comments give better models than one vote a comment, and 3 "
        "votes give worse ones."
    )


def test_a_change_that_stands_only_by_itself_is_not_told():
    single = PanelResult(label="toxic_1", rows=50)
    three, five = (
        PanelResult(label=label, rows=50, change={"value": 0.1, "low": low, "high": 0.2, "p": p})
        for label, low, p in (("toxic_3", 0.01, 0.04), ("toxic_5", -0.1, 0.3))
    )
    assert headline([single, three]).startswith("3 votes each on fewer comments give better models")
    assert headline([single, three, five]).endswith("cannot be told apart here.")


def test_panels_are_told_apart_only_where_their_difference_is():
    models = Models(dict.fromkeys(WHOSE, 0.1) | {"toxic_strict": 0.3})
    alike, apart = whose(look(), models)
    assert "three women" in alike and "three men cannot be told apart" in alike
    assert apart.startswith(
        "Models that learn what is toxic to the three strictest agree less often with all votes "
        "than those that learn what is toxic to the three most lenient: −"
    )


def test_where_nothing_can_be_told_that_is_said():
    models = Models(dict.fromkeys(HOW_MANY, 0.1))
    told = headline([panel_result(look(), models, label) for label in HOW_MANY])
    assert told.endswith("cannot be told apart here.")


def test_a_table_without_votes_says_so_and_trains_nothing():
    at = look(dataset="gss")
    assert settings(at) == []
    assert VOTES.panel(at, Job([])).heading.startswith("This table has one recorded answer")
