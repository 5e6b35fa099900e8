"""Tune the recipe: `python -m tradeoffs.training.tune` writes recipe.json anew.

Learning rates and clip norms are chosen on a fold of Adult's training file, which is declared
public for that purpose; no other table and no row of select or report is looked at.  What is
chosen is a function of epsilon * rows, from tables of several sizes, for the mean accuracy over
seeds, smoothed over neighbouring points of the grid so that chance decides less.
"""

import itertools
import json
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import lru_cache

import numpy as np
import torch

from tradeoffs.data.keyed import uniform
from tradeoffs.data.load import load_split
from tradeoffs.data.sample import subsample
from tradeoffs.data.table import Table
from tradeoffs.scenario import digest
from tradeoffs.training.batches import Batches, held_columns
from tradeoffs.training.loop import train
from tradeoffs.training.population import Setting, logits
from tradeoffs.training.recipe import STEPS, TABLE, delta, sample_rate
from tradeoffs.values.privacy.ladder import LEAST, MOST, budget

SIGNALS = (100, 300, 1_000, 3_000, 10_000, 30_000, 100_000)  # epsilon * rows
ROWS = (1_000, 3_000, 25_000)
LEARNING_RATES = (0.0125, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
# Smaller norms do as well for accuracy, but clip so much that every person casts an equal vote,
# on which the pull of a fairness constraint hardly acts.
CLIP_NORMS = (1.0, 2.0, 4.0)
WIDTHS = {"logistic": (0,), "network": (16,)}
SEEDS = range(5)
HELD_OUT = 0.2  # share of the training file on which the recipe is chosen

log = logging.getLogger(__name__)


@lru_cache
def fold() -> tuple[Table, Table]:
    """Return the rows of Adult's training file to fit on, and those to choose on."""
    whole = load_split("adult").train
    held = uniform(0, "tune", whole.row_id) < HELD_OUT
    return whole.take(~held), whole.take(held)


def accuracies(settings: list[Setting], rows: int, seed: int) -> np.ndarray:
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
        logit = logits(vectors, [s.width for s in some], torch.from_numpy(held_columns(held)))
        found.append(((logit > 0).numpy() == held.label).mean(1))
    return np.concatenate(found)


def surface(width: int, signal: float | None) -> np.ndarray:
    """Return (learning rates, clip norms) mean accuracies; without mechanism one column."""
    if signal is None:
        grid = [(rate, float("inf")) for rate in LEARNING_RATES]
        cases = [(rows, 0.0) for rows in ROWS[1:]]
    else:
        grid = list(itertools.product(LEARNING_RATES, CLIP_NORMS))
        cases = [
            (rows, _sigma(signal / rows, rows)) for rows in ROWS if LEAST <= signal / rows <= MOST
        ]
    jobs = [
        (
            [
                Setting(width=width, learning_rate=rate, clip_norm=clip, sigma=sigma)
                for rate, clip in grid
            ],
            rows,
            seed,
        )
        for (rows, sigma), seed in itertools.product(cases, SEEDS)
    ]
    with ThreadPoolExecutor(2) as pool:
        found = np.mean(list(pool.map(lambda job: accuracies(*job), jobs)), 0)
    return found.reshape(len(LEARNING_RATES), -1)


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
            rate, clip = LEARNING_RATES[i], CLIP_NORMS[j]
            log.info("%s %d rate %g clip %g accuracy %.4f", kind, signal, rate, clip, values[i, j])
        free = np.mean([surface(width, None) for width in widths], 0)[:, 0]
        log.info(
            "%s without mechanism %s",
            kind,
            dict(zip(LEARNING_RATES, free.round(4).tolist(), strict=True)),
        )
        tuned[kind] = {
            "signal": list(SIGNALS),
            "learning_rate": [LEARNING_RATES[i] for i, _ in best],
            "clip_norm": [CLIP_NORMS[j] for _, j in best],
            "learning_rate_without_mechanism": [LEARNING_RATES[int(free.argmax())]],
        }
    TABLE.write_text(json.dumps(tuned, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
