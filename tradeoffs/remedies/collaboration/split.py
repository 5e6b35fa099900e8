"""Split learning: homes keep the first layer of a network and their people, a server the rest."""

import numpy as np

from tradeoffs.attacks.split_leakage import split_leakage
from tradeoffs.data.catalogue import dataset
from tradeoffs.data.table import join
from tradeoffs.engine.regime import Mixing, Regime
from tradeoffs.errors import InvalidInput
from tradeoffs.language.translation import mark
from tradeoffs.remedies.partnership import Partnership, Vectors
from tradeoffs.remedies.remedy import NUMBER, Control, Exchange, Figures, Remedy, Traffic
from tradeoffs.scenario import Scenario

REASON = (
    "people's cut-layer outputs reach the server without noise at every step and every "
    "decision; an epsilon for the finished model would not protect against it"
)
SOURCE = (
    "Vepakomma et al. 2018, arXiv 1812.00564; trunks averaged: Thapa et al. 2022, arXiv 2004.12088"
)


def needs_network(scenario: Scenario, names: tuple[str, ...]) -> None:
    """Raise InvalidInput where there is no layer to cut at."""
    del names
    if not scenario.width:
        raise InvalidInput("nothing_to_split", width=scenario.width, remedy=scenario.remedy)


def everybody(partnership: Partnership) -> np.ndarray:
    """Return (K,) of all people, as one model learns from each of them alike."""
    return np.full(partnership.size, float(partnership.rows.sum()))


def whole_network(partnership: Partnership) -> Regime:
    """Return the regime of the network before it is cut, which learns the same numbers."""
    return Regime(mixing=Mixing(weights=np.tile(partnership.shares, (partnership.size, 1))))


def leakage(partnership: Partnership, vectors: Vectors) -> Figures:
    """Return what the server can tell of everybody's people, in columns named `leak_*`.

    The model is one for all, and so is what is told of it: of every attribute that is reported,
    as the one that is looked at makes no other model.
    """
    at, found = partnership.scenario, []
    data = dataset(at.dataset)
    attributes = (*data.protected, *data.codebook.crossings)
    for seed, row, tables in zip(partnership.seeds, vectors, partnership.tables, strict=True):
        rng = np.random.default_rng(seed)  # of whom the server knows: the same for both ways
        told = split_leakage(row[0], at.width, join(tables), attributes, rng)
        found.append([told.figures()] * partnership.size)
    return found


def cut_traffic(exchange: Exchange) -> Traffic:
    """Return the bytes of cut layers up and gradients down, of trunks, and of labels once."""
    people = exchange.rows * exchange.sample_rate
    cut = NUMBER * exchange.width * people
    trunk = NUMBER * (exchange.columns + 1) * exchange.width
    return Traffic(
        up=cut + trunk + exchange.rows / exchange.steps,
        down=cut + trunk,
        rounds=exchange.steps,
        decision=NUMBER * (exchange.width + 1),
    )


def control(leaves: str) -> Control:
    """Return who keeps control of a network in two parts."""
    return Control(
        leaves=leaves,
        sees="the server, which can infer columns, groups and labels from it",
        changes="both must agree: each holds a part",
        withdraws="your part is of no use without the server's part",
        decides="the server, every time",
    )


SPLIT = Remedy(
    name="split",
    title="split learning",
    help=(
        "The network's first layer and the records stay at home; the server has the other "
        "layers. For each person the outputs of the first layer are sent, at every "
        "training step and for every later decision. The resulting model is the same as "
        "that of an undivided network."
    ),
    section="collaboration",
    formula="server: w2 . relu(W1 x) + b of relu(W1 x), which homes send; gradients come back",
    source=SOURCE,
    limits="What is sent has no noise, and reveals much of what was meant to stay at home.",
    needs=("labels", "rows", "server", "others", "network"),
    control=control(
        mark("the cut layer of every person, at every step and decision, and labels once")
    ),
    trusts="the server, which sees what is sent for each person",
    mechanisms=("none",),
    reason=REASON,
    shared=True,
    online=True,
    check=needs_network,
    people=everybody,
    regime=whole_network,
    figures=leakage,
    traffic=cut_traffic,
)
