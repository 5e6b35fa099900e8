import pytest

import tradeoffs as to
from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.studies.community_gains import (
    EVERYBODY,
    OTHERS,
    alone,
    answer,
    combinations,
    decisions,
    gain_between,
    report_people,
    right_difference,
    train,
)

BASE = Scenario(
    dataset="gss",
    label="income_25k",
    communities="turned.70",
    rows=60,
    epsilon=None,
    remedy="fedavg",
)
HOME = "dissenting town"


@pytest.fixture(scope="module")
def towns():
    return {one["community"]: one for one in answer(BASE, "")}


def test_exchanging_models_that_nobody_mixes_gains_nothing():
    found = answer(BASE.but(remedy="mean_regularised", dial=0, home=HOME), "")
    assert [(one["value"], one["low"], one["high"]) for one in found] == [(0, 0, 0)]


def test_a_mean_is_that_of_its_communities(towns):
    each = [one["value"] for name, one in towns.items() if name not in (EVERYBODY, OTHERS)]
    assert towns[EVERYBODY]["value"] == pytest.approx(sum(each) / 5)
    assert towns[OTHERS]["value"] == pytest.approx(sum(each[1:]) / 4)


def test_the_dissenting_town_loses_by_one_model_for_all(towns):
    assert towns[HOME]["high"] < 0


def test_one_home_has_the_numbers_that_it_has_among_all(towns):
    (one,) = answer(BASE.but(home=HOME), "")
    assert one == towns[HOME]


def test_decisions_tell_the_same_gain_as_measurements():
    after = BASE.but(home=HOME)
    found, people = train([alone(after), after]), report_people(after)
    decided = [decisions(found, one, people) for one in (alone(after), after)]
    told = gain_between(found, alone(after), after).accuracy
    again = right_difference(decided[0], decided[1], people)
    assert again.mean == pytest.approx(told.mean, abs=1e-6)
    assert again.interval == pytest.approx(told.interval, abs=1e-6)


def test_models_are_those_of_the_library():
    setting = BASE.but(home=HOME)
    known = train([setting])[setting]
    results = to.run(to.Sweep(base=setting, seeds=2), progress=False)
    assert results["accuracy"].tolist() == pytest.approx(
        [known[seed].measurement.report["accuracy"] for seed in (0, 1)], abs=1e-6
    )


def test_all_combinations_are_asked_and_a_remedy_starts_at_its_own_default():
    found = combinations(BASE.but(dial=1), "remedy fedavg alone; epsilon 1 none")
    assert [(one.remedy, one.epsilon, one.dial) for one in found] == [
        ("fedavg", 1, None),
        ("fedavg", None, None),
        ("alone", 1, None),
        ("alone", None, None),
    ]


def test_a_setting_that_cannot_be_trained_is_refused():
    with pytest.raises(InvalidInput, match="unknown remedy 'barter'"):
        answer(BASE, "remedy barter")
