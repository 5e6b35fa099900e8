from itertools import product

import numpy as np
import pandas as pd
import pytest

from tradeoffs.errors import InvalidInput
from tradeoffs.paths import DATA
from tradeoffs.scenario import Scenario
from tradeoffs.studies.diagnosis_counts import answer, matched

MEPS = Scenario.of(dataset="meps", label="conditions_3", protected="insurance", mechanism="none")
WORDS = {1: "excellent", 2: "very good", 3: "good", 4: "fair", 5: "poor"}
NAMES = {
    "Public only": "public insurance only",
    "Uninsured": "uninsured all year",
}


def test_differences_are_those_that_pandas_counts_in_the_rows():
    rows = pd.read_parquet(DATA / "meps.parquet").dropna(subset=["conditions"])
    bins = [18, *range(25, 85, 5), 200]
    found = {
        (one["health"], one["group"]): one["value"]
        for one in answer(MEPS)
        if one["measure"] == "extra"
    }
    for (rating, word), (insurance, group) in product(WORDS.items(), NAMES.items()):
        here = rows.loc[rows["health"] == rating]
        cell = pd.cut(here["age"], bins, right=False)
        own, base = (
            here.loc[here["insurance"] == name].groupby(cell, observed=False)["conditions"]
            for name in (insurance, "Private")
        )
        apart, people = own.mean() - base.mean(), own.count()
        kept = (people > 1) & (base.count() > 1)
        value = (apart * people)[kept].sum() / people[kept].sum()
        assert found[word, group] == pytest.approx(value)


def test_within_equal_cells_a_constant_difference_is_found_whatever_the_cells_hold():
    rng = np.random.default_rng(0)
    cell = rng.integers(0, 5, 4000)
    group = rng.random(4000) < 0.1 + 0.15 * cell  # the group is in other cells
    value = 10.0 * cell + 0.5 * group + rng.normal(0, 1, 4000)
    found = matched(value, cell, group, ~group)
    assert found["low"] < 0.5 < found["high"]
    assert value[group].mean() - value[~group].mean() > 2  # what a plain difference says
    assert matched(value, cell, group, group)["value"] == pytest.approx(0)


def test_the_difference_of_all_is_that_of_the_answers_weighed_by_people():
    records = [one for one in answer(MEPS) if one["measure"] == "extra" and one["focus"]]
    assert {one["group"] for one in records} == {"uninsured all year"}
    *parts, whole = records
    assert whole["people"] == sum(one["people"] for one in parts)
    weighed = sum(one["value"] * one["people"] for one in parts) / whole["people"]
    assert whole["value"] == pytest.approx(weighed)


def test_few_people_are_not_told_of():
    value, cell = np.zeros(30), np.zeros(30)
    group = np.arange(30) < 10
    assert matched(value, cell, group, ~group)["value"] is None


def test_age_groups_hold_fewer_people_than_all_ages():
    def people(*options):
        found = answer(MEPS, *options)
        return sum(one["people"] for one in found if one["health"] == "all")

    ages = [people(name) for name in ("18 to 44", "45 to 64", "65 or over")]
    assert sum(ages) == people() and min(ages) > 0


def test_an_unknown_age_group_is_refused_with_the_known_ones():
    with pytest.raises(InvalidInput, match="unknown age_group 'old'; known: all ages, 18 to 44"):
        answer(MEPS, "old")
