"""Effective number of features: over how many a model's attributions are spread.

The exponential of the entropy of the features' shares: 1 if one feature does everything, k if k
features do equally much.

Source: Bhatt, Weller, Moura 2020 (complexity of explanations, arXiv 2005.00631); Hill 1973 (the
exponential of an entropy as a number of kinds).
"""

from torch import Tensor


def effective_features(shares: Tensor) -> Tensor:
    """Return (models,), from 1 to the number of features; NaN for a constant model.

    Args:
        shares: (models, features), from `attribution.importance`.
    """
    entropy = -(shares * shares.clamp(min=1e-38).log()).sum(1)
    return entropy.exp().masked_fill(shares.sum(1) == 0, float("nan"))
