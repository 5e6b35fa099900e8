from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from sklearn.linear_model import LogisticRegression

from tests.engine.conftest import batches_of, random_table
from tradeoffs.attacks.membership import confidence, membership_mask, train_on_members
from tradeoffs.audit.opacus_reference import one_hot
from tradeoffs.engine.loop import train
from tradeoffs.engine.population import ModelSpec, logits
from tradeoffs.engine.recipe import Recipe
from tradeoffs.scenario import digest

POOL = random_table(300)
MEMBER = membership_mask(POOL.row_id, 20, 7)
NOISY: dict[str, Any] = {"learning_rate": 0.3, "clip_norm": 1.0, "sigma": 1.5, "sigma_counts": 4.0}
RECIPE = Recipe(
    sample_rate=0.2, steps=30, delta=1e-5, learning_rate=0.3, clip_norm=1.0, momentum=0.9
)


def trained(settings, member=MEMBER, keys=("ab", "cd"), recipe=RECIPE):
    return train_on_members(
        POOL, "group", member, settings, keys[: len(settings)], recipe, 7, torch.float64
    )


def alone(setting: ModelSpec, model: int) -> torch.Tensor:
    """Train one model on its members alone, which divides by their number, not by half the pool."""
    mine = POOL.take(MEMBER[model])
    faster = setting.learning_rate * mine.rows / (POOL.rows // 2)
    batches = batches_of(
        [mine], steps=RECIPE.steps, seeds=[int(digest(["member batches", 7, model]), 16)]
    )
    key = digest(["member", "ab", model])
    return train(
        [replace(setting, learning_rate=faster)], batches, seeds=[7], keys=[[key]],
        dtype=torch.float64,
    )[0][0]  # fmt: skip


@pytest.mark.parametrize("width", [0, 8])
@pytest.mark.parametrize("sigma", [0.0, 1.5])
def test_each_model_is_the_model_trained_on_its_members_alone(width, sigma):
    setting = ModelSpec(width=width, **NOISY | {"sigma": sigma})
    found = trained([setting])
    for model in (0, 5, 19):
        assert torch.allclose(found[model][0], alone(setting, model), rtol=0, atol=1e-9)


def test_nothing_about_others_than_the_members_matters():
    swapped = random_table(300, seed=1)
    outside = ~MEMBER[3]
    codes, label = POOL.codes.copy(), POOL.label.copy()
    codes[outside], label[outside] = swapped.codes[outside], swapped.label[outside]
    other = replace(POOL, codes=codes, label=label)
    for settings in ([ModelSpec(**NOISY)], [ModelSpec(**NOISY, max_gap=0.1)]):
        one, again = (
            train_on_members(pool, "group", MEMBER[3:4], settings, ["ab"], RECIPE, 7)[0][0]
            for pool in (POOL, other)
        )
        assert torch.equal(one, again)


@pytest.mark.parametrize("max_gap", [None, 0.1])
def test_sums_are_divided_by_half_the_pool_whoever_is_a_member(max_gap):
    """Dividing by the number of members would tell it; here one more is one more summand."""
    recipe = replace(RECIPE, sample_rate=1.0, steps=1)
    setting = ModelSpec(learning_rate=1.0, clip_norm=float("inf"), momentum=0.0, max_gap=max_gap)
    for size in (100, 200):
        member = (np.arange(300) < size)[None]
        bias = trained([setting], member, recipe=recipe)[0][0][-1]
        assert float(bias) == pytest.approx((POOL.label[:size] - 0.5).sum() / 150, rel=1e-9)


def test_members_are_trained_with_the_ridge_of_their_sum():
    """The optimum over a model's members, however many people the sums are divided by."""
    recipe = replace(RECIPE, sample_rate=1.0, steps=3_000)
    setting = ModelSpec(learning_rate=0.5, clip_norm=float("inf"), ridge=4.0)
    found = trained([setting], MEMBER[:2], recipe=recipe)
    for (vector,), member in zip(found, MEMBER, strict=False):
        mine = one_hot(POOL, torch.float64).numpy()[member]
        best = LogisticRegression(C=0.25, tol=1e-10, max_iter=10_000).fit(mine, POOL.label[member])
        assert np.allclose(vector[:-1].numpy(), best.coef_[0], rtol=0, atol=1e-4)


def test_models_have_batches_and_noise_of_their_own_and_common_first_weights():
    everybody = np.ones((2, 300), dtype=bool)
    quiet: dict[str, Any] = {"learning_rate": 0.3, "clip_norm": 1.0}
    sampled, whole = (
        trained([ModelSpec(**quiet, width=4)], everybody, recipe=replace(RECIPE, sample_rate=q))
        for q in (0.2, 1.0)
    )
    assert not torch.allclose(sampled[0][0], sampled[1][0])  # other batches
    assert torch.allclose(whole[0][0], whole[1][0], rtol=0, atol=1e-12)  # nothing is its own
    noisy = trained([ModelSpec(**NOISY)], everybody, recipe=replace(RECIPE, sample_rate=1.0))
    assert not torch.allclose(noisy[0][0], noisy[1][0])


def test_settings_share_members_and_batches():
    quiet: dict[str, Any] = NOISY | {"sigma": 0.0}
    settings = [ModelSpec(**quiet), ModelSpec(**quiet, max_gap=1.0)]
    free, held = trained(settings)[0]
    assert torch.allclose(free, held, rtol=0, atol=1e-12)  # a bound of 1 never moves anything


def test_coins_are_fair_and_belong_to_the_person():
    ids = np.arange(5_000)
    found = membership_mask(ids, 8, 3)
    assert abs(found.mean() - 0.5) < 4 * 0.5 / np.sqrt(found.size)
    centred = found - 0.5
    apart = np.abs(np.corrcoef(centred))[np.triu_indices(8, 1)]
    assert apart.max() < 4.5 / np.sqrt(5_000)
    assert np.array_equal(membership_mask(ids[::7], 4, 3), found[:4, ::7])
    assert not np.array_equal(membership_mask(ids, 8, 4), found)


@pytest.mark.parametrize("width", [0, 8])
def test_confidence_is_the_logit_of_the_true_label(width):
    vectors = [row[0] for row in trained([ModelSpec(**NOISY, width=width)])]
    found = confidence(vectors, width, POOL)
    codes = torch.from_numpy(POOL.flat.astype(np.int32))
    bias = torch.full((POOL.rows, 1), POOL.columns, dtype=torch.int32)
    chance = torch.sigmoid(logits(vectors, [width] * 20, torch.cat([codes, bias], 1))).numpy()
    true = np.where(POOL.label, chance, 1 - chance)
    assert np.allclose(found, np.log(true / (1 - true)), rtol=0, atol=1e-9)
