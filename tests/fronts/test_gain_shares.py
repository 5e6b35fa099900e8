"""Shares of gains: they add up, are told with an interval, and mean nothing where nobody gains."""

import numpy as np
import pytest

from tradeoffs.fronts.gain_shares import gain_shares, unanimous
from tradeoffs.fronts.gains import Gain, Paired

RNG = np.random.default_rng(11)
ZERO = np.zeros(0, int)


def gain(name: str, mean: float, noise: float = 0.002, seeds: int = 8, first: int = 0) -> Gain:
    values = mean + RNG.normal(0, noise, seeds)
    right = Paired(
        seeds=np.arange(first, first + seeds),
        values=values,
        pulls=np.zeros((seeds, 0)),
        row_id=ZERO,
    )
    told = right.difference("accuracy")
    return Gain(community=name, accuracy=told, log_loss=told, right=right, loss=right)


def test_shares_add_up_to_one_and_follow_the_gains():
    each = [gain("a", 0.01), gain("b", 0.03), gain("c", 0.06)]
    found = gain_shares(each, "accuracy")
    assert found is not None
    assert sum(one.mean for one in found) == pytest.approx(1)
    total = sum(one.right.values.mean() for one in each)
    for one, own in zip(found, each, strict=True):
        assert one.mean == pytest.approx(own.right.values.mean() / total)
        assert one.interval is not None and one.interval[0] < one.mean < one.interval[1]


def test_an_interval_of_a_share_holds_it_about_nineteen_times_of_twenty():
    inside = 0
    for _ in range(400):
        found = gain_shares([gain("a", 0.01, 0.01), gain("b", 0.03, 0.01)], "accuracy")
        if found is None or found[0].interval is None:
            inside += 1  # nothing is claimed
            continue
        low, high = found[0].interval
        inside += low <= 0.25 <= high
    assert 0.91 <= inside / 400 <= 0.99


def test_no_share_is_told_where_the_sum_cannot_be_told_from_none():
    assert gain_shares([gain("a", 0.0), gain("b", 0.0)], "accuracy") is None
    assert gain_shares([gain("a", -0.02), gain("b", 0.01)], "accuracy") is None
    assert gain_shares([gain("a", 0.02, seeds=1), gain("b", 0.01, seeds=1)], "accuracy") is None


def test_seeds_that_some_lack_are_left_out():
    late = gain("b", 0.03, seeds=4, first=4)
    whole = gain("a", 0.01)
    found = gain_shares([whole, late], "accuracy")
    assert found is not None
    own = whole.right.values[4:].mean()
    assert found[0].mean == pytest.approx(own / (own + late.right.values.mean()))


def test_a_coalition_is_named_only_where_every_member_can_be_told_to_gain():
    found = unanimous(
        {
            "sure": [gain("a", 0.05), gain("b", 0.04)],
            "one unsure": [gain("a", 0.05), gain("b", 0.0)],
            "one loses": [gain("a", 0.05), gain("b", -0.05)],
            "not there": [],
        },
        "accuracy",
    )
    assert found == ("sure",)
