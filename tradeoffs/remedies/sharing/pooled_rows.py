"""Pooled: everybody's rows in one place, and one model for all."""

import numpy as np

from tradeoffs.engine.regime import Mixing, Regime
from tradeoffs.remedies.partnership import Partnership
from tradeoffs.remedies.remedy import Control, Exchange, Remedy, Traffic
from tradeoffs.values.privacy.account import Account
from tradeoffs.values.privacy.federated_accounting import hidden_sum

BIT = 1 / 8  # bytes


def everybody(partnership: Partnership) -> np.ndarray:
    """Return (K,) how many people each model learns from: all of them.

    The noise is for the strictest of all requests.  Who asks for more counts for so many people
    fewer, so that all have one recipe: with another clip norm the sum would not hide them.
    """
    people = float(partnership.rows.sum())
    strictest = partnership.epsilon.min()
    if np.isinf(strictest):
        return np.full(partnership.size, people)
    return people * strictest / partnership.epsilon


def central_account(partnership: Partnership, k: int) -> Account | None:
    """Return the account of noise that is added once, to the sum over all communities' people.

    It is for the strictest of all requests.  The noise is told as each community's part of it.
    """
    del k
    if not partnership.private:
        return None
    return hidden_sum(
        float(partnership.epsilon.min()),
        min(partnership.deltas),
        communities=partnership.size,
        sample_rate=partnership.sample_rate,
        steps=partnership.steps,
    )


def one_model(partnership: Partnership) -> Regime:
    """Return the training on all rows together: models are mixed by people after every step."""
    return Regime(mixing=Mixing(weights=np.tile(partnership.shares, (partnership.size, 1))))


def rows_once(exchange: Exchange) -> Traffic:
    """Return the traffic of the rows, a code a feature and the label, and of the model back."""
    own = exchange.rows * (exchange.ones + BIT)
    return Traffic(up=own, down=4.0 * exchange.parameters, rounds=1)


POOLED = Remedy(
    name="pooled",
    title="pooled rows (centralised training)",
    help=(
        "All communities give their rows to one holder, who trains one model on everybody "
        "for all of them."
    ),
    section="sharing",
    formula="w = argmin (1/N) sum_k sum_i loss(w; x_ki, y_ki) + lambda/(2 N) |w|^2",
    source="Abadi et al. 2016, arXiv 1607.00133, for the noise; Molamohammadi et al. 2023, 4.1",
    limits="Epsilon covers what the model reveals; the holder of the rows sees them all.",
    needs=("labels", "rows", "others", "server"),
    control=Control(
        leaves="every row, for ever",
        sees="the holder of the rows",
        changes="the holder",
        withdraws="the holder keeps copies of the rows",
        decides="a copy of the model",
    ),
    trusts="the holder of the rows, with all of them",
    shared=True,
    people=everybody,
    account=central_account,
    regime=one_model,
    traffic=rows_once,
)
