"""Reservation levels: the worst value of each objective that somebody accepts."""

import numpy as np


def acceptable(costs: np.ndarray, levels: np.ndarray) -> np.ndarray:
    """Return which settings keep all levels: (..., settings) bool.

    Whatever dominates a setting that keeps them keeps them too, so what is picked among these is
    dominated by no other setting either.

    Args:
        costs: (..., settings, objectives), to be minimised; NaN, not measurable, keeps no level.
        levels: (objectives,) the highest cost accepted; infinity where anything is.

    Source: Wierzbicki 1982, Mathematical Modelling 3; Haimes et al. 1971 (epsilon-constraints).
    """
    return np.all(keeps_levels(costs, levels), axis=-1)


def keeps_levels(costs: np.ndarray, levels: np.ndarray) -> np.ndarray:
    """Return which levels each setting keeps: (..., settings, objectives) bool."""
    return (costs <= levels) | np.isposinf(levels)
