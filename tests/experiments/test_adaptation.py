"""Somebody else's model through the whole product: laws, whose model it is, and what is refused."""

import numpy as np
import pytest

from tests.experiments.test_communities import BASE, trained, weights
from tradeoffs.data.catalogue import dataset
from tradeoffs.data.communities.catalogue import available_cuts, communities, community_split
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.chunks import chunks
from tradeoffs.experiments.participants import measurable, partnership
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.provider import provider_table
from tradeoffs.experiments.setting_cost import setting_cost
from tradeoffs.fronts.gains import gain
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.scenario import Scenario
from tradeoffs.values.privacy.accountants import gaussian_mu

HOME = BASE.but(home="Pacific", rows=200)
AS_IS = HOME.but(remedy="as_is")
INDEPENDENT = [name for name, one in REMEDIES.items() if one.independent]


def models(*scenarios: Scenario) -> list[np.ndarray]:
    found = trained(*scenarios)
    return [weights(found[one], one) for one in scenarios]


def slope(scenario: Scenario) -> float:
    told = trained(scenario)[scenario].measurement.training["recalibration_slope"]
    assert isinstance(told, float)
    return told


@pytest.mark.parametrize("name", ["recalibration", "last_layer", "fine_tuning"])
@pytest.mark.parametrize("width", [0, 4])
def test_held_at_the_end_of_its_dial_it_is_what_it_is_said_to_be(name, width):
    dial = REMEDIES[name].dial
    assert dial is not None and dial.identity is not None
    held = HOME.but(remedy=name, dial=dial.identity, width=width)
    one, other = models(held, HOME.but(remedy=dial.same_as, width=width))
    np.testing.assert_allclose(one, other, atol=1e-5)


def test_the_last_layer_of_logistic_regression_is_all_layers():
    one, other = models(HOME.but(remedy="last_layer"), HOME.but(remedy="fine_tuning"))
    np.testing.assert_allclose(one, other, rtol=0, atol=2e-6)


@pytest.mark.parametrize("name", INDEPENDENT)
def test_a_model_depends_on_nobody_but_home_and_the_provider(name):
    one = HOME.but(remedy=name)
    other = one.but(members="Mountain+Pacific")
    assert resolve(one).result_key == resolve(other).result_key
    assert resolve(one).model_key != resolve(one.but(home="Mountain")).model_key


def test_homes_are_trained_apart_and_ways_of_one_home_together():
    wanted = [
        HOME.but(remedy=name, home=home)
        for name in ("last_layer", "fine_tuning")
        for home in ("Pacific", "Mountain")
    ]
    made = chunks(map(resolve, wanted))
    assert [len({one.home for one in chunk.flat}) for chunk in made] == [1, 1]
    together = trained(*wanted)
    for one in wanted:
        apart = trained(one)[one]
        np.testing.assert_allclose(weights(apart, one), weights(together[one], one), atol=2e-6)


@pytest.mark.parametrize("cut", available_cuts("gss", "income_25k"))
def test_nobody_of_home_is_among_the_people_of_a_provider(cut):
    here = AS_IS.but(communities=cut, home="")
    names = [one.name for one in measurable(here)]
    labels = [f"label.{one}" for one in dataset("gss").labels]
    split = community_split("gss", "income_25k", cut, names[0])
    home = np.concatenate([part.row_id for part in (split.train, split.select, split.report)])
    for provider in ("others", "largest", "turned", *names[1:], *labels):
        try:
            own = resolve(here.but(home=names[0], provider=provider)).scenario
        except InvalidInput:
            continue
        people = provider_table(own, names[0])
        assert people.rows and not np.isin(people.row_id, home).any(), provider


def test_turned_answers_are_told_by_a_slope_below_zero():
    assert slope(HOME.but(remedy="recalibration")) > 0.5
    assert slope(HOME.but(remedy="recalibration", provider="turned")) < -0.5
    dissent = communities("gss", "income_25k", "turned.100")[0].name
    assert slope(HOME.but(communities="turned.100", home=dissent, remedy="recalibration")) < -0.5


TWO_LABELS = HOME.but(remedy="multi_task", provider="label.income_15k")


def test_two_labels_without_a_pull_are_trained_each_by_itself():
    one, other = models(TWO_LABELS.but(dial=0), HOME)
    np.testing.assert_allclose(one, other, rtol=0, atol=2e-6)


def test_where_no_second_label_is_stated_it_is_the_first_other_one():
    one, other = models(TWO_LABELS, TWO_LABELS.but(provider="others"))
    assert np.array_equal(one, other)


def test_a_pull_brings_models_of_two_labels_together():
    second = HOME.but(label="income_15k", rows=2_000)
    own, free, near = models(second, TWO_LABELS.but(dial=0), TWO_LABELS.but(dial=100))
    assert np.linalg.norm(near - own) < 0.8 * np.linalg.norm(free - own)


def test_a_column_that_defines_either_label_weighs_nothing():
    withheld = HOME.but(label="very_happy", remedy="multi_task", provider="label.income_25k")
    (vector,) = models(withheld)
    table = community_split("gss", "very_happy", "place", "Pacific").train
    names = [feature.name for feature in table.features for _ in feature.labels]
    weights_of = {name: vector[[n == name for n in [*names, ""]]] for name in set(names)}
    assert not weights_of["income"].any() and weights_of["educ"].any()


def test_releases_of_both_labels_are_accounted_for_together():
    own = partnership(TWO_LABELS.but(epsilon=1))
    account = own.accounts[0]
    assert account is not None and 0.98 <= account.epsilon_spent <= 1
    loss = sum(own.steps / noise**2 for noise in account.noise)
    assert loss == pytest.approx(gaussian_mu(1, own.deltas[0]) ** 2, rel=1e-3)


def test_with_noise_the_slope_is_told_and_its_error_is_not():
    private = HOME.but(remedy="recalibration", epsilon=1)
    told = trained(private)[private].measurement.training
    assert "recalibration_slope" in told and "recalibration_slope_error" not in told
    assert 0.98 <= float(told["epsilon_spent"]) <= 1


def test_as_it_is_takes_nothing_of_the_people_at_home():
    few, many = models(AS_IS.but(rows=50), AS_IS.but(rows=800))
    assert np.array_equal(few, many)
    private = AS_IS.but(epsilon=1)
    assert trained(private)[private].measurement.training["epsilon_spent"] == 0


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"provider": "Pacific"}, "provider"),
        ({"provider": "Atlantis"}, "unknown provider 'Atlantis'; known: others, largest, turned"),
        ({"provider": "label.income_25k"}, "unknown provider 'label.income_25k'; known: label"),
        ({"remedy": "multi_task", "provider": "largest"}, "provider='largest' is no second label"),
        ({"communities": "skew.1", "home": "", "provider": "label.very_happy"}, "cut by people's"),
        ({"communities": "skew.1", "home": "", "remedy": "multi_task"}, "cut by people's labels"),
        (
            {
                "dataset": "adult",
                "label": "income_gt_50k",
                "protected": "sex",
                "communities": "race",
                "home": "Black",
                "remedy": "multi_task",
            },
            "the table 'adult' has one only",
        ),
        (
            {"communities": "meanings", "home": "", "provider": "label.income_15k"},
            "unknown provider 'label.income_15k'; known: others, largest, turned, wellbeing as",
        ),
        (
            {"communities": "meanings", "home": "", "remedy": "multi_task"},
            "communities='meanings' are cut by what they predict",
        ),
        (
            {
                "dataset": "loanapp",
                "label": "approved",
                "protected": "sex",
                "communities": "race",
                "home": "White",
            },
            "home='White' is the only one of communities='race' with enough people",
        ),
        (
            {
                "dataset": "meps",
                "label": "visits_10",
                "communities": "time",
                "home": "2016",
                "remedy": "multi_task",
                "provider": "label.next_visits_10",
            },
            "communities='time' leaves 1 community with people to train on",
        ),
        ({"members": "Mountain"}, "unknown participant 'Pacific'; known: Mountain"),
        ({"dial": 3}, "'as_is' has no parameter"),
        (
            {
                "remedy": "fine_tuning",
                "dial": 1_000,
                "home": "South Atlantic",
                "provider": "largest",
            },
            "largest",
        ),
        ({"remedy": "own_threshold", "epsilon": 1, "mechanism": "clip_only"}, "nothing is clipped"),
    ],
)
def test_what_cannot_be_adapted_is_refused_with_the_reason(fields, told):
    with pytest.raises(InvalidInput, match=told):
        resolve(AS_IS.but(**fields))


def test_a_model_of_turned_answers_costs_accuracy_and_two_numbers_of_ones_own_win_it_back():
    dissent = HOME.but(communities="turned.100", home="dissenting town", rows=300)
    ways = ["alone", "as_is", "recalibration"]
    wanted = {way: [dissent.but(remedy=way, seed=s) for s in range(8)] for way in ways}
    found = trained(*(one for some in wanted.values() for one in some))
    people = community_split("gss", "income_25k", "turned.100", "dissenting town").report
    alone, taken, recalibrated = (
        {one.seed: found[one].measurement for one in some} for some in wanted.values()
    )
    worse = gain(alone, taken, people, "dissenting town").accuracy
    better = gain(alone, recalibrated, people, "dissenting town").accuracy
    assert worse.interval is not None and worse.interval[1] < -0.3
    assert better.interval is not None and better.interval[0] > 0


def test_answers_to_a_second_label_are_paid_for_too():
    few = TWO_LABELS.but(rows=100)
    alone, both = setting_cost(few.but(remedy="alone")), setting_cost(few)
    every = communities("gss", "income_15k", "place")
    second = next(one.train for one in every if one.name == "Pacific")
    assert second > 1_000 and both.votes == alone.votes + min(second, 2_000)
    assert both.entries > alone.entries and both.training > alone.training


def test_two_labels_without_a_pull_are_not_said_to_be_training_alone():
    """Columns that define the second label are withheld, and its model takes of the epsilon."""
    dial = REMEDIES["multi_task"].dial
    assert dial is not None and dial.identity is None
    withheld = HOME.but(label="very_happy", remedy="multi_task", provider="label.income_25k")
    one, other = models(withheld.but(dial=0), withheld.but(remedy="alone"))
    assert not np.allclose(one, other, atol=1e-2)


@pytest.mark.parametrize(("dial", "asked"), [(0, 200), (75, 200), (100, 0)])
def test_soft_answers_alone_need_no_labels(dial, asked):
    assert setting_cost(HOME.but(remedy="distillation", dial=dial)).votes == asked
