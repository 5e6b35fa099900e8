import numpy as np
import pandas as pd
import pytest

from tradeoffs.errors import InvalidInput
from tradeoffs.paths import DATA
from tradeoffs.scenario import Scenario
from tradeoffs.studies.decision_threshold import _told, answer

MEPS = Scenario.of(
    dataset="meps", label="cost_top_tenth", protected="race_ethnicity", mechanism="none"
)
STEPS = ["Poor", "Near poor", "Low income", "Middle income", "High income"]


def shares(records, group):
    return [r["value"] for r in records if (r["measure"], r["group"]) == ("share", group)]


def test_shares_are_those_that_pandas_counts_in_the_rows():
    rows = pd.read_parquet(DATA / "meps.parquet")
    asian = rows.loc[(rows["race_ethnicity"] == "Asian") & rows["age"].between(45, 64)]
    place = asian["poverty"].astype(str).map(STEPS.index)
    found = shares(answer(MEPS, "poverty", "45 to 64"), "Asian, not Hispanic")
    assert found == pytest.approx([(place >= step).mean() for step in range(1, 5)])


@pytest.mark.parametrize("feature", ["poverty", "office_visits", "emergency_visits"])
def test_a_higher_line_leaves_fewer_above(feature):
    found = shares(answer(MEPS, feature), "Black, not Hispanic")
    assert len(found) > 2 and found == sorted(found, reverse=True)


def test_a_gap_is_the_difference_of_shares_and_its_interval_that_of_two_samples():
    records = answer(MEPS, "poverty", "employed")
    at = [r for r in records if r["threshold"] == "high: 400 % or more"]
    own, base = (
        next(r for r in at if (r["measure"], r["group"]) == ("share", group))
        for group in ("Hispanic, of any race", "White, not Hispanic")
    )
    gap = next(r for r in at if (r["measure"], r["group"]) == ("gap", own["group"]))
    assert gap["value"] == pytest.approx(own["value"] - base["value"])
    parts = own["high"] - own["value"], base["value"] - base["low"]  # Newcombe 1998, method 10
    assert gap["high"] - gap["value"] == pytest.approx(np.hypot(*parts))


def test_a_share_of_nobody_or_everybody_is_not_known_for_certain():
    for yes in (0, 38):
        alone, gap = _told((yes, 38), None), _told((yes, 38), (yes, 38))
        assert alone["low"] < alone["high"] and gap["low"] < 0 < gap["high"]


def test_groups_of_few_people_are_not_told_of():
    records = answer(MEPS.but(protected="race"), "poverty", "65 or over")
    assert all(r["value"] is None for r in records if r["people"] < 20)
    assert any(r["value"] is not None for r in records)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"feature": "shoes"}, "unknown feature 'shoes'; known: age, sex"),
        ({"who": "dogs"}, "unknown who 'dogs'; known: all adults, 18 to 44"),
    ],
)
def test_what_cannot_be_asked_is_told(options, told):
    with pytest.raises(InvalidInput, match=told):
        answer(MEPS, **options)


def test_a_crossing_is_refused():
    with pytest.raises(InvalidInput, match="must be one attribute"):
        answer(MEPS.but(protected="sex*race_ethnicity"))


def test_everybody_is_compared_with_one_group_whoever_is_counted():
    others = {r["other"] for who in ("all adults", "18 to 44") for r in answer(MEPS, who=who)}
    assert others == {"White, not Hispanic"}
