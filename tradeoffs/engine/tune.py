"""Tune the recipe: `python -m tradeoffs.engine.tune` writes recipe.json anew.

Learning rates and clip norms are chosen on a fold of Adult's training file, which is declared
public for that purpose; no other table and no row of select or report is looked at.  What is
chosen is a function of epsilon * rows, from tables of several sizes, for the mean accuracy over
seeds, smoothed over neighbouring points of the grid so that chance decides less.  Without a
mechanism learning rate and ridge are chosen for the mean over tables of all sizes.
"""

import itertools
import json
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import lru_cache

import numpy as np
import torch

from tradeoffs.data.keyed_random import uniform
from tradeoffs.data.load import load_split
from tradeoffs.data.sample import subsample
from tradeoffs.data.table import Table
from tradeoffs.engine.batches import Batches, active_columns
from tradeoffs.engine.loop import train
from tradeoffs.engine.population import ModelSpec, logits
from tradeoffs.engine.recipe import STEPS, TABLE, delta, sample_rate
from tradeoffs.scenario import digest
from tradeoffs.stats.interval import standard_error
from tradeoffs.values.privacy.calibration import LEAST, MOST, budget

SIGNALS = (100, 300, 1_000, 3_000, 10_000, 30_000, 100_000)  # epsilon * rows
ROWS = (1_000, 3_000, 25_000)
FREE_ROWS = (200, 300, *ROWS)  # without a mechanism: small tables are where a ridge tells
LEARNING_RATES = (0.0125, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
# Smaller norms do as well for accuracy, but clip so much that every person casts an equal vote,
# on which the pull of a fairness constraint hardly acts.
CLIP_NORMS = (1.0, 2.0, 4.0)
RIDGES = (0.0, 0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 12.0)
WIDTHS = {"logistic": (0,), "network": (16,)}
SEEDS = range(5)
FREE_SEEDS = range(20)
HELD_OUT = 0.2  # share of the training file on which the recipe is chosen

log = logging.getLogger(__name__)


@lru_cache
def fold() -> tuple[Table, Table]:
    """Return the rows of Adult's training file to fit on, and those to choose on."""
    whole = load_split("adult").train
    held = uniform(0, "tune", whole.row_id) < HELD_OUT
    return whole.take(~held), whole.take(held)


def accuracies(settings: list[ModelSpec], rows: int, seed: int) -> np.ndarray:
    """Return (settings,) accuracies on the fold of models trained on `rows` people."""
    torch.set_num_threads(1)
    fit, held = fold()
    table = subsample(fit, rows, seed)
    batches = Batches(
        [table],
        [table.protected["sex"]],
        groups=2,
        seeds=[seed],
        rate=sample_rate(rows),
        steps=STEPS,
    )
    # A key of all that tells two models apart, so that no two share their noise.
    keys = [digest(["tune", seed, rows, asdict(setting)]) for setting in settings]
    found = []
    for part in np.array_split(np.arange(len(settings)), max(1, settings[0].width // 4)):
        some = [settings[m] for m in part]
        vectors = train(some, batches, seeds=[seed], keys=[[keys[m] for m in part]])[0]
        logit = logits(vectors, [s.width for s in some], torch.from_numpy(active_columns(held)))
        found.append(((logit > 0).numpy() == held.label).mean(1))
    return np.concatenate(found)


def surface(width: int, signal: float) -> np.ndarray:
    """Return (learning rates, clip norms) mean accuracies at epsilon * rows."""
    cases = []
    for rows in (rows for rows in ROWS if LEAST <= signal / rows <= MOST):
        sigma = _sigma(signal / rows, rows)
        settings = [
            ModelSpec(width=width, learning_rate=rate, clip_norm=clip, sigma=sigma)
            for rate, clip in itertools.product(LEARNING_RATES, CLIP_NORMS)
        ]
        cases.append((settings, rows))
    return _by_seed(cases, SEEDS).mean(0)


def free_surface(width: int) -> np.ndarray:
    """Return (seeds, learning rates, ridges) mean accuracies without a mechanism."""
    settings = [
        ModelSpec(width=width, learning_rate=rate, clip_norm=float("inf"), ridge=ridge)
        for rate, ridge in itertools.product(LEARNING_RATES, RIDGES)
    ]
    return _by_seed([(settings, rows) for rows in FREE_ROWS], FREE_SEEDS)


def _by_seed(cases: list[tuple[list[ModelSpec], int]], seeds: Sequence[int]) -> np.ndarray:
    """Return (seeds, learning rates, ...) accuracies, mean over cases of settings and rows."""
    jobs = [(*case, seed) for seed, case in itertools.product(seeds, cases)]
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda job: accuracies(*job), jobs))
    return np.reshape(found, (len(seeds), len(cases), len(LEARNING_RATES), -1)).mean(1)


def _sigma(epsilon: float, rows: int) -> float:
    rate = sample_rate(rows)
    return budget(epsilon, sample_rate=rate, steps=STEPS, delta=delta(rows), counts=False).sigma


def choose(surfaces: np.ndarray) -> list[tuple[int, int]]:
    """Return the best (learning rate, clip norm) indices at each signal, after smoothing.

    Args:
        surfaces: (signals, learning rates, clip norms) accuracies.
    """
    smooth = surfaces
    for axis in range(3):
        padded = np.pad(smooth, [(1, 1) if a == axis else (0, 0) for a in range(3)], "edge")
        low, middle, high = (
            np.take(padded, range(i, i + smooth.shape[axis]), axis) for i in range(3)
        )
        smooth = (low + 2 * middle + high) / 4
    return [tuple(np.unravel_index(s.argmax(), s.shape)) for s in smooth]


def strongest(accuracies: np.ndarray) -> tuple[int, int]:
    """Return the best learning rate and its strongest ridge as good as the best, as indices.

    As good is within one standard error of the best mean: of models that cannot be told apart the
    simplest is taken (Breiman et al. 1984, Classification and Regression Trees, section 3.4.3).

    Args:
        accuracies: (seeds, learning rates, ridges), ridges in increasing order.
    """
    mean = accuracies.mean(0)
    rate, ridge = np.unravel_index(mean.argmax(), mean.shape)
    error = standard_error(accuracies[:, rate, ridge])
    return int(rate), int(np.flatnonzero(mean[rate] >= mean[rate, ridge] - error)[-1])


def main() -> None:
    """Tune both kinds of models and write the table."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    torch.set_flush_denormal(True)
    tuned = {}
    for kind, widths in WIDTHS.items():
        surfaces = np.stack(
            [np.mean([surface(width, signal) for width in widths], 0) for signal in SIGNALS]
        )
        best = choose(surfaces)
        for signal, (i, j), values in zip(SIGNALS, best, surfaces, strict=True):
            told = (LEARNING_RATES[i], CLIP_NORMS[j], values[i, j])
            log.info("%s %d rate %g clip %g accuracy %.4f", kind, signal, *told)
        free = np.mean([free_surface(width) for width in widths], 0)
        rate, ridge = strongest(free)
        log.info("%s without mechanism, ridges %s", kind, RIDGES)
        for own, values in zip(LEARNING_RATES, free.mean(0).round(4).tolist(), strict=True):
            log.info("rate %g accuracies %s", own, values)
        tuned[kind] = {
            "signal": list(SIGNALS),
            "learning_rate": [LEARNING_RATES[i] for i, _ in best],
            "clip_norm": [CLIP_NORMS[j] for _, j in best],
            "learning_rate_without_mechanism": [LEARNING_RATES[rate]],
            "ridge_without_mechanism": [RIDGES[ridge]],
        }
    TABLE.write_text(json.dumps(tuned, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
