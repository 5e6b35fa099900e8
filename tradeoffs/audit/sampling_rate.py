"""Sampling: does every record join every batch with probability q, and is the sum divided by q n?

Source: Abadi et al. 2016, arXiv 1607.00133; Chua et al. 2024, arXiv 2403.17673, on what accounting
for Poisson sampling is worth when batches are drawn otherwise.
"""

import math

import numpy as np
import torch
from scipy import stats

from tradeoffs.audit.canaries import (
    CANARIES,
    CLIP,
    ONES,
    STEPS,
    canary_batches,
    keys_of,
    scores,
)
from tradeoffs.audit.finding import (
    Finding,
    correlation_test,
    deviation_test,
    exact,
    mean_test,
    p_value_test,
)
from tradeoffs.engine.batches import Batches
from tradeoffs.engine.loop import Training
from tradeoffs.engine.population import ModelSpec
from tradeoffs.language.translation import say

TABLES = 64
RATE = 0.3
SIGMA = 0.5  # little, so that the chance of the batches is seen beside it
INTERVALS = 10  # of batch sizes
POISSON = "Abadi et al. 2016, arXiv 1607.00133, algorithm 1"


def sampling(seed: int) -> list[Finding]:
    """Audit the path with sampled batches: scores, batch sizes, who takes part when."""
    batches = _everyone_in(seed)
    return [*canary_scores(batches, seed), *participation_tests(batches)]


def _everyone_in(seed: int) -> Batches:
    return canary_batches(np.ones((TABLES, CANARIES), dtype=bool), rate=RATE, seed=seed)


def canary_scores(batches: Batches, seed: int) -> list[Finding]:
    """Compare mean and deviation of canaries' scores when each joins a step with chance q."""
    found = scores(batches, sigma=SIGMA, seed=seed)
    share = 1 / math.sqrt(ONES)
    spread = math.sqrt(STEPS * (SIGMA**2 + RATE * (1 - RATE) * share**2))
    return [
        mean_test(
            "sampled-mean", say("Mean score of sampled canaries: q T / sqrt(ones)"),
            found, RATE * STEPS * share, deviation=spread, source=POISSON,
        ),
        deviation_test(
            "sampled-deviation",
            say("Deviation of their scores: sqrt(T sigma^2 + T q (1 - q) / ones)"),
            found, spread, source=POISSON,
        ),
    ]  # fmt: skip


def participation_tests(batches: Batches) -> list[Finding]:
    """Compare batch sizes with Binomial(n, q), and look for steps or tables that are alike."""
    columns = batches.columns
    sizes, taken = [], []
    for batch in batches:
        sizes.append(np.diff(batch.bounds))
        count = np.bincount(batch.codes.numpy(), minlength=batches.seeds * columns)
        taken.append(count.reshape(batches.seeds, columns)[:, 1 : 1 + CANARIES])
    part = np.stack(taken).astype(float)  # (steps, tables, canaries)
    centred = part - batches.rate
    by_table = centred.transpose(1, 0, 2).reshape(batches.seeds, -1)
    return [
        p_value_test(
            "batch-sizes",
            say("p-value: batch sizes are Binomial(n, q), in a chi-square test"),
            binomial_chance(np.concatenate(sizes), batches.rows, batches.rate), source=POISSON,
        ),
        exact("once-a-batch", say("Most often that a record is in one batch"), part.max(), 1,
              source=POISSON),
        mean_test(
            "share-taking-part", say("Share of the steps in which a record takes part: q"),
            part, batches.rate, deviation=math.sqrt(batches.rate * (1 - batches.rate)),
            source=POISSON,
        ),
        correlation_test("steps-apart",
                     say("Largest correlation of two steps' batches, in errors"),
                     centred.reshape(len(part), -1), source=POISSON),
        correlation_test("tables-apart",
                     say("Largest correlation of two seeds' batches, in errors"),
                     by_table, source=POISSON),
    ]  # fmt: skip


def binomial_chance(sizes: np.ndarray, rows: int, rate: float) -> float:
    """Return the p-value of a chi-square test of batch sizes against Binomial(rows, rate)."""
    law = stats.binom(rows, rate)
    edges = np.unique(law.ppf(np.arange(1, INTERVALS) / INTERVALS))
    chances = np.diff(law.cdf(edges), prepend=0.0, append=1.0)
    counts = np.bincount(np.searchsorted(edges, sizes), minlength=len(chances))
    return float(stats.chisquare(counts, chances * len(sizes)).pvalue)


def division(seed: int) -> list[Finding]:
    """Take one exact step from zero and compare it with the sum over the batch / (q n).

    q n is no whole number here, so no batch happens to have the expected size.
    """
    rows_in = CANARIES + 1 - CANARIES % 2  # odd, so that q * (rows_in + PEOPLE) has a fraction
    member = np.ones((8, rows_in), dtype=bool)
    batches = canary_batches(member, rate=RATE, seed=seed)
    setting = ModelSpec(learning_rate=1.0, clip_norm=CLIP, momentum=0.0)
    training = Training(
        [setting],
        batches,
        seeds=list(range(8)),
        keys=keys_of("division", seed, 8, 1),
        dtype=torch.float64,
    )
    batch = next(iter(batches))
    training.step(0, batch)
    bias = training.model.vectors(training.model.parameters)
    moved = -np.array([row[0][-1].item() for row in bias])
    slope = 0.5  # of the loss at zero weights and a label of 0
    norm = slope * math.sqrt(ONES)
    one = CLIP * slope / (norm + 1e-6)
    expected = np.diff(batch.bounds) * one / (RATE * batches.rows)
    worst = (moved / expected)[np.abs(moved / expected - 1).argmax()]
    what = say("A step over its closed form, the batch's sum / (q n); worst of 8 batches")
    return [exact("divided-by-qn", what, worst, 1, source=POISSON)]
