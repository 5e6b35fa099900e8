"""Stratified: what two groups differ by at equal something else."""

import math
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from tradeoffs.stats.interval import mean_difference_error


class Stratified(NamedTuple):
    """A difference of two groups within strata, and its standard error."""

    difference: float
    error: float
    people: int  # of the first group, in strata that both groups share


def stratified(strata: Iterable[tuple[np.ndarray, np.ndarray]]) -> Stratified | None:
    """Return the mean difference within strata, each weighing as many as the first group has there.

    Strata with fewer than two people of either group are left out; None if none is left.

    Args:
        strata: values of both groups in each.
    """
    found = [
        (one.mean() - other.mean(), mean_difference_error(one, other), len(one))
        for one, other in strata
        if min(len(one), len(other)) > 1
    ]
    if not found:
        return None
    differences, errors, sizes = map(np.array, zip(*found, strict=True))
    shares = sizes / sizes.sum()
    error = math.sqrt(float(shares**2 @ errors**2))
    return Stratified(float(shares @ differences), error, int(sizes.sum()))
