import numpy as np
import pandas as pd
import pytest
from fairlearn.reductions import DemographicParity, ErrorRate

from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.chunks import chunks
from tradeoffs.experiments.designs import SEEDS
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.run import run
from tradeoffs.scenario import Scenario
from tradeoffs.studies.surrogate_search import ITSELF, answer, chosen, gain, parts

HERE = Scenario(epsilon=None, rows=1000)


@pytest.fixture(scope="module")
def both():
    return parts(HERE)


def told(floor):
    return {r["what"]: r for r in answer(HERE, floor) if r["kind"] == "told"}


@pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")  # inside fairlearn
def test_costs_of_the_two_answers_are_those_of_fairlearns_reductions():
    random = np.random.default_rng(0)
    men, decided = random.random(200) < 0.6, random.random(200) < 0.3
    features, price = np.zeros((200, 1)), 0.4
    parity, error = DemographicParity(), ErrorRate()
    said, group = pd.Series(decided.astype(int)), pd.Series(men.astype(int))
    parity.load_data(features, said, sensitive_features=group)
    error.load_data(features, said, sensitive_features=group)
    multipliers = parity.bound() * 0.0
    multipliers[("+", "all", 1)] = multipliers[("-", "all", 0)] = price
    weights = error.signed_weights() + parity.signed_weights(multipliers)
    assert gain(decided, men, price) == pytest.approx(weights.to_numpy())


def test_the_models_gap_is_the_one_that_the_pipeline_measures():
    scenarios = [HERE.but(seed=seed) for seed in range(SEEDS)]
    measured = [
        one.measurement.report for chunk in chunks(map(resolve, scenarios)) for one in run(chunk)
    ]
    expected = np.mean([report["demographic_parity_difference[sex]"] for report in measured])
    assert told(0.82)["model"]["value"] == pytest.approx(expected, abs=1e-6)


def test_the_model_agrees_with_itself_and_one_answer_for_all_is_worth_nothing(both):
    for part in both:
        assert part.agreement(ITSELF) == pytest.approx(1) == part.fidelity(ITSELF)
        yes = part.answers[ITSELF].mean(1, keepdims=True) > 0.5
        answers = {**part.answers, ("all", 0.0): np.broadcast_to(yes, part.answers[ITSELF].shape)}
        same = type(part)(man=part.man, label=part.label, answers=answers)
        assert same.fidelity(("all", 0.0)) == pytest.approx(0)
        assert same.gap(("all", 0.0)) == pytest.approx(0)


def test_asking_for_more_agreement_never_leaves_a_smaller_gap_to_pick(both):
    select = both[0]
    picks = [chosen(select, floor) for floor in (0.5, 0.8, 0.82, 0.84, 0.86)]
    gaps = [abs(select.gap(one).mean()) for one in picks if one]
    assert gaps == sorted(gaps) and len(gaps) > 2
    assert all(
        select.agreement(one).mean() >= floor
        for one, floor in zip(picks, (0.5, 0.8, 0.82, 0.84, 0.86), strict=True)
        if one
    )


def test_what_is_told_adds_up():
    found = told(0.82)
    less = found["model"]["value"] - found["tree"]["value"]
    assert found["less"]["value"] == pytest.approx(less, abs=1e-6)
    assert all(one["low"] <= one["value"] <= one["high"] for one in found.values())


def test_the_tree_that_is_told_of_is_drawn():
    for floor in (0.82, 0.84):
        drawn = [
            r["gap"] for r in answer(HERE, floor) if (r["kind"], r["split"]) == ("shown", "report")
        ]
        assert len(drawn) == SEEDS
        assert told(floor)["tree"]["value"] == pytest.approx(np.mean(drawn))


def test_where_no_tree_agrees_often_enough_none_is_told_of():
    assert list(told(1.0)) == ["model"]


def test_the_same_scenario_gives_the_same_records():
    first = answer(HERE)
    parts.cache_clear()
    assert answer(HERE) == first


def test_what_cannot_be_asked_is_refused():
    with pytest.raises(InvalidInput, match=r"floor=0.2 must be in \[0.5, 1\]"):
        answer(HERE, floor=0.2)
    with pytest.raises(InvalidInput, match="must hold sex, relationship"):
        answer(Scenario.of(dataset="compas", label="rearrest", protected="black"))
