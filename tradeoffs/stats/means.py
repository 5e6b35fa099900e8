"""Means over seeds: a configuration is the point of a front, its seeds are replicates."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Means:
    """Means and sample standard deviations over seeds, and how many seeds there are."""

    mean: np.ndarray  # (..., columns), NaN where undefined in any seed or without seeds
    sd: np.ndarray  # (..., columns), NaN with fewer than two seeds
    seeds: np.ndarray  # (...), int


def means(values: np.ndarray, present: np.ndarray) -> Means:
    """Average over seeds.

    A value that is undefined (NaN) in any seed is undefined on average: the mean of the other
    seeds would describe a different, selected set of models. A value that is equal in all
    seeds is returned unchanged to the last bit, else models with the same declared epsilon
    and different numbers of seeds would dominate each other by rounding. Infinite values give
    an infinite mean.

    Args:
        values: (..., seeds, columns).
        present: (..., seeds), False where a model has not been trained yet.
    """
    count = present.sum(axis=-1)  # (...)
    there = present[..., None]
    low = np.min(values, axis=-2, where=there, initial=np.inf)
    high = np.max(values, axis=-2, where=there, initial=-np.inf)
    with np.errstate(divide="ignore", invalid="ignore"):
        total = np.sum(values, axis=-2, where=there)
        mean = np.where(low == high, low, total / count[..., None])
        squares = np.sum((values - mean[..., None, :]) ** 2, axis=-2, where=there)
        spread = np.where(low == high, 0.0, np.sqrt(squares / (count - 1)[..., None]))
    mean = np.where(count[..., None] > 0, mean, np.nan)
    sd = np.where(count[..., None] > 1, spread, np.nan)
    return Means(mean=mean, sd=sd, seeds=count)
