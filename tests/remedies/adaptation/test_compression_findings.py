"""What compression does to the groups of Adult: figures, with chance of seeds and people."""

from functools import lru_cache

import numpy as np
import pytest
import torch
from scipy.stats import rankdata

from tradeoffs.data.load import load_split
from tradeoffs.engine.batches import active_columns
from tradeoffs.engine.population import logits
from tradeoffs.experiments.fit import fit
from tradeoffs.experiments.plan import resolve
from tradeoffs.remedies.adaptation.pruning import pruning_mask
from tradeoffs.remedies.adaptation.quantization import quantize
from tradeoffs.scenario import Scenario
from tradeoffs.stats.proportions import SMALLEST_CELL

SEEDS = 8
NEAR = 0.2  # of one half, in chance, which counts as near the threshold
PEOPLE = load_split("adult", "income_gt_50k").report
CODES = torch.from_numpy(active_columns(PEOPLE))


@lru_cache
def trained(width):
    base = Scenario.of(dataset="adult", epsilon=None, width=width, rows=8_000)
    plans = [resolve(base.but(seed=seed)) for seed in range(SEEDS)]
    models = fit([[plan] for plan in plans])
    return [models[plan.model_key].vector.numpy() for plan in plans]


def logit(vectors, width):
    own = [torch.from_numpy(vector) for vector in vectors]
    return logits(own, [width] * len(own), CODES).numpy()


def groups(attribute):
    member, names = PEOPLE.group_of(attribute)
    own = [member == code for code in range(len(names))]
    return [who for who in own if who.sum() >= SMALLEST_CELL]


@pytest.mark.parametrize("width", [0, pytest.param(64, marks=pytest.mark.slow)])
def test_eight_bits_change_no_groups_accuracy_by_more_than_a_third_of_a_point(width):
    models = trained(width)
    whole = logit(models, width) > 0
    small = logit([quantize(v, 8, PEOPLE.columns, width) for v in models], width) > 0
    right = (small == PEOPLE.label) * 100.0 - (whole == PEOPLE.label) * 100.0
    changes = [right[:, who].mean() for who in groups("race")]
    assert len(changes) == 5 and np.abs(changes).max() <= 0.3


@pytest.mark.slow
def test_pruning_flips_the_decisions_of_groups_with_many_people_near_the_threshold():
    """As Tran et al. 2022, arXiv 2205.13574, say of margins; a group's size does not tell it."""
    models = trained(64)
    before = logit(models, 64)
    pruned = [v * pruning_mask(v, 0.9, PEOPLE.columns, 64) for v in models]
    flips = (logit(pruned, 64) > 0) != (before > 0)
    near = np.abs(1 / (1 + np.exp(-before)) - 0.5) < NEAR
    own = groups("race*sex")
    ranks = [rankdata([each[:, who].mean() for who in own]) for each in (flips, near)]
    assert len(own) == 9 and np.corrcoef(ranks)[0, 1] > 0.8  # Spearman's
