"""Somebody else's model through the whole product: laws, whose model it is, and what is refused."""

import numpy as np
import pytest

from tests.experiments.test_communities import BASE, trained, weights
from tradeoffs.data.communities.catalogue import communities
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.chunks import chunks
from tradeoffs.experiments.plan import resolve
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.scenario import Scenario

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
    np.testing.assert_allclose(one, other, atol=2e-3)


def test_the_last_layer_of_logistic_regression_is_all_layers():
    one, other = models(HOME.but(remedy="last_layer"), HOME.but(remedy="fine_tuning"))
    np.testing.assert_allclose(one, other, rtol=0, atol=2e-6)


@pytest.mark.parametrize("name", INDEPENDENT)
def test_a_model_depends_on_nobody_but_home_and_the_provider(name):
    one = HOME.but(remedy=name)
    if name == "multi_task":
        one = one.but(provider="label.very_happy")
    other = one.but(members="Mountain+Pacific")
    assert resolve(one).result_key == resolve(other).result_key
    assert resolve(one).model_key != resolve(one.but(home="Mountain")).model_key


def test_homes_are_trained_apart_and_ways_of_one_home_together():
    wanted = [
        HOME.but(remedy=name, home=home)
        for name in ("as_is", "recalibration", "fine_tuning")
        for home in ("Pacific", "Mountain")
    ]
    made = chunks(map(resolve, wanted))
    assert [len({one.home for one in chunk.flat}) for chunk in made] == [1, 1]
    together = trained(*wanted)
    for one in wanted:
        apart = trained(one)[one]
        np.testing.assert_allclose(weights(apart, one), weights(together[one], one), atol=2e-6)


def test_turned_answers_are_told_by_a_slope_below_zero():
    assert slope(HOME.but(remedy="recalibration")) > 0.5
    assert slope(HOME.but(remedy="recalibration", provider="turned")) < -0.5
    dissent = communities("gss", "income_25k", "turned.100")[0].name
    assert slope(HOME.but(communities="turned.100", home=dissent, remedy="recalibration")) < -0.5


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
        ({"members": "Mountain"}, "unknown participant 'Pacific'; known: Mountain"),
        ({"dial": 3}, "'as_is' has no parameter"),
        (
            {"remedy": "fine_tuning", "dial": 1e6, "home": "South Atlantic", "provider": "largest"},
            "largest",
        ),
        ({"remedy": "own_threshold", "epsilon": 1, "mechanism": "clip_only"}, "nothing is clipped"),
    ],
)
def test_what_cannot_be_adapted_is_refused_with_the_reason(fields, told):
    with pytest.raises(InvalidInput, match=told):
        resolve(AS_IS.but(**fields))
