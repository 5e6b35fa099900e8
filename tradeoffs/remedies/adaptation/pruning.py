"""Pruning: the smallest weights of a model are left out."""

import numpy as np

from tradeoffs.engine.parameter_layout import intercepts


def pruning_mask(vector: np.ndarray, share: float, columns: int, width: int) -> np.ndarray:
    """Return 1 where a number stays and 0 where it is pruned; float32 (parameters,).

    The weights smallest in size go, over all layers together; intercepts stay, so with all weights
    pruned the model is a constant.  What a smaller share prunes, a larger one does too.

    Args:
        vector: parameters of the model.
        share: of its weights to prune, from 0 to 1.
        columns: inputs, the bias not counted.
        width: hidden units; 0 is logistic regression.
    """
    weights = np.flatnonzero(~intercepts(columns, width))
    smallest = weights[np.argsort(np.abs(vector[weights]), kind="stable")]
    mask = np.ones(len(vector), dtype=np.float32)
    mask[smallest[: round(share * len(weights))]] = 0
    return mask


def pruned_bytes(kept: int) -> int:
    """Return the bytes of a model of which `kept` numbers are kept: each with its place.

    Four bytes are a float32 and two a place, as no model here has more than 65 536 numbers.
    """
    return (4 + 2) * kept
