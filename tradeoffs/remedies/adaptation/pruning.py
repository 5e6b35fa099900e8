"""Pruning: the smallest weights of a model are left out."""

import numpy as np

from tradeoffs.engine.parameter_layout import intercepts
from tradeoffs.remedies.adaptation.as_is import A_COPY, WITHDRAWS, nothing_spent
from tradeoffs.remedies.partnership import Partnership, Vectors
from tradeoffs.remedies.remedy import NUMBER, Control, Dial, Exchange, Remedy, Traffic

PLACE = 2  # bytes of a place among the parameters
PERCENT = Dial(
    title="weights pruned, %",
    ends=("all weights are kept", "only the intercepts are left"),
    values=(0, 50, 80, 90, 95, 98, 100),
    default=90,
    phrase="{} % pruned",
    identity=0,
    same_as="as_is",
)


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
    return (NUMBER + PLACE) * kept


def masks(partnership: Partnership) -> Vectors:
    """Return what stays of the provider's model for each community: (seeds, K) of 0 and 1."""
    width = partnership.scenario.width
    return [
        [pruning_mask(vector, partnership.dial / 100, partnership.columns, width) for vector in row]
        for row in partnership.provider()
    ]


def fit(partnership: Partnership) -> Vectors:
    """Return the provider's model for each community, without its smallest weights."""
    return [
        [vector * mask for vector, mask in zip(*rows, strict=True)]
        for rows in zip(partnership.provider(), masks(partnership), strict=True)
    ]


def traffic(exchange: Exchange) -> Traffic:
    """Return the one download of the model; one of which little is pruned is sent whole."""
    whole = intercepts(exchange.columns, exchange.width)
    kept = len(whole) - round(exchange.dial / 100 * int((~whole).sum()))
    return Traffic(down=min(pruned_bytes(kept), NUMBER * len(whole)), rounds=1)


PRUNING = Remedy(
    name="pruning",
    title="pruning",
    help=(
        "A model that others trained is used without its smallest weights, chosen over "
        "all layers. The community's own records are not used."
    ),
    section="adaptation",
    formula="w = m * w_provider, m = 1 for the largest |w_provider| and for intercepts, else 0",
    source="Han et al. 2015, arXiv 1506.02626, before retraining",
    dial=PERCENT,
    needs=("provider",),
    control=Control(
        leaves="nothing",
        sees="nobody; nor do you see the provider's people",
        changes="the provider; you can only make it smaller",
        withdraws=WITHDRAWS,
        decides=A_COPY,
    ),
    trusts="nobody: none of your people is trained on",
    account=nothing_spent,
    fit=fit,
    traffic=traffic,
)
