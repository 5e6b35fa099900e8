"""Selection frequency: certain where seeds agree, a fair coin where they are exchangeable."""

import numpy as np

from tradeoffs.values.preferences.selection_frequency import selection_frequency


def first(means: np.ndarray) -> int | None:
    return None if np.isnan(means[:, 0]).all() else int(np.nanargmin(means[:, 0]))


def frequency(by_seed: np.ndarray, draws: int = 400) -> np.ndarray:
    return selection_frequency(by_seed, first, np.random.default_rng(0), draws)


def test_a_setting_ahead_in_every_seed_is_always_picked():
    by_seed = np.stack([np.full((8, 1), 0.2), np.full((8, 1), 0.3)])
    assert frequency(by_seed).tolist() == [400, 0]


def test_two_settings_that_share_the_seeds_evenly_are_picked_about_alike():
    ahead = np.array([0.0, 1.0] * 4)
    by_seed = np.stack([ahead, 1 - ahead])[..., None] + np.array([[[0.0]], [[1e-9]]])
    found = frequency(by_seed)
    ties = 0.273  # C(8, 4) / 2^8, which go to the first
    assert abs(found[0] / 400 - (0.5 + ties / 2)) < 0.08 and found.sum() == 400


def test_chances_that_models_of_a_seed_share_do_not_count():
    noise = np.random.default_rng(1).normal(size=(8, 1))
    assert frequency(np.stack([noise, noise + 0.01])).tolist() == [400, 0]


def test_the_same_numbers_give_the_same_draws_and_missing_models_are_left_out():
    by_seed = np.random.default_rng(2).random((4, 8, 1))
    by_seed[3] = np.nan
    assert np.array_equal(frequency(by_seed), frequency(by_seed))
    assert frequency(by_seed)[3] == 0
    assert frequency(np.full((2, 8, 1), np.nan)).tolist() == [0, 0]
