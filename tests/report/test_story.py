import math
import re

import pytest

from tests.report.conftest import HERE, UNTOUCHED
from tradeoffs.fronts import Difference
from tradeoffs.report.sentences.story import story
from tradeoffs.stats.proportions import Share


def group(name: str, net: float, half: float = 0.01, *, wanted: float = 0.2, **more) -> dict:
    row = {"group": name, "wanted": wanted, "net": net, "gain": max(net, 0), "lose": max(-net, 0)}
    for quantity in ("wanted", "net"):
        row |= {f"{quantity}_low": row[quantity] - half, f"{quantity}_high": row[quantity] + half}
    return row | more


def told(*rows: dict) -> str:
    (said,) = story(HERE, None, rows, None)
    return said.text


def test_the_group_that_loses_most_is_named_with_its_interval():
    assert told(group("a", -0.1), group("b", 0.0)) == (
        "The group a loses most: of 100 people 10.0 fewer get the answer (95 %: 9.0 to 11.0)."
    )


def test_a_group_whose_change_is_like_anothers_is_not_called_alone():
    text = told(group("a", -0.1), group("b", -0.099), group("c", 0.1))
    assert text.endswith("which cannot be told apart from the change in b.")


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
    assert right.text == "Of 1,000 people 850 are decided correctly (95 %: 840 to 860)."
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
