"""Achievement: how far a setting is from an aspiration, as one number; the lowest is picked."""

import numpy as np

from tradeoffs.errors import require

AUGMENTATION = 1e-6  # of the sum: it decides only between settings whose worst term is equal


def achievement(
    costs: np.ndarray,
    aspiration: np.ndarray,
    weights: np.ndarray,
    augmentation: float = AUGMENTATION,
) -> np.ndarray:
    """Return the augmented achievement scalarising function of settings: (..., settings).

    max_i w_i (f_i - z_i) + rho sum_i (f_i - z_i), the maximum over objectives with a weight.  The
    sum has all of them, so the lowest value is of a setting that no other one dominates, whatever
    the weights; and each non-dominated setting, on a non-convex part of the front too, is the
    lowest for some aspiration, which no weighted sum offers.

    Asking more of one objective never picks a setting that is worse in it by more than
    `augmentation` times the number of objectives, divided by its weight.

    Args:
        costs: (..., settings, objectives) f, to be minimised, on scales that compare.  NaN is not
            measurable: such a setting has no value.
        aspiration: (objectives,) z, the costs wished for, within reach or not.
        weights: (objectives,) w, at least 0; 0 for an objective that does not count.
        augmentation: rho, above 0.

    Raises:
        InvalidInput: a weight is negative or no number, or none is above 0.

    Source: Wierzbicki 1982, A mathematical basis for satisficing decision making, Mathematical
    Modelling 3; Miettinen 1999, Nonlinear Multiobjective Optimization, part II, 3.4-3.5.
    """
    weights = np.asarray(weights, dtype=float)
    require(bool(np.all(weights >= 0)), "negative", field="weights", value=weights.tolist())
    require(bool(np.any(weights > 0)), "weights_all_zero", weights="weights")
    distance = np.asarray(costs, dtype=float) - aspiration
    counts = weights > 0
    worst = (weights[counts] * distance[..., counts]).max(axis=-1)
    return worst + augmentation * distance.sum(axis=-1)


def lowest(values: np.ndarray) -> int | None:
    """Return the place of the lowest value, the first among equals; None if all are NaN."""
    return None if np.all(np.isnan(values)) else int(np.nanargmin(values))
