import math

import pytest

from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.studies.redefined_group import answer

MEPS = Scenario.of(
    dataset="meps", label="cost_top_tenth", protected="race_ethnicity", mechanism="none"
)


def of(records, drawing, group):
    return next(r for r in records if (r["drawing"], r["group"]) == (drawing, group))


@pytest.mark.parametrize(("drawing", "published"), [("race", 0.009), ("race_ethnicity", 0.037)])
def test_the_gap_between_white_and_black_adults_is_the_published_one(drawing, published):
    gap = of(answer(MEPS), drawing, "gap")
    error = (gap["high"] - gap["low"]) / (2 * 1.96)
    assert gap["value"] == pytest.approx(published, abs=2 * error)


def test_the_datasheets_shares_are_counted_again():
    records = answer(MEPS.but(label="visits_10"))
    assert of(records, "race_ethnicity", "White, not Hispanic")["value"] == pytest.approx(
        0.295, abs=5e-4
    )
    assert of(records, "race", "White")["value"] == pytest.approx(0.232, abs=5e-4)
    assert of(records, "race", "Black")["people"] == 7095


def test_the_change_of_the_gap_knows_that_both_drawings_count_the_same_people():
    records = answer(MEPS)
    gaps = [of(records, drawing, "gap") for drawing in ("race_ethnicity", "race")]
    change = of(records, "difference", "gap")
    assert change["value"] == pytest.approx(gaps[1]["value"] - gaps[0]["value"])
    widths = [one["high"] - one["low"] for one in (*gaps, change)]
    assert widths[2] < math.hypot(*widths[:2])


def test_the_interval_of_a_share_is_the_usual_one():
    one = of(answer(MEPS), "race", "Black")
    half = 1.959964 * math.sqrt(one["value"] * (1 - one["value"]) / one["people"])
    assert one["high"] - one["value"] == pytest.approx(half)


def test_a_table_without_these_groups_is_refused():
    with pytest.raises(InvalidInput, match="unknown attribute 'race_ethnicity'"):
        answer(Scenario.of(dataset="compas", label="rearrest", protected="race"))
