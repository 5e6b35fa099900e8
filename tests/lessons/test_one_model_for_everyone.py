"""The room of the lesson: three rules, decided on one half and told on the other."""

import numpy as np
import pandas as pd
import pytest

from tradeoffs.lessons.one_model_for_everyone import (
    BOUNDS,
    COMPROMISE,
    LESSON,
    MAJORITY,
    MAXIMIN,
    _between,
    _by_seat,
    _decided,
    _losses,
    _seats,
    _weight,
)

GAPS = dict(zip(BOUNDS, (0.30, 0.20, 0.12, 0.05, 0.03, 0.01), strict=True))
RIGHT = dict(zip(BOUNDS, (0.80, 0.79, 0.78, 0.77, 0.74, 0.70), strict=True))


@pytest.fixture
def table():
    rows = [
        {"max_gap": b, "seed": s, "split": split, "accuracy": RIGHT[b] + s / 1e4, "gap": GAPS[b]}
        for b in BOUNDS
        for s in range(3)
        for split in ("select", "report")
    ]
    return pd.DataFrame(rows)


def by_hand(weights):
    """Return the rules' bounds by their definitions, seat by seat."""
    value = [[(1 - w) * RIGHT[b] - w * GAPS[b] for b in BOUNDS] for w in weights]
    loss = [[max(seat) - one for one in seat] for seat in value]
    votes = [sum(seat[b] == 0 for seat in loss) for b in range(len(BOUNDS))]
    total = [sum(seat[b] for seat in loss) for b in range(len(BOUNDS))]
    worst = [max(seat[b] for seat in loss) for b in range(len(BOUNDS))]
    first = min((-votes[b], total[b], b) for b in range(len(BOUNDS)))[2]
    return {MAJORITY: first, MAXIMIN: int(np.argmin(worst)), COMPROMISE: int(np.argmin(total))}


@pytest.mark.parametrize(
    "weights", [(0.0, 0.0, 1.0), (0.0, 1.0, 1.0), (0.0, 0.1, 0.5, 1.0), (0.2,)]
)
def test_each_rule_takes_what_its_definition_says(table, weights):
    assert _decided(table, weights) == by_hand(weights)


def test_a_room_of_one_mind_loses_nothing_by_any_rule(table):
    decided = _decided(table, (0.1, 0.1))
    assert decided is not None and len(set(decided.values())) == 1
    losses = _losses(table, (0.1, 0.1), decided[MAJORITY])
    assert losses is not None and not losses.any()


def test_the_worst_off_never_lose_more_where_they_come_first(table):
    setting = LESSON.setting(2)
    for seats in ("none+none+0", "0+0+none", "50+20+1+1", "none+10"):
        found = _between(table, setting.but({"seats": seats}))
        assert found is not None and found.value >= -1e-12


def test_every_seat_has_a_row_a_rule(table):
    found = _by_seat(table, LESSON.setting(2, {"seats": "none+5+5+0"}))
    assert len(found) == 4 * 3 and found["value"].to_numpy(float).min() >= -1e-12


def test_a_trade_is_a_weight():
    assert [_weight(one) for one in (None, "none", 1, "4", 0)] == [0.0, 0.0, 0.5, 0.2, 1.0]


def test_rules_that_take_the_same_bound_are_drawn_as_one(table):
    drawn = _seats(table, LESSON.setting(2, {"seats": "5+5"})).to_dict()["data"]
    assert [part["name"] for part in drawn] == ["majority, worst-off first, least in total"]
    apart = _seats(table, LESSON.setting(2, {"seats": "none+none+0"})).to_dict()["data"]
    assert len(apart) > 1
