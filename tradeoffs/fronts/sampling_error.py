"""Sampling error: how far figures move because the test rows are a sample of people.

Seeds tell how much training varies; they all face the same test rows.  What other rows would have
given is estimated from the decisions on each row, averaged over seeds, so that two models that
agree about a person cancel out there (see `crossed` for what is not counted twice).

Source: Nadeau, Bengio 2003 (both sources of variation); linearised variance of rates.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from tradeoffs.stats.proportions import NORMAL
from tradeoffs.stats.two_way import influence, influence_error, people_error


def accuracy_error(
    label: np.ndarray,
    one: np.ndarray,
    other: np.ndarray | None = None,
    weights: np.ndarray | None = None,
) -> float:
    """Return the standard error of an accuracy, or of a difference of two, over test rows.

    Args:
        label: (rows,) bool.
        one: (seeds, rows) bool decisions.
        other: the model it is compared with, or None.
        weights: (rows,) survey weights; None where each row counts once.
    """
    right = (one == label).astype(float)
    if other is not None:
        right -= other == label
    return people_error(right, weights)


def unpaired_error(
    one: np.ndarray,
    one_id: np.ndarray,
    other: np.ndarray,
    other_id: np.ndarray,
    weights: tuple[np.ndarray | None, np.ndarray | None] = (None, None),
) -> float:
    """Return the standard error of a difference of two accuracies measured on different rows.

    A shift keeps some people and may change or repeat them: whoever stands on both sides moves
    both, and what they have in common cancels.

    Args:
        one: (seeds, rows) bool, whether each decision is right.
        one_id: (rows,) int ids of the people.
        other: as `one`, of what is subtracted; on rows of its own.
        other_id: their ids.
        weights: survey weights of the rows of both sides; None where each row counts once.
    """
    people, place = np.unique(np.concatenate([one_id, other_id]), return_inverse=True)
    pulls = [_shares(right, own) for right, own in zip((one, other), weights, strict=True)]
    each = np.concatenate([pulls[0], -pulls[1]], axis=1)
    return influence_error(np.stack([np.bincount(place, pull, len(people)) for pull in each]))


def _shares(right: np.ndarray, weights: np.ndarray | None) -> np.ndarray:
    """Return (seeds, rows): how far each row moves a mean of which it may hold several rows."""
    apart = right - np.average(right, axis=1, weights=weights, keepdims=True)
    return apart / right.shape[1] if weights is None else apart * weights / weights.sum()


class GapInfluence(NamedTuple):
    """How far people move a gap between groups.

    Attributes:
        influence: (seeds, rows), as `influence` has them; the groups at the gap's ends are held.
        gap: of the mean over seeds.
        ends: which rate is widest, and the groups at its ends.
        sure: whether the gap is told from none.
    """

    influence: np.ndarray
    gap: float
    ends: tuple[int, int, int]
    sure: bool


def gap_error(
    group: np.ndarray,
    compared: np.ndarray,
    among: Sequence[np.ndarray],
    one: np.ndarray,
    other: np.ndarray | None = None,
    weights: np.ndarray | None = None,
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
        weights: (rows,) survey weights; None where each row counts once.
    """
    own = gap_influence(group, compared, among, one, weights)
    if other is None:
        return influence_error(own.influence)
    return difference_error(own, gap_influence(group, compared, among, other, weights))


def difference_error(
    one: GapInfluence,
    other: GapInfluence,
    of: Callable[[np.ndarray], np.ndarray] = lambda influence: influence,
) -> float:
    """Return the standard error of what two gaps of the same people differ by.

    Of a gap too small to be told from none it is chance which end is up: what moves the other gap
    to one side may move it to either, so the larger error of both is meant.  If both are turned
    over together, they still differ by what they differ by, turned over.

    Args:
        one: a gap.
        other: the gap that is subtracted.
        of: what people do to the figure that is meant, from what they do to this difference.
    """
    together = influence_error(of(one.influence - other.influence))
    if np.array_equal(one.influence, other.influence) or (one.sure and other.sure):
        return together
    apart = max(together, influence_error(of(one.influence + other.influence)))
    if one.ends != other.ends:
        return apart
    return min(apart, together + abs(one.gap - other.gap))


def gap_influence(
    group: np.ndarray,
    compared: np.ndarray,
    among: Sequence[np.ndarray],
    decisions: np.ndarray,
    weights: np.ndarray | None = None,
) -> GapInfluence:
    """Return how far each row moves the gap of each training; arguments as for `gap_error`."""
    mean = decisions.mean(0)
    counted = np.ones(len(group)) if weights is None else weights
    widest, spread, ends = np.zeros(decisions.shape), -1.0, (-1, -1, -1)
    for place, inside in enumerate(among):
        people = np.bincount(group[inside], minlength=len(compared))
        whole = np.bincount(group[inside], counted[inside], len(compared))
        rate = np.bincount(group[inside], (counted * mean)[inside], len(compared))
        rate = rate / np.where(people, whole, 1)
        high = int(np.where(compared, rate, -np.inf).argmax())
        low = int(np.where(compared, rate, np.inf).argmin())
        if compared.sum() < 2 or rate[high] - rate[low] <= spread:
            continue
        spread, ends = float(rate[high] - rate[low]), (place, high, low)
        widest = np.zeros(decisions.shape)
        for sign, end in ((1, high), (-1, low)):
            rows = inside & (group == end)
            if people[end] > 1:  # of fewer nothing is known, and no gap is told
                own = None if weights is None else weights[rows]
                widest[:, rows] = sign * influence(decisions[:, rows], own)
    return GapInfluence(widest, spread, ends, spread > NORMAL * influence_error(widest))
