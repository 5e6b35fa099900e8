import numpy as np
import pandas as pd
import pytest
from fairlearn.metrics import demographic_parity_difference

from tradeoffs.data.load import load_split
from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.studies import nine_regions
from tradeoffs.studies.nine_regions import CHOICE, EVERYWHERE, MODEL, best, gained, measured

COUNTRY = Scenario(dataset="gss", label="income_25k", protected="sex", epsilon=None)


@pytest.fixture(scope="module")
def told():
    return pd.DataFrame(nine_regions.answer(COUNTRY, 1)).set_index(["way", "region"]).sort_index()


def test_the_mean_of_the_regions_is_their_mean(told):
    for way in (CHOICE, MODEL):
        values = told.loc[way]["value"]
        assert values[EVERYWHERE] == pytest.approx(values.drop(EVERYWHERE).mean(), abs=1e-6)


def test_every_test_person_and_every_trained_one_is_in_one_region(told):
    counts = told.loc[CHOICE].drop(EVERYWHERE)
    assert counts["people"].sum() == 5_994 and counts["trained"].sum() == 9_051


def test_a_region_that_takes_the_choice_for_all_on_both_halves_gains_nothing():
    """All of the country as one region: what it would pick is what is picked for all."""
    halves, decided = nine_regions._decided(COUNTRY)
    for half, models in zip(halves, decided, strict=True):
        everybody = np.ones(half.rows, bool)
        pooled = models[nine_regions.GLOBAL]
        assert best(pooled, half, everybody, "sex", 0.0) == int(
            (pooled == half.label).mean((1, 2)).argmax()
        )


def test_utility_is_made_of_plain_accuracy_and_fairlearns_gap():
    report = load_split("gss", "income_25k").report
    decided = np.random.default_rng(0).random(report.rows) < 0.6
    gap = demographic_parity_difference(
        report.label, decided, sensitive_features=report.protected["sex"]
    )
    right = (decided == report.label).mean()
    for weight in (0.0, 0.25, 1.0):
        found = measured(decided, report, "sex", weight)
        assert found == pytest.approx((1 - weight) * right - weight * gap, abs=1e-5)


def test_few_people_of_a_group_leave_the_gap_open():
    report = load_split("gss", "income_25k").report
    place = report.place
    assert place is not None
    mountain = report.take(place.codes == place.names.index("Mountain"))  # four Black people
    assert np.isnan(measured(mountain.label[None], mountain, "race", 0.5)).all()


def test_right_answers_alone_are_as_uncertain_as_a_paired_share():
    report = load_split("gss", "income_25k").report
    rng = np.random.default_rng(0)
    one, other = (rng.random((1, report.rows)) < 0.6 for _ in range(2))
    values, error = gained(one, other, report, "sex", 0.0)
    apart = (one == report.label).astype(float) - (other == report.label)
    assert values == pytest.approx(apart.mean(1))
    assert error == pytest.approx(apart.std(ddof=1) / report.rows**0.5)


def test_one_model_of_both_gains_nothing_for_certain():
    report = load_split("gss", "income_25k").report
    decided = np.random.default_rng(0).random((3, report.rows)) < 0.6
    assert gained(decided, decided, report, "sex", 0.5)[1] == 0


def test_nine_looks_at_chance_find_no_region_nineteen_times_in_twenty():
    rng = np.random.default_rng(0)
    found = [
        any(nine_regions._told((rng.normal(size=8), 0.5), 9)["sign"] for _ in range(9))
        for _ in range(1_000)
    ]
    assert np.mean(found) < 0.07  # unadjusted: a third


def test_who_gains_is_counted_over_all_regions_at_once(told):
    for way in (CHOICE, MODEL):
        part = told.loc[way].drop(EVERYWHERE)
        alone = (part["low"] > 0).astype(int) - (part["high"] < 0)
        assert (part["sign"].abs() <= alone.abs()).all()


def test_the_same_seed_tells_the_same(told):
    again = pd.DataFrame(nine_regions.answer(COUNTRY, 1)).set_index(["way", "region"]).sort_index()
    pd.testing.assert_frame_equal(told, again)


@pytest.mark.parametrize(
    ("scenario", "trade", "message"),
    [
        (COUNTRY, -1, "trade=-1 must be a number, at least 0"),
        (COUNTRY.but(notion="equal_opportunity"), 1, "must be 'demographic_parity'"),
        (Scenario(epsilon=None), 1, "'adult' records no places"),
    ],
)
def test_what_cannot_be_asked_is_refused(scenario, trade, message):
    with pytest.raises(InvalidInput, match=message):
        nine_regions.answer(scenario, trade)
