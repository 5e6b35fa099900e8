"""Federated averaging: some steps at home, then everybody takes the mean of all models."""

from tradeoffs.remedies.collaboration.federation import (
    LOCAL_STEPS,
    NOBODY,
    SERVER,
    averaging_rounds,
    federated_averaging,
    people,
)
from tradeoffs.remedies.remedy import Dial, Remedy

FEDAVG = Remedy(
    name="fedavg",
    title="federated averaging (FedAvg)",
    help=(
        "Tables stay at home. Each community takes some training steps on its own people, "
        "a server averages the models, and all continue from the mean. With a privacy "
        "budget, each community adds noise to protect its own people before anything "
        "leaves it."
    ),
    section="collaboration",
    formula="every E steps: w_k := sum_j (n_j / N) w_j; with budgets of their own n_j / sigma_j^2",
    source="McMahan et al. 2017, AISTATS, arXiv 1602.05629; noise of each: Liu et al. 2022, "
    "arXiv 2206.07902",
    limits="Simulated on one machine: no device is slow and no message is lost.",
    dial=Dial(
        title="steps between two exchanges",
        ends=("after every step", "only once, at the end"),
        values=(1, 5, 10, 20, 50, 200),
        default=LOCAL_STEPS,
        phrase="an exchange every {} steps",
        phrases={1: "an exchange after every step"},
        identity=1,
        same_as="pooled",
        whole=True,
    ),
    needs=("labels", "rows", "server", "others"),
    control=SERVER,
    trusts=NOBODY,
    shared=True,
    people=people,
    regime=lambda partnership: federated_averaging(partnership, int(partnership.dial)),
    traffic=lambda exchange: averaging_rounds(exchange, int(exchange.dial)),
)
