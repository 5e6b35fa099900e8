"""Jackknife: errors of figures of many models asked about many people, from leaving some out."""

from collections.abc import Callable

import numpy as np

from tradeoffs.stats.interval import t_quantile


def variance(left: np.ndarray) -> np.ndarray:
    """Return the variance of figures, from what they are with each part left out.

    Source: Efron, Stein 1981, The jackknife estimate of variance, Annals of Statistics 9.

    Args:
        left: (parts, ...), the figures without each part.
    """
    return (len(left) - 1) * left.var(axis=0)


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
        variance(np.array([figures(cut % groups != one) for one in range(groups)])) for cut in cuts
    )
    return np.sqrt(np.maximum(by_row + by_column - by_cell, np.maximum(by_row, by_column)))


def jackknife_difference(
    difference: Callable[[np.ndarray], float], models: int, people: int, groups: int = 16
) -> tuple[float, float, float]:
    """Return a difference of two shares or areas with both ends of its interval.

    Args:
        difference: of the cells that a bool mask (models, people) keeps; in [-1, 1].
        models: how many there are.
        people: how many were asked about.
        groups: of either, left out one by one; see `two_way`.
    """
    groups = min(groups, models, people)
    error = two_way(lambda kept: np.array([difference(kept)]), models, people, groups)[0]
    value = difference(np.full((models, people), True))
    half = float(t_quantile(groups - 1) * error)
    return value, max(value - half, -1.0), min(value + half, 1.0)
