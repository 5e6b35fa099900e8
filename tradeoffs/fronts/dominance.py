"""Standing: on the front, on it on one half of the test rows, not told apart from it, or beaten.

A front that is chosen on one half and drawn on the other holds points that others beat in what is
drawn; one that is chosen and drawn on the same half flatters itself.  So each half chooses, and a
configuration is on the front if both choose it.  What only one chooses is unconfirmed: `ONE_HALF`.
Any other is beaten only if one on the front is at least as good in every objective on both halves,
and better in one by more than the paired interval on report; else it is not told apart.

What follows of the points that are drawn, which are means on report: those on the front do not
dominate each other; whatever no other point dominates is on the front or on one half; and a beaten
one lies behind the front.

Source: Cawley, Talbot 2010, On Over-fitting in Model Selection, JMLR 11 (a second half confirms);
Nadeau, Bengio 2003 (paired comparisons).
"""

from collections.abc import Callable, Sequence

import moocore
import numpy as np

from tradeoffs.stats.interval import half_width
from tradeoffs.stats.means import means

FRONT, ONE_HALF, TIED, BEATEN = "front", "one half", "not told apart", "beaten"
APART = "not compared"  # of what does not compete for a front

RowErrors = Callable[[int, int], Sequence[float]]  # of one minus another, by objective


def nondominated(costs: np.ndarray) -> np.ndarray:
    """Return which points no other one dominates: (points,) bool.

    Equal points do not dominate each other.

    Args:
        costs: (points, objectives), to be minimised, finite.
    """
    if len(costs) == 0:
        return np.zeros(0, dtype=bool)
    return np.asarray(moocore.is_nondominated(costs, keep_weakly=True), dtype=bool)


def standings(
    costs: np.ndarray, by_seed: np.ndarray, row_errors: RowErrors
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return who is chosen on select, each standing, and the row that beats it, or -1.

    Args:
        costs: (2 splits, configurations, objectives), means over seeds, finite.
        by_seed: (configurations, seeds, objectives), costs on report, NaN where there is no model.
        row_errors: standard errors over test rows of what two rows differ by, one an objective.
    """
    best = np.stack([nondominated(half) for half in costs])
    front: np.ndarray = best[0] & best[1]
    standing = np.where(front, FRONT, np.where(best[0] | best[1], ONE_HALF, TIED)).astype(object)
    beaten_by = np.full(len(front), -1)
    rows = np.flatnonzero(standing == TIED)
    ahead = front & (costs[:, None] <= costs[:, rows, None]).all(axis=(0, 3))  # (rows, all)
    while len(rows):  # each beside the first ahead of it, then the rest beside the second, ...
        left = ahead.any(axis=1)
        rows, ahead = rows[left], ahead[left]
        others = ahead.argmax(axis=1)
        pairs = zip(rows.tolist(), others.tolist(), strict=True)
        errors = np.array([row_errors(*pair) for pair in pairs]).reshape(-1, costs.shape[-1])
        beaten = _beaten(by_seed[rows] - by_seed[others], errors)
        beaten_by[rows[beaten]] = others[beaten]
        ahead[np.arange(len(rows)), others] = False
        rows, ahead = rows[~beaten], ahead[~beaten]
    standing[beaten_by >= 0] = BEATEN
    return best[0], standing, beaten_by


def _beaten(gains: np.ndarray, row_errors: np.ndarray) -> np.ndarray:
    """Say which gains are told to be above 0 in one objective and below it in none: (pairs,) bool.

    Args:
        gains: (pairs, seeds, objectives), NaN where one of the two has no model.
        row_errors: (pairs, objectives), of the test rows.
    """
    common = np.asarray(np.isfinite(gains).all(axis=2))
    found = means(gains, common)
    several = found.seeds > 1
    seeds = np.maximum(found.seeds, 2)[:, None]
    seed_error = found.sd / np.sqrt(seeds)
    half = half_width(seed_error, np.hypot(seed_error, row_errors), seeds - 1)
    low, high = found.mean - half, found.mean + half
    return several & (low > 0).any(axis=1) & (high >= 0).all(axis=1)
