"""Regulations: what each says of measured rates, and what no number can say."""

import math

import numpy as np
import pytest
from statsmodels.stats.proportion import proportion_confint

from tradeoffs.errors import InvalidInput
from tradeoffs.language.current import in_language
from tradeoffs.stats.two_shares import Interval
from tradeoffs.values.regulations.catalogue import REGULATIONS, regulations_at
from tradeoffs.values.regulations.jurisdiction import JURISDICTIONS
from tradeoffs.values.regulations.published_budget import PUBLISHED_BUDGETS
from tradeoffs.values.regulations.regulation import Evidence

each = pytest.mark.parametrize("rule", REGULATIONS.values(), ids=lambda one: one.name)
EXACT = ("same_cutoff", "credit_characteristics")  # read off the setting, not off rates


def evidence(*counts: tuple[int, int], seen=False, by_group=False, fidelity=None) -> Evidence:
    """Return the evidence of groups a, b, c with (selected, people) each."""
    people = {name: of for name, (_, of) in zip("abc", counts, strict=False)}
    rates = {
        name: Interval(yes / of, *np.array(proportion_confint(yes, of, method="wilson")).tolist())
        for name, (yes, of) in zip("abc", counts, strict=False)
        if of >= 30
    }
    return Evidence(
        people=people,
        rates=rates,
        group_seen=seen,
        group_at_decision=by_group,
        fidelity=fidelity,
    )


def screen(name: str, *counts, **more):
    return REGULATIONS[name].screen(evidence(*counts, **more))


@each
def test_a_rule_says_where_when_and_how_it_was_read(rule):
    assert rule.place in JURISDICTIONS and 1900 < rule.year <= 2026
    for text in (rule.title, rule.source, rule.asks, rule.limits):
        assert text.strip() == text and text
    assert rule.url.startswith("https://")


@each
def test_equal_rates_of_many_people_fail_no_rule(rule):
    found = rule.screen(evidence((5_000, 10_000), (5_000, 10_000)))
    assert found.verdict == ("admissible" if rule.number else "duty")


@each
def test_a_rule_that_names_no_number_is_a_duty_whatever_was_measured(rule):
    cases = [evidence((0, 10_000), (9_000, 10_000)), evidence((1, 3)), evidence((0, 50), (0, 50))]
    verdicts = {rule.screen(one).verdict for one in cases}
    assert ("duty" in verdicts) == (not rule.number)
    assert not rule.number or verdicts <= {"admissible", "not admissible", "cannot be told"}


def test_four_fifths_of_the_guidelines_own_example():
    """Their question 11: 48 of 80 white and 12 of 40 black applicants, a ratio of one half."""
    found = screen("four_fifths", (48, 80), (12, 40))
    assert found.number is not None
    assert found.number.value == pytest.approx(0.5)
    assert found.verdict == "not admissible" and "50 % of the highest rate" in found.reason


@pytest.mark.parametrize(
    ("low", "verdict"),
    [(3_000, "not admissible"), (3_990, "cannot be told"), (4_200, "admissible")],
)
def test_where_the_interval_crosses_the_threshold_it_cannot_be_told(low, verdict):
    assert screen("four_fifths", (5_000, 10_000), (low, 10_000)).verdict == verdict


def test_a_small_difference_that_is_significant_is_said_to_be():
    assert (
        "statistically significant"
        in screen("four_fifths", (5_000, 10_000), (4_500, 10_000)).reason
    )
    assert "significant" not in screen("four_fifths", (5_000, 10_000), (4_990, 10_000)).reason


def test_one_group_that_surely_fails_decides():
    found = screen("four_fifths", (500, 1_000), (10, 31), (300, 1_000))
    assert found.verdict == "not admissible"


def test_a_ratio_and_a_difference_disagree_both_ways():
    few, many = ((600, 10_000), (400, 10_000)), ((9_000, 10_000), (8_000, 10_000))
    verdicts = {
        name: [screen(name, *rates).verdict for rates in (few, many)]
        for name in ("four_fifths", "colorado_draft")
    }
    assert verdicts["four_fifths"] == ["not admissible", "admissible"]
    assert verdicts["colorado_draft"] == ["admissible", "not admissible"]


@pytest.mark.parametrize("name", ["four_fifths", "colorado_draft"])
def test_one_group_alone_compares_nothing(name):
    found = screen(name, (50, 100), (2, 5))
    assert found.verdict == "cannot be told"
    assert found.reason.startswith("Not measurable: 1 of 2 groups")


def test_where_nobody_is_selected_there_is_no_ratio():
    found = screen("four_fifths", (0, 100), (0, 100))
    assert found.verdict == "cannot be told" and found.number is None
    assert "nobody" in found.reason.lower()


@pytest.mark.parametrize(
    ("seen", "by_group", "verdicts"),
    [
        (False, False, ["admissible", "admissible"]),
        (True, False, ["admissible", "not admissible"]),
        (False, True, ["not admissible", "not admissible"]),
    ],
)
def test_who_knows_the_group_decides_without_any_number(seen, by_group, verdicts):
    found = [screen(name, seen=seen, by_group=by_group) for name in EXACT]
    assert [one.verdict for one in found] == verdicts
    assert [one.number for one in found] == [None, None]


def test_a_ratio_to_publish_names_categories_that_may_be_left_out():
    found = screen("local_law_144", (500, 1_000), (400, 1_000), (20, 39))
    assert found.verdict == "duty" and found.number is not None
    assert found.number.value == pytest.approx(0.4 / (20 / 39))
    assert "Below 2 % of the people and may be left out: c." in found.reason


def test_an_explanation_is_owed_however_true_it_is():
    for value in (0.5, 0.99):
        found = screen("adverse_action", fidelity=Interval(value, value - 0.01, value + 0.01))
        assert found.verdict == "duty" and f"{100 * value:.1f} %" in found.reason
    assert "not measurable" in screen("adverse_action").reason


def test_rules_of_a_larger_place_hold_within_it():
    inner, outer = (regulations_at(name) for name in ("new_york_city", "us_employment"))
    assert set(outer) < set(inner)
    with pytest.raises(InvalidInput, match="unknown jurisdiction 'atlantis'"):
        regulations_at("atlantis")


def test_each_place_has_a_rule():
    assert {rule.place for rule in REGULATIONS.values()} == set(JURISDICTIONS)


@pytest.mark.parametrize("one", PUBLISHED_BUDGETS.values(), ids=lambda one: one.name)
def test_a_published_budget_names_whom_it_protects_and_where_it_was_declared(one):
    assert 0 < one.epsilon < 100 and 0 <= one.delta < 1e-5 and math.isfinite(one.epsilon)
    assert one.unit and one.source and one.url.startswith("https://")
    assert one.model in ("central", "local")


def test_the_census_declared_the_sum_of_its_two_files():
    assert PUBLISHED_BUDGETS["census_redistricting"].epsilon == pytest.approx(17.14 + 2.47)


def test_a_group_is_called_in_the_language_of_the_run():
    people = {"Female": 1000, "Male": 1000}
    rates = {"Female": Interval(0.2, 0.18, 0.22), "Male": Interval(0.5, 0.47, 0.53)}
    of = Evidence(
        people=people, rates=rates, group_seen=False, group_at_decision=False, fidelity=None
    )
    with in_language("fr"):
        told = [one.screen(of).reason for one in REGULATIONS.values()]
    assert any("femmes" in one for one in told)
    assert not any("Female" in one or "Male" in one for one in told)
