"""Equality: one step and a whole training are what Opacus computes, and so is the noise."""

import warnings
from typing import Any

import numpy as np
import torch
from scipy import stats

from tradeoffs.audit.canaries import keys_of
from tradeoffs.audit.finding import Finding, model_kind, p_value_test
from tradeoffs.audit.opacus_reference import Reference
from tradeoffs.audit.synthetic_tables import batches_of, random_people
from tradeoffs.engine.batches import Batch, Batches
from tradeoffs.engine.loop import Training, train
from tradeoffs.engine.population import ModelSpec, initial
from tradeoffs.language.translation import say

ROWS, RATE, STEPS = 200, 0.2, 15
WIDTHS = (0, 8)
CLIP, SIGMA = 0.5, 2.0
DRAWS = 200  # of noise, each way
OPACUS = "Opacus 1.6.0, DPOptimizer; Yousefpour et al. 2021, arXiv 2109.12298"


def equality(seed: int) -> list[Finding]:
    """Compare the engine with Opacus, both kinds of models."""
    return [finding for width in WIDTHS for finding in _equality(seed, width)]


def _equality(seed: int, width: int) -> list[Finding]:
    name, told = f"width-{width}" if width else "logistic", model_kind(width)
    return [
        _close(f"opacus-step-{name}",
               say("First clipped sum against Opacus ({kind}), relative difference", kind=told),
               first_sum(seed, width)),
        _close(f"opacus-training-{name}",
               say("Weights after {steps} steps against Opacus ({kind}), relative difference",
                   steps=STEPS, kind=told),
               trajectory(seed, width)),
        p_value_test(f"opacus-noise-{name}",
                  say("p-value: noise is distributed as Opacus' ({kind})", kind=told),
                  noise(seed, width), source=OPACUS),
    ]  # fmt: skip


def first_sum(seed: int, width: int) -> float:
    """Return the relative difference of the first step's clipped sums."""
    table, batches, setting, start = _case(seed, width)
    training = Training([setting], batches, seeds=[seed], keys=[["0"]], dtype=torch.float64)
    batch = next(iter(batches))
    training.step(0, batch)
    found = training.model.vectors(training.velocity)[0][0]
    expected = Reference(start, table, setting).clipped_sum(positions(batch, batches))
    return float((found - expected).norm() / expected.norm())


def trajectory(seed: int, width: int) -> float:
    """Return the relative difference of the last weights, same batches, without noise."""
    table, batches, setting, start = _case(seed, width)
    found = train([setting], batches, seeds=[seed], keys=[["0"]], dtype=torch.float64, tail=1)
    steps = [positions(batch, batches) for batch in batches]
    expected = Reference(start, table, setting).train(steps, RATE * table.rows)
    return float((found[0][0] - expected).norm() / expected.norm())


def noise(seed: int, width: int) -> float:
    """Return the p-value of a two-sample Kolmogorov-Smirnov test of the noise on one batch."""
    table, batches, clean, start = _case(seed, width)
    noisy = ModelSpec(width=width, learning_rate=0.5, clip_norm=CLIP, sigma=SIGMA, momentum=0.0)
    training = Training(
        [noisy] * DRAWS + [clean],
        batches,
        seeds=[seed],
        keys=keys_of(f"opacus {width}", seed, 1, DRAWS + 1),
        dtype=torch.float64,
    )
    batch = next(iter(batches))
    training.step(0, batch)
    sums = torch.stack(training.model.vectors(training.velocity)[0])
    found = sums[:-1] - sums[-1]
    theirs = Reference(start, table, noisy).noise(positions(batch, batches), DRAWS, seed)
    with warnings.catch_warnings():
        # The exact tail of long samples is replaced by its limit, and said so.
        warnings.filterwarnings("ignore", "ks_2samp: Exact calculation", RuntimeWarning)
        result: Any = stats.ks_2samp(found.ravel(), theirs.ravel())
    return float(result.pvalue)


def positions(batch: Batch, batches: Batches) -> torch.Tensor:
    """Return the rows of a table, all different, that are in a batch of one seed."""
    ones = batches.ones
    whole = {row.tobytes(): place for place, row in enumerate(batches.codes.numpy())}
    return torch.tensor([whole[row.tobytes()] for row in batch.codes.view(-1, ones).numpy()])


def _case(seed: int, width: int) -> tuple:
    """Return table, batches, noiseless setting and first weights; the rows are all different."""
    table = random_people(ROWS, seed, bins=(12, 12, 12))
    _, first = np.unique(table.codes, axis=0, return_index=True)
    table = table.take(first)
    batches = batches_of([table], seed=seed, rate=RATE, steps=STEPS)
    setting = ModelSpec(width=width, learning_rate=0.5, clip_norm=CLIP)
    start = initial(seed, width, columns=batches.columns, ones=batches.ones, dtype=torch.float64)
    return table, batches, setting, start


def _close(name: str, what: str, difference: float) -> Finding:
    return Finding(
        name=name,
        what=what,
        measured=difference,
        expected=0.0,
        low=0.0,
        high=1e-9,
        source=OPACUS,
    )
