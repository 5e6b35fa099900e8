import math
import re

import pytest

from tests.report.conftest import HERE, UNTOUCHED
from tradeoffs.fronts import Difference
from tradeoffs.report.sentences.story import story
from tradeoffs.stats.proportions import Share


def group(name: str, net: float, half: float = 0.01, *, wanted: float = 0.2, **more) -> dict:
    row = {"group": name, "wanted": wanted, "net": net, "gain": max(net, 0), "lose": max(-net, 0)}
    row["kept"] = wanted - row["gain"]
    for quantity in ("wanted", "net"):
        row |= {f"{quantity}_low": row[quantity] - half, f"{quantity}_high": row[quantity] + half}
    return row | more


def told(*rows: dict) -> str:
    (said,) = story(HERE, None, rows, None)
    return said.text


def test_the_group_that_loses_most_is_named_with_its_interval_and_its_share():
    assert told(group("a", -0.1, wanted=0.1), group("b", 0.0)) == (
        "The group a loses most: of 100 people 10.0 fewer get the answer (95 %: 9.0 to "
        "11.0), about 50 % of those who get it without constraint and privacy, which is "
        "also the largest share."
    )


def test_a_group_that_loses_more_in_proportion_is_told():
    text = told(group("a", -0.15, wanted=0.15), group("b", -0.06, wanted=0.0))
    assert text.startswith("The group a loses most: of 100 people 15.0 fewer")
    assert "about 50 % of those" in text
    assert text.endswith("; in the group b that share is about 100 %.")


@pytest.mark.parametrize(("sign", "verb", "more"), [(-1, "lose", "fewer"), (1, "gain", "more")])
def test_of_two_changes_that_cannot_be_told_apart_neither_is_said_to_be_larger(sign, verb, more):
    text = told(group("a", sign * 0.1), group("b", sign * 0.099))
    assert text == (
        f"Both groups {verb}: of 100 people, in the group a 10.0 {more} get the answer (95 %: 9.0 "
        "to 11.0) and in the group b 9.9 (95 %: 8.9 to 10.9); the two changes cannot be told apart."
    )


def test_among_several_groups_the_changes_that_are_alike_are_told():
    text = told(group("a", -0.1), group("b", -0.099), group("c", 0.1))
    assert text.endswith("from the change in b (−9.9): no group is said to lose most.")


def smaller_gap(distinguishable: bool = True) -> Difference:
    return Difference(
        column="gap",
        mean=-0.09,
        standard_error=0.02,
        interval=(-0.13, -0.05),
        seeds=8,
        distinguishable=distinguishable,
    )


def test_a_gap_that_shrinks_as_all_groups_lose_is_said_to():
    rows = [group("a", -0.15, wanted=0.1), group("b", -0.06, wanted=0.02)]
    (said,) = story(HERE, None, rows, None, smaller_gap())
    assert said.text == (
        "The gap is 9.0 points smaller (95 %: 5.0 to 13.0) through levelling down, because "
        "fewer get the answer in every group: of 100 people, 10.0 instead of 25.0 in the "
        "group a (about 60 % fewer) and 2.0 instead of 8.0 in the group b (about 75 % "
        "fewer)."
    )


@pytest.mark.parametrize(
    ("gap", "net"), [(smaller_gap(distinguishable=False), -0.06), (smaller_gap(), 0.0), (None, -1)]
)
def test_a_gap_is_levelled_down_only_beyond_chance_and_in_every_group(gap, net):
    rows = [group("a", -0.15, wanted=0.1), group("b", net, wanted=0.02)]
    (said,) = story(HERE, None, rows, None, gap)
    assert "levelling" not in said.text


def test_what_chance_alone_could_do_is_not_called_a_loss_or_a_gain():
    text = told(group("a", -0.01, 0.05), group("b", 0.02, 0.05))
    assert text == (
        "In no group does the number who get the answer change by more than chance; it changes "
        "most in b, by +2.0 of 100 (95 %: −3.0 to +7.0)."
    )


def test_where_nobody_loses_the_group_that_gains_most_is_told():
    assert told(group("a", 0.1), group("b", 0.0)).startswith(
        "The group a gains most: of 100 people"
    )


def test_one_training_and_no_change_are_said_to_be_so():
    assert "Only one training" in told(group("a", -0.1, math.nan))
    assert "none of 2 groups" in told(group("a", 0.0), group("b", 0.0))


def test_of_the_untouched_model_rates_and_decisions_are_told():
    rows = [group("a", 0.0, wanted=0.1), group("b", 0.0, wanted=0.3), group("c", 0.0, wanted=0.2)]
    right, often = story(UNTOUCHED, None, rows, Share(0.85, 0.84, 0.86, 0.005))
    assert right.text == "Of 1,000 people, 850 get a correct prediction (95 %: 840 to 860)."
    assert re.findall(r"group (\w)", often.text) == ["a", "b"]


def test_where_no_group_is_large_enough_nothing_is_told_of_groups():
    small = group("a", math.nan, wanted=math.nan)
    assert story(HERE, None, [small], None) == []


@pytest.mark.parametrize("untouched", [False, True])
def test_there_are_two_sentences_and_each_has_its_interval(untouched):
    change = Difference(
        column="accuracy",
        mean=-0.012,
        standard_error=0.001,
        interval=(-0.015, -0.009),
        seeds=8,
        distinguishable=True,
    )
    right = Share(0.85, 0.84, 0.86, 0.005) if untouched else None
    said = story(HERE, change, [group("a", -0.1), group("b", 0.1)], right)
    assert len(said) == 2 and all("95 %" in one.text for one in said)
