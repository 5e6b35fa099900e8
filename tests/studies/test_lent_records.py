import pytest

from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.studies.community_gains import answer as gains
from tradeoffs.studies.lent_records import GUESSING, OTHERS, YOU, answer

BASE = Scenario(
    dataset="gss",
    label="income_25k",
    communities="towns.3",
    home="town 2",
    rows=60,
    epsilon=None,
    remedy="pooled",
)


@pytest.fixture(scope="module")
def choice():
    return {(one["against"], one["model"]): one for one in answer(BASE, "choice")}


@pytest.fixture(scope="module")
def traces():
    return {(one["model"], one["against"]): one["value"] for one in answer(BASE, "traces")}


def test_both_ways_from_alone_to_lending_come_to_the_same(choice):
    way = choice["alone", "withhold"]["value"] + choice["withhold", "lend"]["value"]
    assert choice["alone", "lend"]["value"] == pytest.approx(way)


def test_lending_over_alone_is_the_gain_of_the_partnership(choice):
    (one,) = gains(BASE, "")
    assert choice["alone", "lend"]["value"] == pytest.approx(one["value"], abs=1e-6)


def test_a_model_leaves_more_traces_the_fewer_it_learned_from(traces):
    assert traces["alone", GUESSING] > traces["lend", GUESSING]


def test_a_model_without_the_records_has_no_traces_of_them(traces):
    assert traces["withhold", GUESSING] == pytest.approx(0.5, abs=0.05)


def test_more_traces_are_the_difference_of_two_attacks(traces):
    apart = traces["lend", GUESSING] - traces["withhold", GUESSING]
    assert traces["lend", "withhold"] == pytest.approx(apart)


def test_a_condition_that_changes_nothing_changes_nobody():
    found = answer(BASE.but(epsilon=8), "conditions", 8.0)
    same = [one for one in found if one["condition"] == "strict_with_holder"]
    assert [(one["who"], one["value"]) for one in same] == [(YOU, 0), (OTHERS, 0)]


@pytest.mark.parametrize(("ask", "told"), [("price", "unknown ask"), ("conditions", "own_epsilon")])
def test_what_cannot_be_asked_is_refused(ask, told):
    with pytest.raises(InvalidInput, match=told):
        answer(BASE, ask)
