"""Jackknife: intervals of figures of many models, from leaving groups of them out."""

from collections.abc import Callable

import numpy as np
from scipy.special import stdtrit

from tradeoffs.stats.proportions import TAIL


def jackknife(found: np.ndarray, left: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return both ends of 95 % t intervals around figures.

    An attacked model is a shadow of all others too, so their decisions hang together in a way
    that drawing among finished decisions does not see: such an interval is too short by up to
    half.  Leaving models out of both roles sees it, and errs to the long side.

    Args:
        found: (figures,), of all models.
        left: (groups, figures), each with one group of models left out.

    Source: Efron & Stein 1981, The jackknife estimate of variance, Annals of Statistics 9.
    """
    groups = len(left)
    error = np.sqrt((groups - 1) * left.var(axis=0))
    half = float(stdtrit(groups - 1, 1 - TAIL)) * error
    return np.maximum(found - half, 0), np.minimum(found + half, 1)


def jackknifed(
    difference: Callable[[np.ndarray], float], models: int, groups: int = 16
) -> tuple[float, float, float]:
    """Return a difference of two shares or areas with both ends of its interval.

    Args:
        difference: of the models that a bool mask (models,) keeps; in [-1, 1].
        models: how many there are.
        groups: of models, left out one by one; see `jackknife`.
    """
    group = np.arange(models) % min(groups, models)
    left = np.array([[difference(group != one)] for one in range(group.max() + 1)])
    value = difference(np.full(models, True))
    low, high = jackknife(np.array([(1 + value) / 2]), (1 + left) / 2)  # which cuts at 0 and 1
    return value, 2 * float(low[0]) - 1, 2 * float(high[0]) - 1
