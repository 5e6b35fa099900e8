"""Regret: what a pick costs somebody against what they would have picked themselves."""

import numpy as np


def regret(costs: np.ndarray, picked: int) -> np.ndarray:
    """Return how far a pick lies behind the best: of each column, 0 where it is the best.

    Args:
        costs: (settings, ...) of objectives, or achievements by the weights of somebody; NaN is
            no setting to pick.
        picked: one of the settings.

    Source: Savage 1951, The theory of statistical decision, JASA 46.
    """
    return costs[picked] - np.nanmin(costs, axis=0)
