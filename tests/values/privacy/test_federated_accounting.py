import math

import pytest
from dp_accounting import dp_event
from dp_accounting.pld import PLDAccountant

from tradeoffs.errors import InvalidInput
from tradeoffs.values.privacy.account import Part, allocate, compose
from tradeoffs.values.privacy.federated_accounting import (
    COMMUNITY_DELTA,
    COMMUNITY_UNIT,
    community_level,
    hidden_sum,
)

DELTA = 1e-5


def epsilon_outside(noise: float, rate: float, steps: int) -> float:
    one = dp_event.GaussianDpEvent(noise)
    event = one if rate == 1 else dp_event.PoissonSampledDpEvent(rate, one)
    accountant = PLDAccountant(value_discretization_interval=1e-3)
    return accountant.compose(event, steps).get_epsilon(DELTA)


@pytest.mark.parametrize("colluders", [0, 1, 4, 8])
@pytest.mark.parametrize("rate", [0.3, 1.0])
def test_what_colluders_leave_of_the_sum_keeps_the_promise(colluders, rate):
    found = hidden_sum(1.0, DELTA, communities=9, colluders=colluders, sample_rate=rate, steps=200)
    left = found.sigma * math.sqrt(9 - colluders)  # independent noise adds up in squares
    assert 0.98 <= epsilon_outside(left, rate, 200) <= 1.0


def test_noise_grows_with_colluders_from_the_curators_share_to_the_whole():
    each = [hidden_sum(1.0, DELTA, communities=9, colluders=c, steps=200).sigma for c in range(9)]
    alone = allocate(1.0, DELTA, Part(steps=200)).sigma
    assert each == sorted(each)
    assert each[0] == pytest.approx(alone / 3)
    assert each[-1] == pytest.approx(alone)  # trusts nobody: each adds its noise
    assert hidden_sum(1.0, DELTA, communities=1, steps=200).sigma == alone


@pytest.mark.parametrize(
    ("epsilon", "participation", "rounds"), [(1.0, 1.0, 20), (8.0, 1.0, 20), (1.0, 0.3, 20)]
)
def test_a_community_is_protected_as_another_accountant_says(epsilon, participation, rounds):
    found = community_level(epsilon, communities=30, participation=participation, rounds=rounds)
    outside = epsilon_outside(found.sigma, participation, rounds)
    assert 0.98 * epsilon <= outside <= found.epsilon_spent * (1 + 1e-9)
    assert found.epsilon_spent <= epsilon
    assert found.unit == COMMUNITY_UNIT
    assert found.delta == COMMUNITY_DELTA < 1 / 30


def test_a_community_among_few_is_not_hidden():
    with pytest.raises(InvalidInput, match="communities=9 must be at least 30"):
        community_level(1.0, communities=9, rounds=20)


@pytest.mark.parametrize("colluders", [-1, 9, math.nan])
def test_at_least_one_community_does_not_collude(colluders):
    with pytest.raises(InvalidInput, match="colluders=.* must be in"):
        hidden_sum(1.0, DELTA, communities=9, colluders=colluders, steps=200)


def test_people_and_communities_do_not_compose():
    with pytest.raises(ValueError, match="units"):
        compose([allocate(1.0, DELTA, Part()), community_level(1.0, communities=30, rounds=20)])
