import math

import numpy as np
import pytest

from tradeoffs.data.load import load_split
from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.studies.implied_alarms import _off, implied
from tradeoffs.studies.implied_alarms import answer as implied_answer
from tradeoffs.studies.quota_elsewhere import change
from tradeoffs.studies.rule_fronts import answer as fronts_answer
from tradeoffs.studies.rule_gaps import GROUPS, RULES, answer, gap
from tradeoffs.values.fairness.notion import GroupCounts

LOANS = Scenario.of(
    dataset="loanapp", label="approved", protected="race", epsilon=None, max_gap=0.02, rows=300
)


def counts(*groups, runs=2):
    """Return counts of groups (people, positives, selected, true positives), alike in all runs."""
    names = ("people", "positives", "selected", "true_positives")
    each = {
        name: np.tile([float(one[place]) for one in groups], (runs, 1))
        for place, name in enumerate(names)
    }
    none = np.full_like(each["people"], np.nan)
    return GroupCounts(**each, scores=none, squared_errors=none, weighted=None)


def test_a_gap_is_the_first_groups_rate_less_the_seconds():
    found = gap(counts((200, 50, 30, 20), (400, 100, 80, 60)), "true_positive_rate")
    assert found["value"] == pytest.approx(20 / 50 - 60 / 100)
    # Agresti and Caffo 2000: one more success and one more failure in each group
    error = math.sqrt((21 / 52) * (31 / 52) / 52 + (61 / 102) * (41 / 102) / 102)
    assert found["high"] - found["value"] == pytest.approx(1.96 * error, rel=1e-3)


def test_the_rate_of_a_group_that_is_found_whole_is_not_taken_for_certain():
    found = gap(counts((200, 40, 60, 40), (400, 100, 80, 100)), "true_positive_rate")
    assert found["value"] == 0 and found["low"] < 0 < found["high"]


def test_a_rate_of_too_few_people_is_not_measurable():
    few = counts((44, 30, 35, 28), (336, 308, 320, 300))
    assert gap(few, "false_positive_rate") == {"value": None, "low": None, "high": None}
    assert gap(few, "selection_rate")["value"] is not None


def test_every_rule_is_reported_with_the_people_it_rests_on():
    found = answer(LOANS)
    assert {one["rule"] for one in found} == {None, *RULES}
    assert {one["people"] for one in found} == {44}
    with pytest.raises(InvalidInput):
        answer(LOANS.but(max_gap=None))


@pytest.mark.parametrize("precision", [0.3, 0.7, 1.0])
@pytest.mark.parametrize("found", [0.1, 0.9])
def test_both_wishes_leave_what_chouldechova_says(precision, found):
    _, value, _ = implied(counts((2000, 200, 0, 0), (3000, 900, 0, 0)), precision, found)
    expected = [(p / (1 - p)) * (1 - precision) / precision * found for p in (0.1, 0.3)]
    assert value == pytest.approx(expected)


def test_the_identity_holds_for_any_counts():
    assert _off([counts((2000, 200, 300, 150), (3000, 900, 800, 500))]) < 1e-12


def test_a_wish_out_of_its_bounds_is_refused():
    with pytest.raises(InvalidInput):
        implied_answer(LOANS, precision=0.0, found=0.5)


def test_a_quota_that_changes_nothing_there_is_no_different_from_home():
    same = counts((200, 50, 30, 20), (400, 100, 80, 60), runs=3)
    for place in (0, 1):
        assert change(same, same, place)["value"] == 0


def test_the_fronts_judge_the_same_models_by_either_gap_and_share_the_unbounded_one():
    found = fronts_answer(LOANS)
    free = [one for one in found if one["max_gap"] is None and one["judged"] == "selection_rate"]
    by_rule = {rule: [o["gap"] for o in free if o["rule"] == rule] for rule in RULES}
    assert all(one == by_rule["quota"] for one in by_rule.values())
    accuracy = [
        [one["accuracy"] for one in found if one["judged"] == judged]
        for judged in ("selection_rate", "true_positive_rate")
    ]
    assert accuracy[0] == accuracy[1]


def test_the_groups_are_those_of_the_tables():
    for dataset, label in (("meps", "visits_10"), ("loanapp", "approved")):
        attribute, groups = GROUPS[dataset]
        assert set(groups) <= set(load_split(dataset, label).train.groups[attribute])
