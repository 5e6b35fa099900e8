"""Partial participation: federated averaging in which only some take part in a round."""

from tradeoffs.remedies.collaboration.federation import (
    LOCAL_STEPS,
    NOBODY,
    SERVER,
    averaging_rounds,
    federated_averaging,
    people,
)
from tradeoffs.remedies.remedy import Dial, Remedy

PARTIAL_PARTICIPATION = Remedy(
    name="partial_participation",
    title="partial participation",
    help=(
        "Federated averaging where each community takes part in a round at random, as "
        "when some are offline. A community that is absent continues with its own model "
        "until the next round it takes part in."
    ),
    section="collaboration",
    formula="every E steps, among the present P: w_k := sum_(j in P) n_j w_j / sum_(j in P) n_j",
    source="McMahan et al. 2017, AISTATS, arXiv 1602.05629 (fraction C of clients)",
    limits="Absence is random here; in reality communities may be absent because they differ.",
    dial=Dial(
        title="participation rate",
        ends=("one in ten takes part", "all take part"),
        values=(0.1, 0.2, 0.3, 0.5, 1.0),
        default=0.3,
        phrase="a probability of {} to take part",
        phrases={1.0: "all take part"},
        identity=1.0,
        same_as="fedavg",
    ),
    needs=("labels", "rows", "server", "others"),
    control=SERVER,
    trusts=NOBODY,
    shared=True,
    people=people,
    regime=lambda partnership: federated_averaging(partnership, participation=partnership.dial),
    traffic=lambda exchange: averaging_rounds(exchange, LOCAL_STEPS, exchange.dial),
)
