import math

import pytest

from tradeoffs.errors import InvalidInput
from tradeoffs.values.privacy.interpretation import describe_epsilon, guess_rate


@pytest.mark.parametrize(("epsilon", "rate"), [(0.1, 52), (1, 73), (3, 95), (0, 50)])
def test_known_rates(epsilon, rate):
    assert round(guess_rate(epsilon)) == rate


@pytest.mark.parametrize("epsilon", [0.05, 1.0, 8.0, 50.0])
def test_odds_of_a_right_guess_are_the_exponential(epsilon):
    wrong = 100 - guess_rate(epsilon)
    if wrong > 1e-9:  # beyond, the difference from 100 is rounding
        assert math.log(guess_rate(epsilon) / wrong) == pytest.approx(epsilon)
    assert 50 < guess_rate(epsilon) <= 100


def test_infinite_epsilon_promises_nothing():
    assert guess_rate(math.inf) == 100
    assert "No bound is promised" in describe_epsilon(math.inf)


@pytest.mark.parametrize(
    ("epsilon", "part"),
    [
        (0.01, "hardly more than 50 times in 100"),
        (0.1, "at most about 52 times in 100"),
        (1.0, "at most about 73 times in 100"),
        (5.0, "at most about 99 times in 100"),
        (6.0, "nearly every time"),
        (1000.0, "nearly every time"),
    ],
)
def test_the_sentence_states_the_computed_rate(epsilon, part):
    assert part in describe_epsilon(epsilon)


@pytest.mark.parametrize("epsilon", [-0.1, math.nan, "1", None])
def test_no_number_is_an_error(epsilon):
    with pytest.raises(InvalidInput, match="epsilon=.* must be a number, at least 0"):
        describe_epsilon(epsilon)
