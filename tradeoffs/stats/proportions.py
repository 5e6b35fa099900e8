"""Proportions: intervals of shares of people, and of differences of two."""

import math

import numpy as np
from scipy.special import betaincinv

NORMAL = 1.959964  # standard errors in a 95 % interval
TAIL = 0.025  # outside each end of it


def wilson(yes: float, n: float, quantile: float = NORMAL) -> tuple[float, float]:
    """Return the 95 % interval of a share by the score of Wilson 1927.

    Args:
        yes: counted, at most `n`.
        n: counted among, above 0; an effective number of people need not be whole.
        quantile: standard errors that the interval reaches to each side.

    >>> tuple(round(end, 3) for end in wilson(10, 40))
    (0.142, 0.402)
    """
    share, z2 = yes / n, quantile * quantile
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = quantile * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def clopper_pearson(share: float, trials: int) -> tuple[float, float]:
    """Return the exact 95 % interval of a probability from a share of independent trials.

    Source: Clopper & Pearson 1934.
    """
    hits = round(share * trials)
    low = float(betaincinv(hits, trials - hits + 1, TAIL)) if hits else 0.0
    high = float(betaincinv(hits + 1, trials - hits, 1 - TAIL)) if hits < trials else 1.0
    return low, high


def newcombe(
    yes: np.ndarray, of: np.ndarray, other_yes: np.ndarray, other_of: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of the 95 % interval of differences of two shares; NaN among nobody.

    Source: Newcombe 1998, Statistics in Medicine 17, 873-890, method 10.

    Args:
        yes: int, any shape, counted.
        of: counted among.
        other_yes: of the share that is subtracted.
        other_of: counted among.
    """
    known = (of > 0) & (other_of > 0)
    ends = np.vectorize(wilson, otypes=[float, float])
    low, high = ends(np.where(known, yes, 0), np.where(known, of, 1))
    other_low, other_high = ends(np.where(known, other_yes, 0), np.where(known, other_of, 1))
    with np.errstate(invalid="ignore", divide="ignore"):
        share, other = yes / of, other_yes / other_of
    down = np.hypot(share - low, other_high - other)
    up = np.hypot(high - share, other - other_low)
    return share - other - down, share - other + up
