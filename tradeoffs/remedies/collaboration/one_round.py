"""One round: each trains alone, and the finished models are averaged once."""

import numpy as np

from tradeoffs.engine.regime import Mixing, Regime
from tradeoffs.remedies.collaboration.federation import (
    NOBODY,
    SERVER,
    clips_gradients,
    federation_shares,
    people,
    rounds,
)
from tradeoffs.remedies.collaboration.mixing_weights import average
from tradeoffs.remedies.partnership import Partnership
from tradeoffs.remedies.remedy import Remedy, own_people


def _people(partnership: Partnership) -> np.ndarray:
    """Return (K,): each trains alone, but its ridge is a share of the one of everybody's people."""
    return (own_people if clips_gradients(partnership) else people)(partnership)


def _regime(partnership: Partnership) -> Regime:
    weights = average(federation_shares(partnership))
    return Regime(mixing=Mixing(weights=weights, rounds_alone=True))


ONE_ROUND = Remedy(
    name="one_round",
    title="one round of averaging (one-shot)",
    help=(
        "Each community trains a model on its own people. The finished models are "
        "averaged once, and everybody uses the mean."
    ),
    section="collaboration",
    formula="w = sum_k (n_k / N) w_k, with w_k trained alone and the ridge of all N people",
    source="Zhang, Duchi, Wainwright 2013, JMLR 14, 3321-3363; Guha et al. 2019, arXiv 1902.11175",
    limits=(
        "If each model is trained on few people, their mean differs from a model trained on "
        "all people."
    ),
    needs=("labels", "rows", "server", "others"),
    control=SERVER,
    trusts=NOBODY,
    shared=True,
    people=_people,
    regime=_regime,
    traffic=lambda exchange: rounds(exchange, 1),
)
