"""Gossip: no server; each averages its model with those of its neighbours."""

from dataclasses import replace

import numpy as np

from tradeoffs.engine.regime import Mixing, Regime
from tradeoffs.remedies.collaboration import mixing_weights
from tradeoffs.remedies.collaboration.federation import (
    LOCAL_STEPS,
    NOBODY,
    averaging_rounds,
    federation_shares,
    people,
)
from tradeoffs.remedies.partnership import Partnership
from tradeoffs.remedies.remedy import Control, Dial, Exchange, Remedy, Traffic, own_people


def _people(partnership: Partnership) -> np.ndarray:
    return people(partnership) if partnership.dial else own_people(partnership)


def _regime(partnership: Partnership) -> Regime:
    """Return exchanges along a ring of the communities, in the order of their cut."""
    joined = mixing_weights.ring_graph(partnership.size, int(partnership.dial))
    weights = mixing_weights.gossip(federation_shares(partnership), joined)
    return Regime(mixing=Mixing(weights=weights, every=LOCAL_STEPS))


def _traffic(exchange: Exchange) -> Traffic:
    neighbours = mixing_weights.ring_graph(exchange.communities, int(exchange.dial))[0].sum()
    each = averaging_rounds(exchange, LOCAL_STEPS)
    return replace(each, up=neighbours * each.up, down=neighbours * each.down)


GOSSIP = Remedy(
    name="gossip",
    title="gossip (decentralised learning)",
    help=(
        "There is no server. After some training steps, and at the end, each community "
        "averages its model with those of its neighbours in a ring, so the models still "
        "differ."
    ),
    section="collaboration",
    formula="every E steps: w_k := sum_j A_kj w_j, where A is 0 beyond the neighbours",
    source="Boyd, Ghosh, Prabhakar, Shah 2006, doi 10.1109/TIT.2006.874516; Roy et al. 2019, "
    "arXiv 1905.06731 (BrainTorrent)",
    limits="Neighbours are communities next to each other in the list.",
    dial=Dial(
        title="neighbours",
        ends=("nobody", "many"),
        values=(0, 2, 4, 8),
        default=2,
        phrase="{} neighbours",
        phrases={0: "no neighbours"},
        identity=0,
        same_as="alone",
        whole=True,
    ),
    needs=("labels", "rows", "others"),
    control=Control(
        leaves="your model",
        sees="your neighbours",
        changes="you and your neighbours; through them everybody",
        withdraws="yes, and you keep your model; what the others received stays with them",
        decides="nothing more",
    ),
    trusts=NOBODY,
    people=_people,
    regime=_regime,
    traffic=_traffic,
)
