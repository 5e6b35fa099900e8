import pandas as pd
import pytest

from tradeoffs.scenario import Scenario
from tradeoffs.studies import group_share

ASKED = Scenario(dataset="gss", label="income_25k", protected="race", rows=1_500, epsilon=None)


@pytest.fixture(scope="module")
def told():
    index = ["measure", "whom", "share"]
    return pd.DataFrame(group_share.answer(ASKED)).set_index(index).sort_index()


def test_the_smallest_share_is_what_others_are_compared_with(told):
    for whom in group_share.WHOM:
        assert (told.loc[("change", whom, 0.02), ["value", "low", "high"]] == 0).all()
        change = told.loc[("change", whom, 0.5), "value"]
        levels = told.loc[("accuracy", whom)]["value"]
        assert change == pytest.approx(levels[0.5] - levels[0.02], abs=1e-9)


def test_half_of_the_people_move_right_answers_as_plain_logistic_regression_does(told):
    """Checked before with scikit-learn: +2.2 points for Black people, -.2 for others, noisy."""
    for whom, expected in (("black", 0.022), ("others", -0.002)):
        found = told.loc[("change", whom, 0.5)]
        assert found["low"] <= expected <= found["high"]


def test_everybody_is_asked(told):
    people = told["people"].groupby("whom").first()
    assert people["black"] + people["others"] == 5_994
