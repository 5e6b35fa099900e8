"""Areas under ROC curves, with what the people asked about leave open.

Source: DeLong, DeLong, Clarke-Pearson 1988, Biometrics 44(3), doi 10.2307/2531595.
"""

import numpy as np

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


def _below(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    other = np.sort(other)
    both = np.searchsorted(other, one, "left") + np.searchsorted(other, one, "right")
    return both / (2 * len(other))
