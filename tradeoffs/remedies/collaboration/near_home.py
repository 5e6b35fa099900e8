"""Near home: from the model of all, each trains one of its own that stays close to it (Ditto)."""

import numpy as np

from tradeoffs.engine.regime import Regime
from tradeoffs.remedies.collaboration.federation import (
    LOCAL_STEPS,
    NOBODY,
    averaging_rounds,
    federated_averaging,
    people,
)
from tradeoffs.remedies.collaboration.mean_regularised import OWN, own_ridge
from tradeoffs.remedies.collaboration.second_training import (
    second_numbers,
    signal_share,
    two_trainings,
)
from tradeoffs.remedies.partnership import Partnership, Vectors
from tradeoffs.remedies.remedy import Dial, Remedy, own_account, own_people
from tradeoffs.values.privacy.account import Account

SHARED_LOSS = 0.5  # of the squared privacy loss, for the model of all; the rest is for the own one


def _account(partnership: Partnership, k: int) -> Account | None:
    if partnership.dial == 0:
        return own_account(partnership, k)
    return two_trainings(partnership, k, SHARED_LOSS)


def _people(partnership: Partnership) -> np.ndarray:
    """Return (K,) those of the model of all, whose signal has a share of the budget."""
    if partnership.dial == 0:
        return own_people(partnership)
    return signal_share(partnership, SHARED_LOSS) * people(partnership)


def _regime(partnership: Partnership) -> Regime:
    return federated_averaging(partnership) if partnership.dial else Regime()


def _finish(partnership: Partnership, vectors: Vectors) -> Vectors:
    """Return models of each community's own people, from the model of all and pulled to it."""
    if partnership.dial == 0:
        return vectors
    pull, communities = partnership.dial, partnership.size
    numbers = second_numbers(
        partnership,
        signal_share(partnership, 1 - SHARED_LOSS) * partnership.rows,
        lambda alone: own_ridge(alone, pull, communities),
    )
    regime = Regime(start=vectors, pull=pull / partnership.rows, **numbers)
    rows = partnership.rows.tolist()
    return partnership.train(partnership.tables, rows=rows, regime=regime, key="own")


NEAR_HOME = Remedy(
    name="near_home",
    title="personal models (Ditto)",
    help=(
        "All communities train one model by federated averaging. Starting from it, each "
        "community trains its own model on its own people, pulled back to the shared one: "
        "the fewer people it has, the more strongly."
    ),
    section="collaboration",
    formula="w_k = argmin sum_i loss(w; x_i, y_i) + (c/2) |w - w_shared|^2, from w_shared",
    source="Li T. et al. 2021, Ditto, ICML, arXiv 2012.04221",
    limits=(
        "With a privacy budget, the two training stages share it: half of the squared privacy "
        "loss each."
    ),
    dial=Dial(
        title="pull to the shared model",
        ends=("everyone alone", "the shared model"),
        values=(0, 3, 10, 30, 100, 300, 1000),
        default=30,
        phrase="a pull of {}",
        identity=0,
        same_as="alone",
    ),
    needs=("labels", "rows", "server", "others"),
    control=OWN,
    trusts=NOBODY,
    account=_account,
    people=_people,
    regime=_regime,
    finish=_finish,
    traffic=lambda exchange: averaging_rounds(exchange, LOCAL_STEPS, float(exchange.dial > 0)),
)
