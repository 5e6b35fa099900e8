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
from tradeoffs.report.remedies.votes import HOW_MANY, VOTES, headline, panel_result, settings
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
    assert headline([single, three, five]).startswith("One vote a comment teaches more than 3 vote")


def test_where_nothing_can_be_told_that_is_said():
    models = Models(dict.fromkeys(HOW_MANY, 0.1))
    told = headline([panel_result(look(), models, label) for label in HOW_MANY])
    assert told.endswith("cannot be told apart here.")


def test_a_table_without_votes_says_so_and_trains_nothing():
    at = look(dataset="gss")
    assert settings(at) == []
    assert VOTES.panel(at, Job([])).heading.startswith("This table keeps one recorded answer")
