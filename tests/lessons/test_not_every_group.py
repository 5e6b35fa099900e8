"""What the lesson measures, on tables counted by hand."""

import math

import pandas as pd
import pytest

from tradeoffs.lessons.not_every_group import GROUPS, HISPANIC, LESSON, WHITE

REMEDIES, EQUATION, _, ELSEWHERE, FEW = range(5)
COUNTS = ("people", "positives", "selected", "true_positives")


def row(groups, seed=0, notion="quota", attribute="race_ethnicity"):
    """Return a row of an answer, of counts by group; those not named are as White people."""
    found: dict[str, object] = {"seed": seed, "split": "report", "notion": notion, "max_gap": 0.02}
    for group in GROUPS["loanapp" if attribute == "race" else "meps"]:
        counts = groups.get(group.split(",")[0], groups["White"])
        found |= {f"{n}[{attribute}={group}]": v for n, v in zip(COUNTS, counts, strict=True)}
    return found


def measured(step, place, rows, **moved):
    found = LESSON.steps[step].claims[place]
    return found.of(pd.DataFrame(rows), LESSON.setting(step, moved))


def claim(step, place, rows, **moved):
    found = measured(step, place, rows, **moved)
    assert found is not None
    return found


def test_a_gap_is_the_first_groups_rate_less_the_seconds():
    groups = {"Hispanic": (200, 50, 30, 20), "White": (400, 100, 80, 60)}
    found = claim(REMEDIES, 1, [row(groups, seed) for seed in range(2)])
    assert found.value == pytest.approx(20 / 50 - 60 / 100)
    # Agresti and Caffo 2000: one more success and one more failure in each group
    error = math.sqrt((21 / 52) * (31 / 52) / 52 + (61 / 102) * (41 / 102) / 102)
    assert found.high - found.value == pytest.approx(1.96 * error, rel=1e-3)


def test_the_rate_of_a_group_that_is_found_whole_is_not_taken_for_certain():
    groups = {"Hispanic": (200, 40, 60, 40), "White": (400, 100, 80, 100)}
    found = claim(REMEDIES, 1, [row(groups, seed) for seed in range(2)])
    assert found.value == 0 and found.low < 0 < found.high


@pytest.mark.parametrize("right", [0.3, 0.7, 1.0])
@pytest.mark.parametrize("share", [0.1, 0.9])
def test_the_equation_leaves_what_chouldechova_says(right, share):
    groups = {"Hispanic": (2000, 200, 300, 150), "White": (3000, 900, 800, 500)}
    found = claim(EQUATION, 0, [row(groups)], right=right, found=share)
    hispanic, white = ((p / (1 - p)) * (1 - right) / right * share for p in (0.1, 0.3))
    assert found.value == pytest.approx(white - hispanic)
    assert found.sign == (right < 1)


def test_the_equation_holds_for_any_counts():
    groups = {"Hispanic": (2000, 200, 300, 150), "White": (3000, 900, 800, 500)}
    assert claim(EQUATION, 1, [row(groups)]).value == pytest.approx(0, abs=1e-12)


def test_a_policy_that_changes_nothing_there_is_no_different_from_home():
    groups = {"Hispanic": (200, 50, 30, 20), "White": (400, 100, 80, 60)}
    rows = [row(groups, s) | {"shift_intensity": t} for s in range(3) for t in (0.0, 1.0)]
    for place in (0, 1):
        found = claim(ELSEWHERE, place, rows)
        assert found.value == 0 and found.sign == 0


def test_a_rate_of_too_few_people_is_not_measurable():
    groups = {"Black": (44, 30, 35, 28), "White": (336, 308, 320, 300)}
    rows = [row(groups, s, "equalized_odds", "race") for s in range(2)]
    assert measured(FEW, 3, rows) is None
    assert "cannot be measured" in LESSON.steps[FEW].claims[3].describe(None)
    assert claim(FEW, 0, rows).value == 44


def test_the_groups_are_those_of_the_tables():
    from tradeoffs.data.load import load_split

    assert {HISPANIC, WHITE} <= set(load_split("meps", "visits_10").train.groups["race_ethnicity"])
    assert set(GROUPS["loanapp"]) <= set(load_split("loanapp", "approved").train.groups["race"])
