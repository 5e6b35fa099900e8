"""Memorisation: members differ from others by memory alone, as the project measures it."""

import numpy as np
import pytest

from tradeoffs.attacks.membership import membership_mask
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.attack import membership_inference
from tradeoffs.scenario import Scenario
from tradeoffs.studies import memorisation
from tradeoffs.studies.memorisation import DIFFERENCE, EVERYONE, answer, figures

HERE = Scenario(rows=200, width=0, protected="sex", epsilon=None)


@pytest.fixture(scope="module")
def rows():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(memorisation, "WIDTHS", (0, 8))
        return {
            (row["width"], row["ridge"], row["group"], row["what"]): row
            for row in answer(HERE, "width", "both")
        }


def test_both_accuracies_and_the_area_are_those_of_the_projects_attack(rows):
    leak = membership_inference(HERE.but(rows=400), memorisation.MODELS)
    own = {what: rows[0, "with", EVERYONE, what]["value"] for what in memorisation.WHAT}
    assert own["trained"] == pytest.approx(leak.accuracy_members)
    assert own["new"] == pytest.approx(leak.accuracy_others)
    assert own["attack"] == pytest.approx(leak.find("lira", None).value)


def test_the_gap_is_one_accuracy_minus_the_other(rows):
    for width, ridge in ((0, "with"), (8, "without")):
        one, other, gap = (
            rows[width, ridge, "Male", what]["value"] for what in ("trained", "new", "gap")
        )
        assert gap == pytest.approx(one - other)


def test_groups_are_compared_smallest_minus_largest(rows):
    apart = rows[0, "with", DIFFERENCE, "attack"]
    assert (apart["small"], apart["large"]) == ("Female", "Male")
    assert rows[0, "with", "Female", "attack"]["compared"] == "smallest"
    one, other = (rows[0, "with", group, "attack"]["value"] for group in ("Female", "Male"))
    assert apart["value"] == pytest.approx(one - other)
    assert apart["low"] < apart["value"] < apart["high"]


def test_contrasts_are_differences_of_what_they_compare(rows):
    def gap(width: int, ridge: str) -> float:
        return rows[width, ridge, EVERYONE, "gap"]["value"]

    free = rows[8, DIFFERENCE, EVERYONE, "gap"]
    assert free["value"] == pytest.approx(gap(8, "without") - gap(8, "with"))
    grown = rows[8, "without", EVERYONE, "grown"]["value"]
    assert grown == pytest.approx(gap(8, "without") - gap(0, "without"))
    assert rows[0, "with", EVERYONE, "grown"]["low"] == rows[0, "with", EVERYONE, "grown"]["high"]


def test_models_that_remember_nothing_show_no_gap():
    people = np.arange(400)
    member = membership_mask(people, 32, 0)
    sure = np.random.default_rng(0).normal(1, 1, member.shape)
    told = figures({(0, "with"): sure}, member, {EVERYONE: people >= 0})
    found = {row["what"]: row for row in told}
    assert found["gap"]["low"] < 0 < found["gap"]["high"]
    assert found["attack"]["low"] < 0.5 < found["attack"]["high"]


def test_a_model_that_remembers_everybody_is_recognised_by_it():
    people = np.arange(400)
    member = membership_mask(people, 32, 0)
    sure = np.where(member, 5.0, -5.0) + np.random.default_rng(0).normal(0, 0.1, member.shape)
    told = figures({(0, "with"): sure}, member, {EVERYONE: people >= 0})
    found = {row["what"]: row for row in told}
    assert found["gap"]["value"] == found["attack"]["value"] == 1


def test_a_mechanism_is_refused():
    with pytest.raises(InvalidInput, match="mechanism"):
        answer(HERE.but(epsilon=1.0), "rows", "with")


def test_an_unknown_ridge_is_named_with_those_that_are_known():
    with pytest.raises(InvalidInput, match="both"):
        answer(HERE, "rows", "some")
