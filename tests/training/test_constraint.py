import math

import pytest
import torch

from tests.training.conftest import batches_of, random_table
from tradeoffs.training.constraint import (
    SHARE,
    Constraint,
    gradient_sigma,
    statistics_sigma,
)
from tradeoffs.training.loop import train
from tradeoffs.training.population import Setting, logits


def setting(max_gap, sigma=0.0, **other):
    return Setting(
        learning_rate=0.8, clip_norm=float("inf") if not sigma else 1.0, sigma=sigma,
        max_gap=max_gap, **other,
    )  # fmt: skip


def test_the_two_releases_together_are_the_mechanism_that_was_accounted():
    s = setting(0.1, sigma=1.7)
    together = gradient_sigma(s) ** -2 + statistics_sigma(s) ** -2
    assert math.isclose(together, 1.7**-2, rel_tol=1e-12)
    assert gradient_sigma(s) / 1.7 == pytest.approx(1 / math.sqrt(1 - SHARE))
    assert gradient_sigma(setting(None, sigma=1.7)) == 1.7


def test_the_slope_is_the_derivative_of_the_penalty():
    """Against autograd of sum_g weight_g * sum_i chance_i, in units of the smallest group."""
    table = random_table(200, groups=3)
    batches = batches_of([table], rate=1.0, steps=1)
    batch = next(iter(batches))
    constraint = Constraint([setting(0.1)], batches, torch.zeros(1, 1, 3, dtype=torch.float64))
    constraint.multiplier[0] = torch.tensor([0.3, 0.0, 0.7], dtype=torch.float64)[None, :, None]
    constraint.disparity.fill_(0)
    constraint.gap.fill_(0)
    constraint._ascend()
    logit = torch.randn(200, 1, generator=torch.Generator().manual_seed(0)).double()
    logit.requires_grad_()
    share = torch.bincount(batch.cell.long()).double() / 200
    rate = torch.stack([
        torch.sigmoid(logit[batch.cell == g]).sum() / (200 * share[g]) for g in range(3)
    ])  # fmt: skip
    multiplier = torch.tensor([0.3, 0.0, 0.7], dtype=torch.float64)
    penalty = (multiplier * (rate - (share * rate).sum())).sum()
    (expected,) = torch.autograd.grad(penalty, logit)
    found = torch.zeros(200, 1, dtype=torch.float64)
    constraint.add_slope_(found, batch, torch.sigmoid(logit.detach()))
    assert torch.allclose(found, expected * 200 * share.min(), rtol=1e-10)


@pytest.mark.parametrize("width", [0, 6])
@pytest.mark.parametrize("bound", [0.02, 0.1])
def test_the_gap_is_held(width, bound):
    """On the rows trained on, without noise, the gap ends near the bound; it was far above."""
    table = random_table(3_000, bins=(9, 8, 7, 6, 5))
    batches = batches_of([table], rate=0.3, steps=200)
    settings = [setting(None, width=width), setting(bound, width=width)]
    free, held = train(settings, batches, seeds=[0], keys=[["0", "1"]])[0]
    decided = logits([free, held], [width, width], batches.codes) > 0
    member = torch.from_numpy(table.protected["group"]) == 1
    gaps = decided[:, member].float().mean(1) - decided[:, ~member].float().mean(1)
    assert gaps[0].abs() > 0.2
    assert gaps[1].abs() < bound + 0.05


def test_an_unconstrained_model_does_not_feel_its_constrained_neighbours():
    table = random_table(400)
    free, held = setting(None, sigma=1.0), setting(0.05, sigma=1.0, sigma_counts=3.0)
    alone = train([free], batches_of([table]), seeds=[0], keys=[["a"]])[0][0]
    beside = train([free, held], batches_of([table]), seeds=[0], keys=[["a", "b"]])[0][0]
    assert torch.equal(alone, beside)


def test_group_counts_are_noised_before_use():
    table = random_table(400)
    batches = batches_of([table])
    noise = torch.full((1, 1, 2), 1.5, dtype=torch.float64)
    exact = Constraint([setting(0.1)], batches, noise)
    noised = Constraint([setting(0.1, sigma=1.0, sigma_counts=8.0)], batches, noise)
    assert torch.allclose(noised.share - exact.share, torch.tensor(1.5 * 8 / 400).double())
