"""Sampling error: how far figures move because the test rows are a sample of people.

Seeds tell how much training varies; they all face the same test rows.  What other rows would have
given is estimated from the decisions on each row, averaged over seeds, so that two models that
agree about a person cancel out there.

Source: Nadeau, Bengio 2003 (both sources of variation); linearised variance of rates.
"""

import math

import numpy as np

from tradeoffs.values.fairness.notion import SMALLEST_CELL


def accuracy_error(label: np.ndarray, one: np.ndarray, other: np.ndarray | None = None) -> float:
    """Return the standard error of an accuracy, or of a difference of two, over test rows.

    Args:
        label: (rows,) bool.
        one: (seeds, rows) bool decisions.
        other: the model it is compared with, or None.
    """
    right = (one == label).mean(0)
    if other is not None:
        right = right - (other == label).mean(0)
    return float(right.std(ddof=1) / math.sqrt(len(label)))


def parity_error(
    group: np.ndarray, groups: int, one: np.ndarray, other: np.ndarray | None = None
) -> float:
    """Return the standard error of a gap in selection rates, or of a difference of two.

    The groups with the largest and the smallest rate are held fixed; groups that are too small to
    be measured take no part.

    Args:
        group: (rows,) int codes.
        groups: number of groups.
        one: (seeds, rows) bool decisions.
        other: the model it is compared with, or None.
    """
    influence = _signed(group, groups, one)
    if other is not None:
        influence = influence - _signed(group, groups, other)
    variance = 0.0
    for g in range(groups):
        rows = influence[group == g]
        if len(rows) > 1:
            variance += float(rows.var(ddof=1)) / len(rows)
    return math.sqrt(variance)


def _signed(group: np.ndarray, groups: int, decisions: np.ndarray) -> np.ndarray:
    """Return (rows,): each row's mean decision, + in the highest group, - in the lowest, else 0."""
    mean = decisions.mean(0)
    people = np.bincount(group, minlength=groups)
    rate = np.bincount(group, weights=mean, minlength=groups) / np.maximum(people, 1)
    measurable = people >= SMALLEST_CELL
    if measurable.sum() < 2:
        return np.zeros_like(mean)
    high = np.where(measurable, rate, -np.inf).argmax()
    low = np.where(measurable, rate, np.inf).argmin()
    return mean * ((group == high).astype(float) - (group == low))
