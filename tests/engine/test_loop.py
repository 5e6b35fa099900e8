from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from sklearn.linear_model import LogisticRegression

from tests.engine.conftest import batches_of, random_table
from tradeoffs.audit.opacus_reference import one_hot
from tradeoffs.engine.loop import Training, train
from tradeoffs.engine.population import ModelSpec, initial, logits

NOISY: dict[str, Any] = {"learning_rate": 0.3, "clip_norm": 1.0, "sigma": 1.5, "sigma_counts": 4.0}


def many(width: int, count: int) -> list[ModelSpec]:
    free = [
        replace(ModelSpec(width=width, **NOISY), sigma=0.5 + 0.1 * m) for m in range(count // 2)
    ]
    free[0] = ModelSpec(width=width, learning_rate=0.3, clip_norm=float("inf"), ridge=3.0)
    held = [ModelSpec(width=width, **NOISY, max_gap=0.01 * m) for m in range(count - count // 2)]
    return free + held


@pytest.mark.parametrize("width", [0, 8])
def test_a_model_alone_is_the_model_in_a_population_of_64(width):
    settings, table = many(width, 64), random_table(400)
    keys = [[f"a{m:02x}" for m in range(64)]]
    for dtype, tolerance in ((torch.float64, 1e-10), (torch.float32, 2e-3 if width else 1e-4)):
        batches = batches_of([table], steps=60)
        together = train(settings, batches, seeds=[1], keys=keys, dtype=dtype)[0]
        for m in (0, 17, 40, 63):
            alone = train([settings[m]], batches, seeds=[1], keys=[[keys[0][m]]], dtype=dtype)
            codes = batches.codes
            both = logits([together[m], alone[0][0]], [width, width], codes)
            assert (both[0] - both[1]).abs().max() <= tolerance


def test_stacked_seeds_are_the_seeds_alone():
    tables = [random_table(300, seed=s) for s in range(3)]
    setting = [ModelSpec(**NOISY), ModelSpec(**NOISY, max_gap=0.05)]
    deep = [ModelSpec(width=w, **NOISY) for w in (2, 5)]
    for settings in (setting, deep):
        keys = [[f"{s}{m}" for m in range(2)] for s in range(3)]
        together = train(
            settings, batches_of(tables), seeds=[0, 1, 2], keys=keys, dtype=torch.float64
        )
        for s in range(3):
            batches = batches_of([tables[s]], seeds=[s])
            alone = train(settings, batches, seeds=[s], keys=[keys[s]], dtype=torch.float64)[0]
            for a, b in zip(together[s], alone, strict=True):
                assert torch.allclose(a, b, rtol=0, atol=1e-12)


@pytest.mark.parametrize("width", [0, 5])
def test_stacked_tables_may_differ_in_length_around_a_public_number(width):
    tables = [random_table(rows, seed=rows) for rows in (300, 120, 210)]
    settings = [ModelSpec(width=width, **NOISY), ModelSpec(width=width, **NOISY, max_gap=0.05)]
    keys = [[f"{s}{m}" for m in range(2)] for s in range(3)]
    for rate in (0.2, 1.0):
        batches = batches_of(tables, rows=200, rate=rate)
        together = train(settings, batches, seeds=[0, 1, 2], keys=keys, dtype=torch.float64)
        for s in range(3):
            batches = batches_of([tables[s]], seeds=[s], rows=200, rate=rate)
            alone = train(settings, batches, seeds=[s], keys=[keys[s]], dtype=torch.float64)[0]
            for a, b in zip(together[s], alone, strict=True):
                assert torch.allclose(a, b, rtol=0, atol=1e-12)
    with pytest.raises(ValueError, match="public number"):
        batches_of(tables)


@pytest.mark.parametrize("ridge", [0.0, 5.0])
@pytest.mark.parametrize("width", [0, 4])
def test_infinite_clip_and_no_noise_is_plain_gradient_descent(width, ridge):
    """Against autograd on the same batches, with momentum; intercepts are free of the ridge."""
    table = random_table(300)
    batches = batches_of([table], steps=30)
    setting = ModelSpec(width=width, learning_rate=0.4, clip_norm=float("inf"), ridge=ridge)
    found = train([setting], batches, seeds=[0], keys=[["0"]], dtype=torch.float64, tail=1)[0][0]
    columns = {"columns": batches.columns, "ones": batches.ones, "dtype": torch.float64}
    weights = initial(0, width, **columns).requires_grad_()
    optimizer = torch.optim.SGD([weights], lr=0.4, momentum=0.9)
    for batch in batches._sorted:
        chosen = batch.people.long()
        first = weights[: batches.columns * (width or 1)].view(batches.columns, -1)
        logit = first[batches.codes[chosen].long()].sum(1).squeeze(1)
        square = first[:-1].square().sum()
        if width:
            logit = torch.relu(logit) @ weights[-width - 1 : -1] + weights[-1]
            square = square + weights[-width - 1 : -1].square().sum()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(
            logit, batches.label[chosen].double(), reduction="sum"
        ) / (0.2 * table.rows)
        optimizer.zero_grad()
        (loss + ridge / table.rows * square / 2).backward()
        optimizer.step()
    assert torch.allclose(found, weights.detach(), rtol=0, atol=1e-10)


@pytest.mark.parametrize("ridge", [0.0, 3.0])
def test_it_converges_to_the_optimum_of_scikit_learn(ridge):
    table = random_table(2_000)
    batches = batches_of([table], rate=1.0, steps=4_000)
    setting = ModelSpec(learning_rate=0.5, clip_norm=float("inf"), ridge=ridge)
    found = train([setting], batches, seeds=[0], keys=[["0"]], dtype=torch.float64, tail=1)[0][0]
    design = one_hot(table, torch.float64).numpy()
    strength = 1 / ridge if ridge else np.inf
    best = LogisticRegression(C=strength, tol=1e-10, max_iter=10_000).fit(design, table.label)
    logit = logits([found], [0], batches.codes)[0].numpy()
    assert np.abs(logit - best.decision_function(design)).max() < 1e-4


@pytest.mark.parametrize("width", [0, 5])
def test_a_ridge_leaves_the_models_beside_it_as_they_were(width):
    """Bit for bit: those with noise and those without."""
    batches = batches_of([random_table(300)])
    free = ModelSpec(width=width, learning_rate=0.5, clip_norm=float("inf"))
    beside = [ModelSpec(width=width, **NOISY), free]
    keys = [["a", "b", "c"]]
    alone = train([*beside, free], batches, seeds=[0], keys=keys)[0]
    ridged = train([*beside, replace(free, ridge=3.0)], batches, seeds=[0], keys=keys)[0]
    assert all(torch.equal(a, b) for a, b in zip(alone[:2], ridged[:2], strict=True))
    assert ridged[2].norm() < 0.95 * alone[2].norm()


def test_an_empty_batch_still_gets_noise():
    table = random_table(5)
    batches = batches_of([table], rate=0.01, steps=3)
    assert len(batches._sorted[0].people) == 0
    for width in (0, 4):
        settings = [ModelSpec(width=width, **NOISY), ModelSpec(width=width, **NOISY, max_gap=0.1)]
        training = Training(settings, batches, seeds=[0], keys=[["1", "2"]])
        before = [p.clone() for p in training.model.parameters]
        training.step(0, next(iter(batches)))
        after = training.model.parameters
        assert all((a != b).all() for a, b in zip(after, before, strict=True))


def test_the_sum_is_divided_by_the_expected_batch_size_not_the_realised_one():
    table = random_table(400)
    batches = batches_of([table], rate=0.2, steps=1)
    batch = next(iter(batches))
    training = Training(
        [ModelSpec(learning_rate=1.0, clip_norm=float("inf"), momentum=0.0)],
        batches, seeds=[0], keys=[["0"]], dtype=torch.float64,
    )  # fmt: skip
    training.step(0, batch)
    assert len(batch.label) != 80
    expected = -(0.5 - batch.label.double()).sum() / 80
    assert torch.isclose(training.model.first[-1, 0], expected, rtol=1e-12)


def test_other_keys_draw_other_noise_and_the_same_key_the_same():
    table = random_table(200)
    setting = [ModelSpec(**NOISY)]
    first, again, other = (
        train(setting, batches_of([table]), seeds=[0], keys=[[key]])[0][0]
        for key in ("abc", "abc", "abd")
    )
    assert torch.equal(first, again)
    assert not torch.allclose(first, other)
