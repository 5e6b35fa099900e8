"""Effective number of features: over how many a model's attributions are spread.

The exponential of the entropy of the features' shares: 1 if one feature does everything, k if k
features do equally much.

Source: Bhatt, Weller, Moura 2020 (complexity of explanations, arXiv 2005.00631); Hill 1973 (the
exponential of an entropy as a number of kinds).
"""

from typing import TYPE_CHECKING

from tradeoffs.values.explanations.metric import ExplanationMetric

if TYPE_CHECKING:
    from torch import Tensor


def effective_features(values: "Tensor") -> "Tensor":
    """Return (models,), from 1 to the number of features; NaN for a constant model.

    Args:
        values: (models, rows, features) attributions.
    """
    from tradeoffs.values.explanations.attribution import importance

    shares = importance(values)
    entropy = -(shares * shares.clamp(min=1e-38).log()).sum(1)
    return entropy.exp().masked_fill(shares.sum(1) == 0, float("nan"))


EFFECTIVE_FEATURES = ExplanationMetric(
    name="effective_features",
    title="Effective number of features",
    words="decisions rest on fewer features",
    better="low",
    unit="features",
    help=(
        "The number of features that the model's attributions are spread over: 1 if one "
        "feature does everything, k if k features contribute equally."
    ),
    formula="exp(-sum_j a_j ln a_j), a_j = mean_i |phi_ij| / sum_k mean_i |phi_ik|",
    source="Bhatt, Weller, Moura 2020, arXiv 2005.00631; Hill 1973",
    undefined="the model gives everybody the same answer, so no feature counts",
    ideal=1.0,
    reference=12.0,
    of=effective_features,
)
