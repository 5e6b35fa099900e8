import pytest

from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.studies.community_gains import OTHERS
from tradeoffs.studies.community_gains import answer as gains
from tradeoffs.studies.withdrawals import answer

BASE = Scenario(
    dataset="gss", label="income_25k", communities="towns.4", rows=60, epsilon=None, remedy="fedavg"
)
TOWNS = ("town 1", "town 2", "town 3", "town 4")


@pytest.fixture(scope="module")
def left():
    return answer(BASE)


def test_everybody_leaves_in_turn_and_everybody_is_told_of(left):
    assert [(one["leaver"], one["community"]) for one in left] == [
        (leaver, name) for leaver in TOWNS for name in (*TOWNS, OTHERS)
    ]


def test_who_leaves_loses_what_it_gained(left):
    own = [one["value"] for one in left if one["leaver"] == one["community"]]
    gained = [one["value"] for one in gains(BASE, "") if one["community"] in TOWNS]
    assert own == pytest.approx([-value for value in gained])


def test_the_mean_of_those_who_stay_is_that_of_their_rows(left):
    for leaver in TOWNS:
        rows = [one for one in left if one["leaver"] == leaver]
        stay = [one["value"] for one in rows if one["community"] not in (leaver, OTHERS)]
        assert rows[-1]["value"] == pytest.approx(sum(stay) / 3)


def test_one_who_leaves_alone_has_the_numbers_that_it_has_in_turn(left):
    assert answer(BASE.but(home="town 2")) == [one for one in left if one["leaver"] == "town 2"]


def test_nobody_can_leave_two_of_whom_one_would_be_left():
    with pytest.raises(InvalidInput):
        answer(BASE.but(communities="towns.2"))
