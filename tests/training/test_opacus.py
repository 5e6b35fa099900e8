"""Opacus is the oracle: the same weights and batch must give the same clipped sum."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from opacus.grad_sample import GradSampleModule
from opacus.optimizers import DPOptimizer
from scipy import stats

from tests.training.conftest import batches_of, random_table
from tradeoffs.training.batches import held_columns
from tradeoffs.training.clipping import clip_
from tradeoffs.training.loop import Training, train
from tradeoffs.training.population import Setting, initial, models

TOLERANCE = {torch.float64: 1e-10, torch.float32: 2e-5}


def reference(width: int, vector: torch.Tensor, columns: int) -> Any:
    """The same model as a torch module; its first bias is our last input column."""
    if not width:
        module: Any = torch.nn.Sequential(torch.nn.Linear(columns - 1, 1)).to(vector.dtype)
        with torch.no_grad():
            module[0].weight.copy_(vector[:-1][None])
            module[0].bias.copy_(vector[-1:])
        return module
    module = torch.nn.Sequential(
        torch.nn.Linear(columns - 1, width), torch.nn.ReLU(), torch.nn.Linear(width, 1)
    ).to(vector.dtype)
    first = vector[: columns * width].view(columns, width)
    with torch.no_grad():
        module[0].weight.copy_(first[:-1].t())
        module[0].bias.copy_(first[-1])
        module[2].weight.copy_(vector[columns * width : -1][None])
        module[2].bias.copy_(vector[-1:])
    return module


def flatten(parts: list[torch.Tensor], width: int) -> torch.Tensor:
    if not width:
        return torch.cat([parts[0].reshape(-1), parts[1]])
    first = torch.cat([parts[0].t(), parts[1][None]])
    return torch.cat([first.reshape(-1), parts[2].reshape(-1), parts[3]])


def one_hot(table, dtype) -> torch.Tensor:
    codes = torch.from_numpy(held_columns(table)).long()
    return torch.zeros(table.rows, table.columns + 1, dtype=dtype).scatter_(1, codes, 1.0)[:, :-1]


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32], ids=str)
@pytest.mark.parametrize("width", [0, 8])
def test_clipped_sum_is_opacus(width, dtype):
    table = random_table(300)
    bound = 1.0
    vector = initial(5, width, columns=table.columns + 1, ones=4, dtype=dtype)
    generator = torch.Generator().manual_seed(1)
    vector = vector + 0.3 * torch.randn(len(vector), generator=generator, dtype=dtype)

    module: Any = GradSampleModule(
        reference(width, vector, table.columns + 1).to(dtype), loss_reduction="sum"
    )
    optimizer = DPOptimizer(
        torch.optim.SGD(module.parameters(), lr=1.0),
        noise_multiplier=0.0,
        max_grad_norm=bound,
        expected_batch_size=1,
        loss_reduction="sum",
    )
    label = torch.from_numpy(table.label).to(dtype)
    loss = torch.nn.functional.binary_cross_entropy_with_logits(
        module(one_hot(table, dtype)).squeeze(1), label, reduction="sum"
    )
    loss.backward()
    optimizer.clip_and_accumulate()
    expected = flatten([p.summed_grad for p in module.parameters()], width)

    batch = next(iter(batches_of([table], rate=1.0, steps=1)))
    model = models([[vector]], [width], 4)
    slope = torch.sigmoid(model.forward(batch.codes, batch.rows, batch.bounds)) - batch.label
    lengths = model.length(slope).clone()
    clip_(slope, model.length(slope), torch.tensor([bound], dtype=dtype))
    found = model.vectors(model.backward(slope, batch.order, batch.columns))[0][0]
    assert 0.05 < (lengths > bound).double().mean() < 0.95
    assert (found - expected).norm() <= TOLERANCE[dtype] * expected.norm()


@pytest.mark.parametrize("width", [0, 8])
def test_trajectory_without_noise_is_opacus(width):
    """Same batches, no noise, momentum: the last iterates agree after 40 steps."""
    table = random_table(300)
    batches = batches_of([table], rate=0.2, steps=40)
    setting = Setting(width=width, learning_rate=0.5, clip_norm=0.5, momentum=0.9)
    keys = [["0"]]
    found = train([setting], batches, seeds=[3], keys=keys, dtype=torch.float64, tail=1)[0][0]

    start = initial(3, width, columns=table.columns + 1, ones=4, dtype=torch.float64)
    module: Any = GradSampleModule(
        reference(width, start, table.columns + 1).double(), loss_reduction="sum"
    )
    optimizer = DPOptimizer(
        torch.optim.SGD(module.parameters(), lr=0.5, momentum=0.9),
        noise_multiplier=0.0,
        max_grad_norm=0.5,
        expected_batch_size=1,
        loss_reduction="sum",
    )
    design, label = one_hot(table, torch.float64), torch.from_numpy(table.label).double()
    for picked, *_ in batches._sorted:
        optimizer.zero_grad()
        chosen = picked.long()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(
            module(design[chosen]).squeeze(1), label[chosen], reduction="sum"
        )
        loss.backward()
        optimizer.clip_and_accumulate()
        for p in module.parameters():
            p.grad = p.summed_grad / (0.2 * table.rows)
        optimizer.original_optimizer.step()
    expected = flatten([p.detach() for p in module.parameters()], width)
    assert (found - expected).norm() <= 1e-9 * expected.norm()


def test_the_bias_is_part_of_the_norm():
    """One column and one row: |gradient| = |slope| * sqrt(2), not |slope|."""
    table = random_table(50, bins=(1,))
    batch = next(iter(batches_of([table], rate=1.0, steps=1)))
    model = models([[torch.zeros(2, dtype=torch.float64)]], [0], 2)
    slope = torch.sigmoid(model.forward(batch.codes, batch.rows, batch.bounds)) - batch.label
    assert torch.allclose(model.length(slope), slope.abs() * 2**0.5, rtol=1e-12)


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
        clip_(slope, model.length(slope), torch.tensor([bound], dtype=torch.float64))
        sums.append(model.vectors(model.backward(slope, batch.order, batch.columns))[0][0])
    moves = torch.stack([(sums[0] - other).norm() for other in sums[1:]])
    assert moves.max() <= bound
    assert moves.max() > 0.99 * bound  # the bound is reached: somebody was clipped


def test_noise_has_the_declared_deviation_and_is_independent_between_models():
    """2 000 models of one batch: one step moves each by its own N(0, (sigma C)^2) noise."""
    table, count = random_table(60, bins=(3, 4)), 2_000
    batches = batches_of([table], rate=0.5, steps=1)
    noisy = Setting(learning_rate=1.0, clip_norm=0.5, sigma=3.0, momentum=0.0)
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
