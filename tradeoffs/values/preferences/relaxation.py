"""Relaxation: which reservation levels exclude each other, and what would have to give."""

from itertools import combinations

import numpy as np

from tradeoffs.values.preferences.reservation import keeps_levels


def conflict(costs: np.ndarray, levels: np.ndarray) -> tuple[int, ...]:
    """Return the smallest set of levels that no setting keeps together; () if one keeps all.

    Any smaller set of levels can be kept.  Among equally small ones, the first in their order.

    Args:
        costs: (settings, objectives), to be minimised; NaN keeps no level.
        levels: (objectives,) the highest cost accepted; infinity where anything is.

    Source: Chinneck 2008, Feasibility and Infeasibility in Optimization, ch. 6 (irreducible
    infeasible subsets).
    """
    keeps = keeps_levels(costs, levels)
    asked = np.flatnonzero(~np.isposinf(levels)).tolist()
    for size in range(1, len(asked) + 1):
        for some in combinations(asked, size):
            if not keeps[:, list(some)].all(axis=1).any():
                return some
    return ()


def least_relaxation(costs: np.ndarray, levels: np.ndarray) -> np.ndarray:
    """Return for each objective the lowest level at which all levels can be kept: (objectives,).

    Each is relaxed alone, with all others held.  Infinity where that does not help, or where no
    level is asked for; what is possible already needs no more than the level itself.

    Args:
        costs: (settings, objectives), to be minimised; NaN keeps no level.
        levels: (objectives,) the highest cost accepted.
    """
    keeps = keeps_levels(costs, levels)
    found = np.full(len(levels), np.inf)
    for one in np.flatnonzero(~np.isposinf(levels)).tolist():
        others = np.delete(keeps, one, axis=1).all(axis=1) & ~np.isnan(costs[:, one])
        if others.any():
            found[one] = max(levels[one], costs[others, one].min())
    return found
