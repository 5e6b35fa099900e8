"""Areas under ROC curves, with what the people asked about leave open.

Source: DeLong, DeLong, Clarke-Pearson 1988, Biometrics 44(3), doi 10.2307/2531595.
"""

import numpy as np

from tradeoffs.stats.interval import mean_difference_error

Placements = tuple[np.ndarray, np.ndarray]  # of those that should score high, of the others


def placements(high: np.ndarray, low: np.ndarray) -> Placements:
    """Return for each person how often they are on the right side of one of the others.

    Args:
        high: (n,) scores of people with a yes.
        low: (m,) scores of people with a no.

    Returns:
        (n,) and (m,); both means are the AUC.
    """
    return _below(high, low), 1 - _below(low, high)


def area(high: np.ndarray, low: np.ndarray) -> tuple[float, float]:
    """Return the area under the ROC curve, and its standard error.

    Args:
        high: (n,) scores of people with a yes, at least 2.
        low: (m,) scores of people with a no, at least 2.
    """
    wins, losses = placements(high, low)
    return float(wins.mean()), mean_difference_error(wins, losses)


def counted_area(hits: np.ndarray, alarms: np.ndarray) -> np.ndarray:
    """Return the area of each row of counts at scores from low to high; ties count half.

    Args:
        hits: (..., scores) people with a yes.
        alarms: (..., scores) people with a no.
    """
    hits, alarms = hits.astype(float), alarms.astype(float)
    below = np.cumsum(alarms, -1) - alarms / 2
    return (hits * below).sum(-1) / (hits.sum(-1) * alarms.sum(-1))


def _below(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    other = np.sort(other)
    both = np.searchsorted(other, one, "left") + np.searchsorted(other, one, "right")
    return both / (2 * len(other))
