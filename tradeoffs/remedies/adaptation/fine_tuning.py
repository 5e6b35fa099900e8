"""Fine-tuning: training starts from somebody else's model and is pulled towards it."""

import math

import numpy as np

from tradeoffs.engine.regime import Regime
from tradeoffs.remedies.adaptation.as_is import A_COPY, WITHDRAWS, copy_once
from tradeoffs.remedies.partnership import Partnership
from tradeoffs.remedies.remedy import Control, Dial, Remedy

HELD = 1_000.0  # pull from which on the provider's model stays as it is
SMALL_STEPS = 0.1  # of the learning rate from scratch, with noise; chosen on Adult's training rows

PULL = Dial(
    title="pull to the provider's model",
    ends=("only the starting point", "used as it is"),
    values=(0.0, 1.0, 3.0, 10.0, 30.0, 100.0, HELD),
    default=10.0,
    phrase="a pull of {}",
    identity=HELD,
    same_as="as_is",
)


def provider_pull(partnership: Partnership, live: tuple[bool, ...] | None = None) -> Regime:
    """Return the regime of a training that starts at the provider's model and is pulled to it.

    The pull on the mean loss is dial / n, so it weighs as much as so many people do, and takes the
    place of the ridge.  With noise, steps are shorter than from scratch: the start is near already,
    and the noise of many long steps would carry the model away from it.
    """
    dial, rows = partnership.dial, partnership.rows
    rate = None
    if partnership.private:
        rate = np.array([SMALL_STEPS * one.learning_rate for one in partnership.recipes])
    return Regime(
        start=partnership.provider(),
        pull=(math.inf if dial >= HELD else dial) / rows,
        anchor="start",
        live=live,
        learning_rate=rate,
        ridge=np.zeros(len(rows)),
    )


FINE_TUNING = Remedy(
    name="fine_tuning",
    title="fine-tuning (L2-SP)",
    help=(
        "Training on your people starts from the provider's model, and every weight is "
        "pulled back to its starting value: the fewer people you have, the more strongly."
    ),
    section="adaptation",
    formula="w_k = argmin mean_i loss(w; x_i, y_i) + c/(2 n_k) |w - w_provider|^2",
    source="Li, Grandvalet, Davoine 2018, arXiv 1802.01483",
    limits=(
        "If you have many people, little is left of the provider's model. The provider's "
        "own people have no privacy guarantee, unless a provider with a privacy budget is "
        "chosen."
    ),
    dial=PULL,
    needs=("labels", "rows", "provider"),
    control=Control(
        leaves="nothing",
        sees="nobody; nor do you see the provider's people",
        changes="you",
        withdraws=WITHDRAWS,
        decides=A_COPY,
    ),
    trusts="nobody outside the community",
    regime=provider_pull,
    traffic=copy_once,
)
