"""Stakeholders: cards follow from what was measured, and say nothing that was not."""

import math

import pytest

from tests.report.conftest import HERE, UNTOUCHED, job, model
from tradeoffs.report.alternatives import Alternatives, alternatives
from tradeoffs.report.documents.stakeholder_cards import stakeholder_cards
from tradeoffs.report.stakeholders import stakeholders

WOMEN = {"selected[sex=Female]": 40, "true_positives[sex=Female]": 30}


def among(*there, here=HERE) -> Alternatives:
    found = alternatives(job([one.scenario for some in there for one in some], *there), here)
    assert found is not None
    return found


def cards(*there, here=HERE):
    return {one.title: " ".join(one.numbers) for one in stakeholders(among(*there, here=here))}


def test_a_group_is_told_how_many_of_1000_get_the_answer_now_and_before():
    told = cards(model(HERE, figures=WOMEN), model(UNTOUCHED))
    assert "Of 1,000 of you, 40 (40 to 40) get the answer" in told["Female"]
    assert "without constraint and privacy, 80 (80 to 80) do" in told["Female"]
    # 30 of 40 predicted positive are, and 100 of 1,000 are positive: 10 + 70 are wrong
    assert "For 80 (80 to 80) of 1,000 of you, the prediction is wrong." in told["Female"]


def test_without_the_model_before_nothing_is_said_of_it():
    told = cards(model(HERE))
    assert "without constraint" not in " ".join(told.values())
    assert "Of 1,000 of you, 80" in told["Female"]


def test_the_setting_without_constraint_is_not_compared_with_itself():
    told = cards(model(UNTOUCHED), here=UNTOUCHED)
    assert "without constraint" not in " ".join(told.values())
    assert "No bound is promised" in told["Whose records are used"]


def test_clipping_alone_promises_nothing():
    clipped = HERE.but(mechanism="clip_only")
    assert "No bound is promised" in cards(model(clipped), here=clipped)["Whose records are used"]


def test_one_seed_has_no_interval_and_what_is_not_measurable_is_not_told():
    told = cards(model(HERE, seeds=1, fidelity=math.nan))
    assert "Of 1,000 of you, 80 get" in told["Female"]
    assert told["Who has to explain"] == ""


def test_a_setting_that_is_not_trained_yet_has_cards_without_results():
    told = cards(model(UNTOUCHED))
    assert "Of 1,000" not in told["Female"] and "2,710 of the people" in told["Female"]
    assert told["Who decides"].startswith("One prediction for everybody")


def test_of_many_groups_the_smallest_and_the_largest_have_cards():
    here = HERE.but(protected="race")
    groups = {
        f"{name}[race={race}]": 10.0
        for name in ("people", "positives", "selected", "true_positives")
        for race in ("Amer-Indian-Eskimo", "Asian-Pac-Islander", "Black", "Other", "White")
    }
    found = stakeholders(among(model(here, figures=groups), here=here))
    assert len(found) == 4 + 3


@pytest.mark.parametrize("bad", ["<script>alert(1)</script>"])
def test_a_page_of_cards_is_text_and_has_every_card(bad):
    found = stakeholders(among(model(HERE)))
    page = stakeholder_cards(found, bad)
    assert bad not in page and page.count("<article>") == len(found)
    assert all(one.title in page for one in found)
