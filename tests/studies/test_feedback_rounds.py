"""Feedback rounds: the operator keeps its laws, and thresholds keep their notion."""

import numpy as np
import pytest
from fairlearn.metrics import demographic_parity_difference, equal_opportunity_difference

from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.studies import feedback_rounds
from tradeoffs.studies.feedback_rounds import (
    CHOSEN,
    DIFFERENCE,
    KEPT,
    State,
    answer,
    thresholds,
)

HERE = Scenario(protected="sex", rows=300, width=0, epsilon=None)
STATE = State(repay=np.array([0.2, 0.4]), apply=np.array([0.5, 0.5]))


@pytest.fixture(scope="module")
def rows():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feedback_rounds, "ROUNDS", 2)
        return {
            (r["notion"], r["retrain"], r["round"], r["group"], r["what"]): r["value"]
            for r in answer(HERE, 1.0, "both")
        }


def test_without_credit_nothing_changes():
    after = STATE.next(np.zeros((2, 2)), harm=4.0)
    assert np.array_equal(after.repay, STATE.repay)
    assert np.array_equal(after.apply, STATE.apply)


def test_repaid_credit_lifts_a_group_and_unpaid_credit_pulls_it_down():
    only_good, everybody = np.array([[0, 1], [0, 1]]), np.ones((2, 2))
    assert (STATE.next(only_good, harm=4.0).repay > STATE.repay).all()
    assert STATE.next(everybody, harm=4.0).repay == pytest.approx([0.2 - 0.15, 0.4 - 0.1])


def test_harm_of_one_balances_where_half_of_the_credit_is_repaid():
    half = State(repay=np.array([0.5, 0.5]), apply=np.array([0.3, 0.7]))
    assert np.array_equal(half.next(np.ones((2, 2)), harm=1.0).repay, half.repay)


def test_a_group_that_gets_more_credit_applies_more():
    after = STATE.next(np.array([[1.0, 1.0], [0.0, 0.0]]), harm=1.0)
    assert after.apply[0] > STATE.apply[0] and after.apply.sum() == pytest.approx(1)


@pytest.mark.parametrize(
    ("notion", "difference"),
    [
        ("demographic_parity", demographic_parity_difference),
        ("equal_opportunity", equal_opportunity_difference),
    ],
)
def test_thresholds_keep_the_notion_as_fairlearn_measures_it(notion, difference):
    random = np.random.default_rng(0)
    group, label = random.integers(0, 2, 20_000), random.random(20_000) < 0.3
    scores = random.normal(label + group, 1)
    cell = [label[group == g].mean() for g in (0, 1)]
    state = State(repay=np.array(cell), apply=np.bincount(group) / len(group))
    decided = scores >= thresholds(state, label, group, scores, notion)[group]
    plain = difference(label, scores >= 0, sensitive_features=group)
    assert difference(label, decided, sensitive_features=group) < 0.002 < plain


def test_differences_are_of_what_they_compare(rows):
    at = ("Female", "repay")
    apart = rows["one_threshold", "every", 2, *at] - rows["one_threshold", "once", 2, *at]
    assert rows["one_threshold", DIFFERENCE, 2, *at] == pytest.approx(apart)
    more = rows[CHOSEN, "once", 2, *at] - rows["demographic_parity", "once", 2, *at]
    assert rows[CHOSEN, "once", 2, "Female", "over_parity"] == pytest.approx(more)


def test_every_notion_begins_where_the_table_is(rows):
    for notion in (*KEPT, CHOSEN):
        assert rows[notion, "once", 0, "Female", "repay"] == pytest.approx(0.1095, abs=1e-4)
        assert rows[notion, "once", 0, "all", "widened"] == 0


def test_a_harm_below_zero_is_refused():
    with pytest.raises(InvalidInput, match="harm"):
        answer(HERE, -1.0, "once")


def test_an_unknown_way_to_retrain_is_refused():
    with pytest.raises(InvalidInput, match="every"):
        answer(HERE, 1.0, "sometimes")
