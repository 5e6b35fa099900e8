"""Shifts: how far something moved, and the parts of a loss, as the report of a shift tells them."""

import numpy as np
from scipy import stats

from tradeoffs.coverage.study import Drawn, Study
from tradeoffs.data.shifts.diagnostics import distance, interval
from tradeoffs.experiments.shift_report import area, decompose

ROWS, LATER = 1_000, 800  # before and after
BEFORE = np.array([0.4, 0.3, 0.2, 0.1])  # shares of the bins of a feature
AFTER = {"far": np.array([0.2, 0.3, 0.3, 0.2]), "near": np.array([0.38, 0.31, 0.2, 0.11])}
HIGHER = 0.5  # standard deviations by which the later people score higher
LOSS = np.array([0.2, 0.4, 0.6, 0.9])  # mean by bin,
RISE = np.array([0.0, 0.1, 0.2, 0.0])  # and what it rises by after
NOISE = 0.3  # standard deviation of a loss


def draw_distance(rng: np.random.Generator) -> dict[str, Drawn]:
    """Return the total variation of a feature, from people who are the same each time."""
    held = (ROWS * BEFORE)[None]
    found = {}
    for name, after in AFTER.items():
        drawn = rng.multinomial(LATER, after)[None]
        ends = interval(held, drawn, distance(held, drawn))
        found[f"moved {name}"] = Drawn(*ends, float(np.abs(BEFORE - after).sum() / 2))
    return found


def parts(rng: np.random.Generator) -> dict[str, Drawn]:
    """Return the area that tells people apart, and where a loss comes from."""
    apart = area(rng.normal(size=LATER) + HIGHER, rng.normal(size=ROWS))
    after = AFTER["far"]
    bins = [rng.choice(4, ROWS, p=BEFORE), rng.choice(4, LATER, p=after)]
    losses = [
        mean[at] + NOISE * rng.normal(size=len(at))
        for mean, at in zip((LOSS, LOSS + RISE), bins, strict=True)
    ]
    chance = LATER * after / (ROWS * BEFORE + LATER * after)
    found = decompose("loss", losses[0], losses[1], chance[np.concatenate(bins)])
    shared = BEFORE * after / (BEFORE + after)
    outcomes = float(np.average(RISE, weights=shared))
    total = float(after @ (LOSS + RISE) - BEFORE @ LOSS)
    truths = {"total": total, "inputs": total - outcomes, "outcomes": outcomes}
    told = {"area": (apart, float(stats.norm.cdf(HIGHER / np.sqrt(2))))}
    told |= {f"loss, {name}": (getattr(found, name), truth) for name, truth in truths.items()}
    return {name: Drawn(one.low, one.high, truth) for name, (one, truth) in told.items()}


STUDIES = (
    Study(screen="shifts", covers="shifted rows", leaves_out="rows before", draw=draw_distance),
    Study(screen="shifts", covers="rows", leaves_out="fitted classifiers", draw=parts),
)
