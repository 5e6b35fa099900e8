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


def two_way(
    figures: Callable[[np.ndarray], np.ndarray], rows: int, columns: int, groups: int = 16
) -> np.ndarray:
    """Return standard errors of figures of a table whose rows and columns are both drawn.

    Rows are left out in groups, then columns, then single cells; what cells explain is in both of
    the others and counts once.

    Args:
        figures: of the cells that a bool mask (rows, columns) keeps; (figures,).
        rows: such as models.
        columns: such as people.
        groups: left out one by one.

    Source: Cameron, Gelbach, Miller 2011, Robust Inference with Multiway Clustering, JBES 29(2).
    """
    row, column = np.arange(rows)[:, None], np.arange(columns)[None]
    cuts = (row + 0 * column, column + 0 * row, row + column + column // groups)
    by_row, by_column, by_cell = (
        (groups - 1) * np.var([figures(cut % groups != one) for one in range(groups)], axis=0)
        for cut in cuts
    )
    return np.sqrt(np.maximum(by_row + by_column - by_cell, np.maximum(by_row, by_column)))


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
