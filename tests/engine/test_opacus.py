"""Opacus is the oracle: the same weights and batch must give the same clipped sum."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from scipy import stats

from tests.engine.conftest import batches_of, random_table
from tradeoffs.audit.opacus_reference import Reference
from tradeoffs.engine.clipping.flat import clip_
from tradeoffs.engine.loop import Training, train
from tradeoffs.engine.population import ModelSpec, initial, models

TOLERANCE = {torch.float64: 1e-10, torch.float32: 2e-5}


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32], ids=str)
@pytest.mark.parametrize("width", [0, 8])
def test_clipped_sum_is_opacus(width, dtype):
    table = random_table(300)
    bound = 1.0
    vector = initial(5, width, columns=table.columns + 1, ones=4, dtype=dtype)
    generator = torch.Generator().manual_seed(1)
    vector = vector + 0.3 * torch.randn(len(vector), generator=generator, dtype=dtype)

    setting = ModelSpec(width=width, learning_rate=1.0, clip_norm=bound)
    expected = Reference(vector, table, setting).clipped_sum(torch.arange(table.rows))

    batch = next(iter(batches_of([table], rate=1.0, steps=1)))
    model = models([[vector]], [width], 4)
    slope = torch.sigmoid(model.forward(batch.codes, batch.rows, batch.bounds)) - batch.label
    lengths = model.gradient_norm(slope).clone()
    clip_(slope, model.gradient_norm(slope), torch.tensor([bound], dtype=dtype))
    found = model.vectors(model.backward(slope, batch.order, batch.columns))[0][0]
    assert 0.05 < (lengths > bound).double().mean() < 0.95
    assert (found - expected).norm() <= TOLERANCE[dtype] * expected.norm()


@pytest.mark.parametrize("width", [0, 8])
def test_trajectory_without_noise_is_opacus(width):
    """Same batches, no noise, momentum: the last iterates agree after 40 steps."""
    table = random_table(300)
    batches = batches_of([table], rate=0.2, steps=40)
    setting = ModelSpec(width=width, learning_rate=0.5, clip_norm=0.5, momentum=0.9)
    keys = [["0"]]
    found = train([setting], batches, seeds=[3], keys=keys, dtype=torch.float64, tail=1)[0][0]

    start = initial(3, width, columns=table.columns + 1, ones=4, dtype=torch.float64)
    steps = [batch.people.long() for batch in batches._sorted]
    expected = Reference(start, table, setting).train(steps, 0.2 * table.rows)
    assert (found - expected).norm() <= 1e-9 * expected.norm()


def test_the_bias_is_part_of_the_norm():
    """One column and one row: |gradient| = |slope| * sqrt(2), not |slope|."""
    table = random_table(50, bins=(1,))
    batch = next(iter(batches_of([table], rate=1.0, steps=1)))
    model = models([[torch.zeros(2, dtype=torch.float64)]], [0], 2)
    slope = torch.sigmoid(model.forward(batch.codes, batch.rows, batch.bounds)) - batch.label
    assert torch.allclose(model.gradient_norm(slope), slope.abs() * 2**0.5, rtol=1e-12)


def test_removing_any_one_person_moves_the_clipped_sum_by_at_most_the_bound():
    table, bound = random_table(50), 0.3
    sums = []
    for dropped in [None, *range(50)]:
        keep = np.ones(50, dtype=bool)
        if dropped is not None:
            keep[dropped] = False
        batch = next(iter(batches_of([table.take(keep)], rate=1.0, steps=1)))
        vector = 20 * initial(1, 8, columns=table.columns + 1, ones=4, dtype=torch.float64)
        model = models([[vector]], [8], 4)
        slope = torch.sigmoid(model.forward(batch.codes, batch.rows, batch.bounds)) - batch.label
        clip_(slope, model.gradient_norm(slope), torch.tensor([bound], dtype=torch.float64))
        sums.append(model.vectors(model.backward(slope, batch.order, batch.columns))[0][0])
    moves = torch.stack([(sums[0] - other).norm() for other in sums[1:]])
    assert moves.max() <= bound
    assert moves.max() > 0.99 * bound  # the bound is reached: somebody was clipped


def test_noise_has_the_declared_deviation_and_is_independent_between_models():
    """2 000 models of one batch: one step moves each by its own N(0, (sigma C)^2) noise."""
    table, count = random_table(60, bins=(3, 4)), 2_000
    batches = batches_of([table], rate=0.5, steps=1)
    noisy = ModelSpec(learning_rate=1.0, clip_norm=0.5, sigma=3.0, momentum=0.0)
    clean = replace(noisy, sigma=0.0)
    keys = [[f"{m:x}" for m in range(count)] + ["0"]]
    training = Training(
        [noisy] * count + [clean], batches, seeds=[0], keys=keys, dtype=torch.float64
    )
    training.step(0, next(iter(batches)))
    moved = training.model.first  # (columns, models)
    standard = (moved[:, :count] - moved[:, count:]) * -(0.5 * 60) / (3.0 * 0.5)
    assert stats.kstest(standard.flatten().numpy(), "norm").pvalue > 1e-4
    between = np.corrcoef(standard[:, :50].numpy().T)
    assert np.abs(between - np.eye(50)).max() < 1
    across = (standard[:, :-1] * standard[:, 1:]).mean()
    assert abs(across) < 4 / np.sqrt(standard[:, 1:].numel())
