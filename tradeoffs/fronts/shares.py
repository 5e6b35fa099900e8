"""Shares: the interval of a difference of two."""

import numpy as np

from tradeoffs.data.about import wilson


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
