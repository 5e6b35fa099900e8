"""The made-up small group: its generator, and prices that are paired with no privacy."""

import numpy as np
import pandas as pd
import pytest
from fairlearn.metrics import MetricFrame
from sklearn.metrics import accuracy_score

from tradeoffs.data.load import load_split
from tradeoffs.data.made_up_group import ATTRIBUTE, OTHERS, SMALL, add_group
from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.studies import minority_cost
from tradeoffs.studies.minority_cost import answer, right

HERE = Scenario(rows=300, width=0, epsilon=1.0)
PEOPLE = load_split("adult").report


@pytest.fixture(scope="module")
def rows():
    return pd.DataFrame(answer(HERE, 0.2, "reversed", "budgets"))


def test_nobody_in_the_group_changes_nobody():
    table = add_group(PEOPLE, 0.0, "reversed")
    assert np.array_equal(table.codes[:, :-1], PEOPLE.codes) and not table.codes[:, -1].any()
    assert np.array_equal(table.label, PEOPLE.label)


def test_only_members_are_turned_around_and_the_column_tells_them():
    table = add_group(PEOPLE, 0.1, "reversed")
    inside = table.protected[ATTRIBUTE] == 1
    assert np.array_equal(table.codes[:, -1], inside)
    assert np.array_equal(table.label, PEOPLE.label ^ inside)
    assert inside.mean() == pytest.approx(0.1, abs=0.01)
    assert np.array_equal(add_group(PEOPLE, 0.1, "same").label, PEOPLE.label)


def test_a_larger_group_holds_the_smaller_one():
    small, large = (add_group(PEOPLE, share, "same").protected[ATTRIBUTE] for share in (0.05, 0.2))
    assert (small <= large).all() and small.sum() < large.sum()


def test_shares_of_right_answers_are_fairlearns(rows):
    found, asked = right(HERE, 0.2, "reversed", minority_cost._trials(HERE, "budgets"))
    said = np.where(found[-1], asked.label, ~asked.label)  # without privacy
    group = np.array([OTHERS, SMALL])[asked.protected[ATTRIBUTE]]
    frames = [
        MetricFrame(
            metrics=accuracy_score, y_true=asked.label, y_pred=one, sensitive_features=group
        ).by_group
        for one in said
    ]
    told = rows[rows["epsilon"].isna() & (rows["what"] == "right")].set_index("group")["value"]
    for name in (OTHERS, SMALL):
        assert told[name] == pytest.approx(np.mean([frame[name] for frame in frames]))


def test_without_privacy_there_is_no_price_and_differences_add_up(rows):
    free = rows[rows["epsilon"].isna() & (rows["what"] == "price")]
    assert (free[["value", "low", "high"]] == 0).all(axis=None)
    for _, part in rows[rows["what"] == "price"].groupby("epsilon"):
        value = part.set_index("group")["value"]
        assert value["difference"] == pytest.approx(value[SMALL] - value[OTHERS])


def test_a_budget_has_one_answer_whatever_it_is_compared_with(rows):
    ways = pd.DataFrame(answer(HERE, 0.2, "reversed", "clipping"))
    asked = "epsilon == 1 and what == 'right' and clipping == 'flat'"
    one, other = (
        part.query(asked).set_index("group").loc[:, ["value", "low", "high"]]
        for part in (rows, ways)
    )
    pd.testing.assert_frame_equal(one, other)
    elsewhere = answer(HERE.but(epsilon=8.0), 0.2, "reversed", "budgets")
    assert elsewhere == rows.replace({float("nan"): None}).to_dict("records")


def test_the_same_scenario_gives_the_same_records():
    assert answer(HERE, 0.1, "same", "clipping") == answer(HERE, 0.1, "same", "clipping")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"share": 1.5}, r"share=1.5 must be in \[0, 1\]"),
        ({"pattern": "odd"}, "unknown pattern 'odd'; known: reversed, same"),
        ({"compare": "all"}, "unknown compare 'all'; known: budgets, clipping"),
    ],
)
def test_what_is_not_known_is_refused(changes, told):
    with pytest.raises(InvalidInput, match=told):
        answer(HERE, **({"share": 0.1, "pattern": "same", "compare": "budgets"} | changes))


def test_ways_of_clipping_need_a_budget():
    with pytest.raises(InvalidInput, match="epsilon=none gives no privacy"):
        answer(HERE.but(epsilon=None), 0.1, "same", "clipping")
