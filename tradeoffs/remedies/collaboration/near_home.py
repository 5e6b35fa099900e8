"""Near home: from the model of all, each trains one of its own that stays close to it (Ditto)."""

import math

import numpy as np

from tradeoffs.engine.recipe import recipe
from tradeoffs.engine.regime import Regime
from tradeoffs.remedies.collaboration.federation import (
    LOCAL_STEPS,
    NOBODY,
    averaging_rounds,
    clips_gradients,
    federated_averaging,
    people,
)
from tradeoffs.remedies.collaboration.mean_regularised import OWN, own_ridge
from tradeoffs.remedies.partnership import Partnership, Vectors
from tradeoffs.remedies.remedy import Dial, Remedy, own_account, own_people
from tradeoffs.values.privacy.account import Account, Part, allocate

SHARED_LOSS = 0.5  # of the squared privacy loss, for the model of all; the rest is for the own one


def two_phases(partnership: Partnership, k: int, first: float) -> Account | None:
    """Return the account of two trainings on the same people; None without a mechanism.

    Args:
        partnership: of the communities.
        k: whose people.
        first: share of the squared privacy loss for the first of them.
    """
    if not partnership.private:
        return None
    each = {"sample_rate": partnership.sample_rate, "steps": partnership.steps}
    parts = Part(share=first, **each), Part(share=1 - first, **each)
    return allocate(float(partnership.epsilon[k]), partnership.deltas[k], *parts)


def second_noise(partnership: Partnership) -> np.ndarray:
    """Return (K,) noise multipliers of the second training; 0 without a mechanism."""
    return np.array([account.noise[1] if account else 0.0 for account in partnership.accounts])


def _account(partnership: Partnership, k: int) -> Account | None:
    if partnership.dial == 0:
        return own_account(partnership, k)
    return two_phases(partnership, k, SHARED_LOSS)


def _people(partnership: Partnership) -> np.ndarray:
    """Return (K,) those of the model of all, whose signal has a share of the budget."""
    if partnership.dial == 0:
        return own_people(partnership)
    share = math.sqrt(SHARED_LOSS) if clips_gradients(partnership) else 1.0
    return share * people(partnership)


def _regime(partnership: Partnership) -> Regime:
    return federated_averaging(partnership) if partnership.dial else Regime()


def _finish(partnership: Partnership, vectors: Vectors) -> Vectors:
    """Return models of each community's own people, from the model of all and pulled to it."""
    if partnership.dial == 0:
        return vectors
    own, some = partnership.scenario, clips_gradients(partnership)
    share = math.sqrt(1 - SHARED_LOSS)
    how = [
        recipe(round(share * rows), own.width, float(epsilon) if some else None, partnership.ones)
        for rows, epsilon in zip(partnership.rows, partnership.epsilon, strict=True)
    ]
    regime = Regime(
        start=vectors,
        pull=partnership.dial / partnership.rows,
        learning_rate=np.array([one.learning_rate for one in how]),
        clip_norm=np.array([one.clip_norm for one in how]),
        sigma=second_noise(partnership),
        ridge=np.array([own_ridge(one.ridge, partnership.dial, partnership.size) for one in how]),
    )
    rows = partnership.rows.tolist()
    return partnership.train(partnership.tables, rows=rows, regime=regime, key="own")


NEAR_HOME = Remedy(
    name="near_home",
    title="personal models (Ditto)",
    help=(
        "All train one model by federated averaging. From it each community trains a model on its "
        "own people that is pulled back to the shared one: the fewer people it has, the further."
    ),
    section="collaboration",
    formula="w_k = argmin sum_i loss(w; x_i, y_i) + (c/2) |w - w_shared|^2, from w_shared",
    source="Li T. et al. 2021, Ditto, ICML, arXiv 2012.04221",
    limits="With a privacy budget both trainings share it, half of the squared loss each.",
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
