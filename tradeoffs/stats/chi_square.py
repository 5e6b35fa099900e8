"""Chi-square: whether rows of counts come from one distribution."""

import numpy as np


def chi_square(counts: np.ndarray) -> float:
    """Return Pearson's p-value for (rows, columns) counts; no row and no column is empty."""
    from scipy.special import chdtrc

    expected = np.outer(counts.sum(1), counts.sum(0)) / counts.sum()
    freedom = (counts.shape[0] - 1) * (counts.shape[1] - 1)
    return float(chdtrc(freedom, ((counts - expected) ** 2 / expected).sum()))
