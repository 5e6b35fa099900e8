"""Scenarios among communities: whose models they are, what they are named, and what is refused."""

import numpy as np
import pytest

from tradeoffs.data.communities.catalogue import community_split
from tradeoffs.data.report_people import unpack_decisions
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.adapt import adapt_to_dataset
from tradeoffs.experiments.attack import membership_inference
from tradeoffs.experiments.chunks import chunks
from tradeoffs.experiments.participants import home_of, measurable, partnership
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.run import run
from tradeoffs.experiments.training_data import training_table
from tradeoffs.report.evaluation_people import evaluation_people
from tradeoffs.results import Outcome
from tradeoffs.scenario import Scenario

BASE = Scenario(
    dataset="gss",
    label="income_25k",
    communities="place",
    home="South Atlantic",
    rows=100,
    epsilon=None,
    mechanism="none",
)
POOLED = BASE.but(remedy="pooled")


def trained(*scenarios: Scenario) -> dict[Scenario, Outcome]:
    return {one.scenario: one for chunk in chunks(map(resolve, scenarios)) for one in run(chunk)}


def weights(one: Outcome, scenario: Scenario) -> np.ndarray:
    parameters = int(one.measurement.training["parameters"])
    return np.frombuffer(one.weights[: 4 * parameters], np.float32)


def test_people_are_those_of_the_community_in_training_and_in_measuring():
    table = training_table(BASE)
    split = community_split("gss", "income_25k", "place", "South Atlantic")
    assert table.rows == 100 and set(table.row_id) <= set(split.train.row_id)
    assert "region" not in {feature.name for feature in table.features}
    found = trained(BASE)[BASE]
    assert len(found.measurement.decisions) == -(-split.report.rows // 8)
    assert found.measurement.training["community"] == "South Atlantic"


def test_one_model_for_all_is_trained_once_and_measured_in_each_community():
    other = POOLED.but(home="Pacific")
    assert resolve(POOLED).model_key == resolve(other).model_key
    assert resolve(POOLED).result_key != resolve(other).result_key
    found = trained(POOLED, other)
    assert np.array_equal(weights(found[POOLED], POOLED), weights(found[other], other))
    figures = [found[one].measurement.figures("report")["accuracy"] for one in (POOLED, other)]
    assert figures[0] != figures[1]


def test_what_a_remedy_does_not_look_at_is_in_no_key():
    first = measurable(BASE)[0].name
    assert home_of(BASE.but(home="")) == first
    alike = [
        (BASE.but(home=""), BASE.but(home=first)),
        (BASE, BASE.but(members="Pacific+South Atlantic", provider="largest", dial=3)),
        (BASE.but(rows=5_000), BASE.but(rows=50_000)),
        (BASE.but(epsilon=1, own_epsilon="South Atlantic:3"), BASE.but(epsilon=3)),
        (POOLED, POOLED.but(provider="largest")),
        (POOLED, POOLED.but(members=tuple(one.name for one in measurable(BASE)))),
    ]
    for one, other in alike:
        assert resolve(one).result_key == resolve(other).result_key, (one, other)
    apart = [
        (POOLED, POOLED.but(members="Pacific+South Atlantic")),
        (POOLED.but(epsilon=1), POOLED.but(epsilon=1, own_epsilon="Pacific:3")),
        (POOLED, POOLED.but(rows=101)),
    ]
    for one, other in apart:
        assert resolve(one).model_key != resolve(other).model_key, (one, other)


def test_how_scenarios_are_cut_into_chunks_changes_no_model_beyond_rounding():
    wanted = [POOLED.but(seed=seed, home=home) for seed in (0, 1) for home in ("Pacific", "")]
    together = trained(*wanted)
    for one in wanted:
        apart = trained(one)[one]
        np.testing.assert_allclose(
            weights(apart, one), weights(together[one], one), rtol=0, atol=2e-6
        )


def test_effective_people_decide_on_the_recipe():
    alone, together = (partnership(one.but(epsilon=1)) for one in (BASE, POOLED))
    assert together.recipes[0].learning_rate >= alone.recipes[0].learning_rate
    ridges = [partnership(one).recipes[0].ridge for one in (BASE, POOLED)]
    assert ridges[1] == pytest.approx(ridges[0] / 9)  # a ninth of everybody's, beside its own loss


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"communities": "castle"}, "unknown cut 'castle'; known: place"),
        ({"communities": "towns.10000"}, "a number from 2 to 100"),
        ({"home": "Atlantis"}, "unknown community 'Atlantis'; known: New England"),
        ({"members": "Atlantis"}, "unknown community 'Atlantis'"),
        ({"members": "Pacific"}, "unknown participant 'South Atlantic'; known: Pacific"),
        ({"remedy": "prayer"}, "unknown remedy 'prayer'; known: "),
        ({"shift_intensity": 0.5}, "shift 'demographic' is not available among communities"),
        ({"training_shifts": "prior:0.5"}, "shift 'prior' is not available among communities"),
        ({"own_epsilon": "Pacific:1"}, "needs a mechanism"),
        ({"epsilon": 1, "own_epsilon": "Atlantis:1"}, "unknown community 'Atlantis'"),
        ({"remedy": "pooled", "max_gap": 0.1}, "max_gap=0.1 needs remedy=alone"),
        ({"remedy": "pooled", "stage": "reweighing"}, "stage='reweighing' needs remedy=alone"),
        ({"remedy": "pooled", "dial": 2}, "'pooled' has no parameter"),
        (
            {"remedy": "pooled", "members": "South Atlantic"},
            "remedy='pooled' needs at least 2 communities that take part, not 1",
        ),
    ],
)
def test_what_cannot_be_had_among_communities_is_refused_with_the_reason(fields, told):
    with pytest.raises(InvalidInput, match=told):
        resolve(BASE.but(**fields))


def test_a_bound_is_held_by_who_trains_alone():
    one = BASE.but(max_gap=0.05, protected="sex")
    assert "tracked_gap" in trained(one)[one].measurement.training


def test_report_people_are_those_that_decisions_are_about():
    people = evaluation_people(POOLED)
    split = community_split("gss", "income_25k", "place", "South Atlantic")
    assert set(people.row_id) == set(split.report.row_id)
    found = trained(POOLED)[POOLED].measurement
    chosen = unpack_decisions(found.decisions, people.rows)
    assert np.mean(chosen == people.label) == pytest.approx(found.figures("report")["accuracy"])


def test_another_table_keeps_what_it_has_and_leaves_communities_out():
    moved, resets = adapt_to_dataset(POOLED, "adult")
    assert moved.communities == "" and moved.rows == 200
    assert {one.field for one in resets} >= {"communities", "remedy", "home", "rows"}
    there, _ = adapt_to_dataset(POOLED.but(home=""), "meps")
    assert there.communities == "place" and there.rows == 100


def test_only_models_of_one_community_are_attacked():
    with pytest.raises(InvalidInput, match="remedy='pooled' must be 'alone'"):
        membership_inference(POOLED, 32)


def test_communities_that_train_alone_do_so_side_by_side_with_the_same_models():
    homes = ("Pacific", "Mountain", "New England")
    wanted = [
        BASE.but(home=home, seed=seed, **budget)
        for home in homes
        for seed in (0, 1)
        for budget in ({}, {"epsilon": 1.0, "own_epsilon": "New England:3"})
    ]
    plans = [resolve(one) for one in wanted if (one.home, one.epsilon) != ("Mountain", 1.0)]
    (together,) = chunks(plans)
    for one in run(together):
        apart = trained(one.scenario)[one.scenario]
        np.testing.assert_allclose(
            weights(one, one.scenario), weights(apart, one.scenario), rtol=0, atol=2e-6
        )
        assert one.measurement.training["sigma"] == apart.measurement.training["sigma"]


def test_communities_with_a_bound_or_another_sampling_rate_train_apart():
    other = BASE.but(home="Pacific")
    assert len(chunks([resolve(BASE), resolve(other)])) == 1
    bound = [one.but(max_gap=0.05, protected="sex") for one in (BASE, other)]
    assert len(chunks(map(resolve, bound))) == 2
    meps = BASE.but(dataset="meps", label="visits_10", home="South", rows=4_000)
    rates = [meps, meps.but(home="Northeast")]  # 4,000 and 3,473 people: batches of .3, of .3
    assert len({resolve(one).recipe.sample_rate for one in rates}) == len(
        chunks(map(resolve, rates))
    )
