import math

import numpy as np
import pytest

from tradeoffs.audit.canaries import (
    CANARIES,
    PEOPLE,
    STEPS,
    _hit_rate,
    canary_batches,
    canary_table,
    keys_of,
    proven_epsilon,
    scores,
)


def test_a_coin_moves_one_row_between_its_own_bin_and_the_common_one():
    member = np.array([True, False, True])
    table = canary_table(member)
    assert table.rows == PEOPLE + 3
    assert table.codes[:4, 0].tolist() == [1, 0, 3, 0]
    assert canary_table(~member).rows == table.rows


def test_without_noise_members_score_by_the_closed_form_and_others_nothing():
    member = np.zeros((2, CANARIES), dtype=bool)
    member[0, ::3] = member[1, 1::2] = True
    found = scores(canary_batches(member, rate=1.0, seed=0), sigma=0.0, seed=0)
    assert (found[~member] == 0).all()
    assert found[member] == pytest.approx(STEPS / math.sqrt(2), rel=1e-4)


@pytest.mark.parametrize("guesses", [10, 100])
def test_all_guesses_right_prove_the_epsilon_of_the_binomial(guesses):
    """P[Bin(r, p) = r] = p^r, so p = .05^(1/r) at confidence .95, and epsilon its log odds."""
    win = 0.05 ** (1 / guesses)
    expected = math.log(win / (1 - win))
    assert proven_epsilon(1_000, guesses, guesses, 0.0) == pytest.approx(expected, rel=1e-9)


def test_a_delta_proves_less_and_guessing_proves_nothing():
    proven = [proven_epsilon(1_000, 100, 90, delta) for delta in (0.0, 1e-5, 1e-3)]
    assert proven == sorted(proven, reverse=True) and len(set(proven)) == 3
    assert proven_epsilon(1_000, 100, 50, 0.0) == 0
    assert proven_epsilon(1_000, 100, 0, 1e-5) == 0


def test_the_one_run_bound_holds_for_randomised_response():
    """Each coin is told with probability e^eps / (1 + e^eps): exactly epsilon, delta 0."""
    rng, epsilon, runs = np.random.default_rng(0), 1.0, 400
    right = rng.binomial(500, 1 / (1 + math.exp(-epsilon)), runs)
    proven = np.array([proven_epsilon(500, 500, int(v), 0.0) for v in right])
    above = (proven > epsilon).mean()
    assert above <= 0.05 + 4 * math.sqrt(0.05 * 0.95 / runs)
    assert proven.mean() > 0.7  # and is not idle


def test_the_expected_share_of_hits_is_what_a_simulation_finds():
    rng, mu = np.random.default_rng(1), 1.5
    coin = rng.random(200_000) < 0.5
    score = rng.standard_normal(len(coin)) + mu * coin
    top = score.argsort()[-len(coin) // 10 :]
    assert _hit_rate(mu, 0.1) == pytest.approx(coin[top].mean(), abs=0.01)
    assert _hit_rate(0.0, 0.1) == pytest.approx(0.5)


def test_no_two_models_share_a_key():
    keys = [key for name in "ab" for seed in (0, 1) for row in keys_of(name, seed, 3, 4)
            for key in row]  # fmt: skip
    assert len(set(keys)) == len(keys) == 48
