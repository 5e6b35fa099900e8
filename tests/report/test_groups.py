import math

import pandas as pd
import pytest

from tests.report.conftest import HERE, UNTOUCHED, model, shown, tidy
from tradeoffs.language.current import in_language
from tradeoffs.report.groups import (
    excluded_groups,
    excluded_groups_of,
    few_words,
    group_rates,
    with_groups,
)
from tradeoffs.scenario import Scenario
from tradeoffs.stats.proportions import SMALLEST_CELL
from tradeoffs.values.fairness.cells import ComparedGroups, SmallGroup

COMPAS = Scenario.of(
    dataset="compas", label="rearrest", protected="race", notion="equal_opportunity"
)
SOME = ComparedGroups(
    groups=("Black", "White"), left_out=(SmallGroup(group="Hispanic", cell="positives", people=6),)
)


def test_who_is_left_out_is_named_with_how_many_they_are():
    assert excluded_groups(COMPAS, SOME) == (
        "Gap in true positive rates, by race: the groups compared are Black; White, the "
        "same in every setting shown. Left out, because they have fewer than 30 in the test "
        "rows of a setting shown here: Hispanic (6 with the outcome “arrested again”)."
    )
    assert excluded_groups(COMPAS, ComparedGroups(groups=("Black", "White"))) == ""
    nobody = ComparedGroups(groups=("Black",), left_out=SOME.left_out)
    assert ("by race: not measurable, because fewer than two groups") in excluded_groups(
        COMPAS, nobody
    )
    found = with_groups(tidy(model(HERE)), SOME)
    assert set(found["groups_compared"]) == {"Black; White"}
    assert set(found["groups_left_out"]) == {"fewer than 30: Hispanic (6 positives)"}


def test_every_gap_of_a_table_says_who_is_left_out():
    along = [COMPAS.but(shift="prior", shift_intensity=t) for t in (0.0, 0.25)]
    columns = ("accuracy", "gap", "demographic_parity_difference", "equalized_odds_difference[sex]")
    (told,) = excluded_groups_of(along, columns)
    assert told.startswith(
        "Gap in true positive rates, by race: the groups compared are Black; White,"
    )
    assert "Hispanic (24 with the outcome “arrested again”)" in told
    assert excluded_groups_of(along, ("accuracy",)) == []


def test_each_group_has_its_people_and_the_means_of_its_rates_over_seeds():
    view = shown(
        model(HERE, seeds=2, figures={"selected[sex=Female]": [80, 120]}),
        model(UNTOUCHED, seeds=2, figures={"selected[sex=Female]": 500}),
    )
    found = pd.DataFrame(group_rates(view.own, "sex"))
    assert found["group"].tolist() == ["Female", "Male"]
    assert found["people"].tolist() == [1_000, 2_000]
    assert found["selection_rate"].tolist() == pytest.approx([0.1, 0.25])
    assert found["selection_rate_sd"].tolist() == pytest.approx([0.04 / math.sqrt(2), 0.0])
    assert found["true_positive_rate"].tolist() == pytest.approx([0.5, 0.6])
    wrongly = [(100 - 50) / (1_000 - 100), (500 - 360) / (2_000 - 600)]
    assert found["false_positive_rate"].tolist() == pytest.approx(wrongly)


def test_a_cell_that_is_too_small_is_left_open():
    few = {"people[sex=Female]": SMALLEST_CELL - 1, "selected[sex=Female]": 0}
    few |= {"positives[sex=Female]": 5, "true_positives[sex=Female]": 0}
    found = pd.DataFrame(group_rates(shown(model(HERE, figures=few)).own, "sex"))
    women = found.set_index("group").loc["Female"]
    assert women["people"] == SMALLEST_CELL - 1
    assert math.isnan(women["selection_rate"]) and math.isnan(women["true_positive_rate"])
    assert not found.set_index("group").loc["Male"].isna().any()


def test_with_enough_people_and_too_few_positives_one_rate_is_left_open():
    few = {"positives[sex=Female]": SMALLEST_CELL - 1, "true_positives[sex=Female]": 3}
    found = pd.DataFrame(group_rates(shown(model(HERE, figures=few)).own, "sex"))
    assert found["selection_rate"].isna().tolist() == [False, False]
    assert found["true_positive_rate"].isna().tolist() == [True, False]


def test_one_seed_has_no_spread():
    found = pd.DataFrame(group_rates(shown(model(HERE, seeds=1)).own, "sex"))
    assert found["selection_rate_sd"].isna().tolist() == [True, True]


def test_a_setting_without_results_has_no_rates():
    assert group_rates(shown(model(UNTOUCHED)).own, "sex") == []
    assert group_rates(shown(model(HERE)).own, "race") == []  # no counts of these groups
    diverged = dict.fromkeys(FIELDS, math.nan)
    assert group_rates(shown(model(HERE, figures=diverged), model(UNTOUCHED)).own, "sex") == []


FIELDS = [
    f"{field}[sex={group}]"
    for field in ("people", "positives", "selected", "true_positives")
    for group in ("Female", "Male")
]


def test_a_reason_for_no_gap_is_told_in_the_language_of_the_run_and_stays_as_it_is_in_english():
    reason = "fewer than 30: Black (19 negatives); White (3 selected)"
    assert few_words(reason) == reason and few_words("another reason") == "another reason"
    with in_language("fr"):
        told = few_words(reason)
    assert told.startswith("moins de 30\u00a0: ") and "(négatifs\u00a0: 19)" in told
