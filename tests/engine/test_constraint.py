import math
from dataclasses import replace

import numpy as np
import pytest
import torch

from tests.engine.conftest import batches_of, random_table
from tradeoffs.engine.constraint import (
    SHARE,
    Constraint,
    gradient_sigma,
    statistics_sigma,
)
from tradeoffs.engine.loop import run_training, train
from tradeoffs.engine.population import ModelSpec, logits


def setting(max_gap, sigma=0.0, **other):
    return ModelSpec(
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
    """Against autograd of sum_g multiplier_g * (rate_g - rate of all), up to a common factor."""
    table = random_table(200, groups=3)
    batches = batches_of([table], rate=1.0, steps=1)
    batch = next(iter(batches))
    constraint = Constraint([setting(0.1)], batches, torch.zeros(1, 1, 3, dtype=torch.float64))
    constraint.multiplier[0] = torch.tensor([0.3, 0.0, 0.7], dtype=torch.float64)[:, None]
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
    constraint.add_gradient_(found, batch, torch.sigmoid(logit.detach()))
    assert torch.allclose(found, expected * 200 * (share.min() / 3).sqrt(), rtol=1e-10)


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
    assert torch.allclose(alone, beside, rtol=0, atol=1e-6)


def test_group_counts_are_noised_before_use():
    table = random_table(400)
    batches = batches_of([table])
    noise = torch.full((1, 1, 2), 1.5, dtype=torch.float64)
    exact = Constraint([setting(0.1)], batches, noise)
    noised = Constraint([setting(0.1, sigma=1.0, sigma_counts=8.0)], batches, noise)
    assert torch.allclose(noised.share - exact.share, torch.tensor(1.5 * 8 / 400).double())


ODDS = ("true_positive_rate", "false_positive_rate")


def rates(vector, table, batches, names=ODDS) -> dict[str, torch.Tensor]:
    """Return each group's rates of decisions on the rows of a table."""
    decided = (logits([vector], [0], batches.codes)[0] > 0).numpy()
    which = {
        "selection_rate": table.label | True,
        "true_positive_rate": table.label,
        "false_positive_rate": ~table.label,
    }
    groups = range(len(table.groups["group"]))
    return {
        name: torch.tensor([
            decided[which[name] & (table.protected["group"] == g)].mean() for g in groups
        ])
        for name in names
    }  # fmt: skip


@pytest.mark.parametrize(
    ("held", "groups"),
    [
        (("selection_rate",), 4),
        (("true_positive_rate",), 2),
        (("true_positive_rate",), 3),
        (ODDS, 2),
        (ODDS, 3),
    ],
)
def test_every_rate_that_is_held_ends_near_its_bound(held, groups):
    """On the rows trained on, without noise: two or more groups, one rate or two."""
    table = random_table(6_000, bins=(9, 8, 7, 6, 5), groups=groups)
    some = np.random.default_rng(0).permutation(6_000)[:3_000]  # whose group says nothing
    members = table.protected["group"].copy()
    members[some] = np.random.default_rng(1).integers(0, groups, 3_000)
    table = replace(table, protected={"group": members})
    split = held != ("selection_rate",)
    batches = batches_of([table], rate=0.3, steps=200, by_label=split)
    settings = [setting(None), setting(0.05, constrained_rates=held)]
    free, bound = train(settings, batches, seeds=[0], keys=[["0", "1"]])[0]
    before, after = (
        max(float(rate.max() - rate.min()) for rate in rates(vector, table, batches, held).values())
        for vector in (free, bound)
    )
    assert before > 0.15
    assert after < 0.7 * before


@pytest.mark.parametrize("held", ["largest_error_rate", "largest_squared_error"])
def test_the_group_that_fares_worst_fares_better(held):
    """At a bound out of reach; for two fifths, who cannot be told, another answer counts."""
    rng = np.random.default_rng(0)
    table = random_table(4_000, bins=(9, 9))
    few = rng.random(4_000) < 0.4
    label = np.where(few, table.codes[:, 1], table.codes[:, 0]) + rng.normal(size=4_000) > 4
    table = replace(table, label=label, protected={"group": few.astype(np.int8)})
    batches = batches_of([table], rate=0.3, steps=200)
    settings = [setting(None), setting(0.05, constrained_rates=(held,))]
    free, bound = train(settings, batches, seeds=[0], keys=[["a", "b"]])[0]
    errors = [
        ((logits([v], [0], batches.codes)[0].numpy() > 0) != label)[few].mean()
        for v in (free, bound)
    ]
    assert errors[1] < errors[0] - 0.02


def test_what_is_not_held_is_left_alone():
    """Equal opportunity has no multipliers for those with a negative label."""
    table = random_table(2_000)
    batches = batches_of([table], by_label=True)
    training = run_training(
        [setting(0.05, constrained_rates=("true_positive_rate",))], batches, seeds=[0], keys=[["0"]]
    )
    assert training.constraint is not None
    negatives, positives = training.constraint.weight.view(2, 2, 1)
    assert (negatives == 0).all() and (positives != 0).all()


def test_groups_with_too_few_people_are_left_alone_and_named():
    table = random_table(4_000, groups=3)
    few = table.protected["group"].copy()
    few[few == 2] = 0
    few[:4] = 2  # four people
    table = replace(table, protected={"group": few})
    batches = batches_of([table])
    noisy = setting(0.05, sigma=1.0, sigma_counts=3.0)
    training = run_training([noisy], batches, seeds=[0], keys=[["a"]])
    ((seen,),) = training.constraint_statistics()
    assert seen is not None and training.constraint is not None
    assert seen.unenforceable == (("selection_rate", 2),)
    assert training.constraint.weight[2, 0] == 0
    assert 0 < seen.deviation < 0.1 and seen.tracked_gap >= 0


def test_where_nobody_can_be_held_the_model_is_the_free_one_with_more_noise():
    table = random_table(400)
    batches = batches_of([table])
    drowned = setting(0.05, sigma=50.0, sigma_counts=3.0)
    training = run_training([drowned], batches, seeds=[0], keys=[["a"]])
    ((seen,),) = training.constraint_statistics()
    assert seen is not None and training.constraint is not None
    assert len(seen.unenforceable) == 2 and math.isnan(seen.tracked_gap)
    assert (training.constraint.weight == 0).all()


def test_a_free_model_was_not_watched():
    training = run_training(
        [setting(None)], batches_of([random_table(200)]), seeds=[0], keys=[["a"]]
    )
    assert training.constraint_statistics() == [[None]]


def test_rates_that_need_labels_need_cells_by_label():
    batches = batches_of([random_table(200)])
    with pytest.raises(ValueError, match="by_label=False"):
        Constraint([setting(0.1, constrained_rates=ODDS)], batches, torch.zeros(1, 1, 2))
