"""Hidden sum: secure aggregation shows the sum of all updates, and all share one noise."""

import math

import numpy as np

from tradeoffs.engine.recipe import delta
from tradeoffs.language.translates import original
from tradeoffs.remedies.collaboration.federation import (
    SERVER,
    clips_gradients,
    federated_averaging,
)
from tradeoffs.remedies.partnership import Partnership
from tradeoffs.remedies.remedy import NUMBER, Control, Dial, Exchange, Remedy, Traffic
from tradeoffs.values.privacy import federated_accounting
from tradeoffs.values.privacy.account import Account

# Sent over plain, for 2^10 users with 2^20 values of 16 bits each: Bonawitz et al. 2017, abstract.
EXPANSION = 1.73


def colluders(communities: int, share: float) -> int:
    """Return how many of K communities may tell the server their noise, by a share of the others.

    Rounded up, so that the noise is never less than the share asks for.
    """
    return min(communities - 1, math.ceil(share * (communities - 1) - 1e-9))


def _account(partnership: Partnership, k: int) -> Account | None:
    """Return one account for all: the sum is protected by the strictest of the budgets."""
    del k
    if not partnership.private:
        return None
    return federated_accounting.hidden_sum(
        float(partnership.epsilon.min()),
        delta(int(partnership.rows.sum())),
        communities=partnership.size,
        colluders=colluders(partnership.size, partnership.dial),
        sample_rate=partnership.sample_rate,
        steps=partnership.steps,
    )


def _people(partnership: Partnership) -> np.ndarray:
    """Return (K,): all people, as far as the noise of all is that of one trusted curator."""
    everybody = np.full(partnership.size, float(partnership.rows.sum()))
    if not clips_gradients(partnership):
        return everybody
    honest = partnership.size - colluders(partnership.size, partnership.dial)
    strictest = partnership.epsilon.min() / partnership.epsilon
    return everybody * strictest * math.sqrt(honest / partnership.size)


def _traffic(exchange: Exchange) -> Traffic:
    plain = NUMBER * exchange.parameters
    return Traffic(up=EXPANSION * plain, down=plain, rounds=exchange.steps)


HIDDEN_SUM = Remedy(
    name="hidden_sum",
    title="secure aggregation (hidden sum)",
    help=(
        "The server sees only the sum of all updates, after every step. Each community "
        "therefore adds only a part of the noise, and all parts together protect "
        "everybody, unless some communities tell the server their own part."
    ),
    section="collaboration",
    formula="each adds noise of sigma / sqrt(K - c) to its clipped sum; the server sees sum_k",
    source="Bonawitz et al. 2017, CCS, doi 10.1145/3133956.3133982; Goryczka, Xiong 2017, "
    "doi 10.1109/TDSC.2015.2484326",
    limits=(
        "It holds if all follow the protocol and nobody drops out. Without a privacy budget "
        "there is no noise, and the slider changes nothing. The cryptography is not run here; "
        "the extra bytes follow the factor that its authors measured."
    ),
    dial=Dial(
        title="share of colluding communities",
        ends=("nobody colludes", "all others collude"),
        values=(0.0, 0.25, 0.5, 0.75, 1.0),
        default=0.0,
        phrase="a share of {} colluding",
        phrases={0.0: "nobody colludes", 1.0: "all others collude"},
        of_noise=True,
    ),
    needs=("labels", "rows", "server", "others"),
    control=Control(
        leaves=original(SERVER, "leaves"),
        sees="the server, but only the sum of all",
        changes=original(SERVER, "changes"),
        withdraws=original(SERVER, "withdraws"),
        decides=original(SERVER, "decides"),
    ),
    trusts="the protocol, and that no more communities collude than the slider says",
    shared=True,
    people=_people,
    account=_account,
    regime=lambda partnership: federated_averaging(partnership, every=1),
    traffic=_traffic,
)
