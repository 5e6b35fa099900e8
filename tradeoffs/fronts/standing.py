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

from tradeoffs.stats.interval import estimate

FRONT, ONE_HALF, TIED, BEATEN = "front", "one half", "not told apart", "beaten"

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
    for row in np.flatnonzero(standing == TIED).tolist():
        ahead = front & (costs <= costs[:, [row]]).all(axis=(0, 2))
        for one in np.flatnonzero(ahead).tolist():
            if _beats(by_seed[row] - by_seed[one], row_errors(row, one)):
                standing[row], beaten_by[row] = BEATEN, one
                break
    return best[0], standing, beaten_by


def _beats(gains: np.ndarray, row_errors: Sequence[float]) -> bool:
    """Say whether gains (seeds, objectives) are told to be above 0 in one and below in none."""
    common = gains[~np.isnan(gains).any(axis=1)]
    if len(common) == 0:
        return False
    found = [estimate(own, error) for own, error in zip(common.T, row_errors, strict=True)]
    ends = [entry.interval for entry in found if entry.interval]
    return any(low > 0 for low, _ in ends) and all(high >= 0 for _, high in ends)
