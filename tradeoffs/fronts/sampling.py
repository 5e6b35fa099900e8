"""Sampling error: how far figures move because the test rows are a sample of people.

Seeds tell how much training varies; they all face the same test rows.  What other rows would have
given is estimated from the decisions on each row, averaged over seeds, so that two models that
agree about a person cancel out there.

Source: Nadeau, Bengio 2003 (both sources of variation); linearised variance of rates.
"""

import math
from collections.abc import Sequence

import numpy as np


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


def moved_error(
    one: np.ndarray, one_id: np.ndarray, other: np.ndarray, other_id: np.ndarray
) -> float:
    """Return the standard error of a difference of two accuracies measured on different rows.

    A shift keeps some people and may change or repeat them: whoever stands on both sides moves
    both, and what they have in common cancels.

    Args:
        one: (seeds, rows) bool, whether each decision is right.
        one_id: (rows,) int ids of the people.
        other: as `one`, of what is subtracted; on rows of its own.
        other_id: their ids.
    """
    people, place = np.unique(np.concatenate([one_id, other_id]), return_inverse=True)
    pulls = [right.mean(0) - right.mean() for right in (one, other)]
    pull = np.concatenate([pulls[0] / len(one_id), -pulls[1] / len(other_id)])
    return float(np.sqrt(np.square(np.bincount(place, pull, len(people))).sum()))


def gap_error(
    group: np.ndarray,
    compared: np.ndarray,
    among: Sequence[np.ndarray],
    one: np.ndarray,
    other: np.ndarray | None = None,
) -> float:
    """Return the standard error of a gap between groups, or of a difference of two.

    A notion compares one or several rates, each the share of positive decisions among some rows;
    its gap is the largest spread.  That rate and the groups at its ends are held fixed.

    Args:
        group: (rows,) int codes.
        compared: (groups,) bool, between which of them the gap is.
        among: for each rate (rows,) bool, over whom it is taken.
        one: (seeds, rows) bool decisions.
        other: the model it is compared with, or None.
    """
    influence = _influence(group, compared, among, one)
    if other is not None:
        influence = influence - _influence(group, compared, among, other)
    return float(math.sqrt(np.square(influence).sum()))


def _influence(
    group: np.ndarray, compared: np.ndarray, among: Sequence[np.ndarray], decisions: np.ndarray
) -> np.ndarray:
    """Return (rows,): how far each row moves the gap, scaled so that squares add to a variance."""
    mean = decisions.mean(0)
    widest, spread = np.zeros_like(mean), -1.0
    for inside in among:
        people = np.bincount(group[inside], minlength=len(compared))
        rate = np.bincount(group[inside], weights=mean[inside], minlength=len(compared))
        rate = rate / np.maximum(people, 1)
        high = np.where(compared, rate, -np.inf).argmax()
        low = np.where(compared, rate, np.inf).argmin()
        if compared.sum() < 2 or rate[high] - rate[low] <= spread:
            continue
        spread = rate[high] - rate[low]
        widest = np.zeros_like(mean)
        for sign, end in ((1, high), (-1, low)):
            rows = inside & (group == end)
            n = max(people[end], 2)  # of fewer nothing is known, and no gap is told
            widest[rows] = sign * (mean[rows] - rate[end]) / math.sqrt(n * (n - 1))
    return widest
