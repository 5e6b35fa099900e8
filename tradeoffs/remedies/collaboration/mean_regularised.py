"""Mean-regularised: each keeps a model of its own, pulled to the mean of all (MR-MTL)."""

import math

import numpy as np

from tradeoffs.engine.regime import Regime
from tradeoffs.language.translates import original
from tradeoffs.remedies.collaboration.federation import NOBODY, SERVER, clips_gradients, rounds
from tradeoffs.remedies.partnership import Partnership
from tradeoffs.remedies.remedy import Control, Dial, Remedy

CURVATURE = 0.25  # at most, of a person's logistic loss
OWN = Control(
    leaves=original(SERVER, "leaves"),
    sees=original(SERVER, "sees"),
    changes="you, for your own model",
    withdraws="yes, and you keep your model; past updates stay in the others' models",
    decides=original(SERVER, "decides"),
)


def own_ridge(ridge: float, pull: float, communities: int) -> float:
    """Return the ridge on each model beside its pull to their mean, all beside summed losses.

    Pull and ridge are a normal prior on the models together.  A model's own part of it stays as
    wide as that of the ridge of a model alone, whatever the pull: without one that is the ridge
    itself, with an endless one all models are one, and their ridges add up to one.

    Args:
        ridge: of a model alone.
        pull: c, of c / 2 |w_k - mean|^2, from 0.
        communities: K.
    """
    less = pull - ridge
    return (math.sqrt(less * less + 4 * ridge * pull / communities) - less) / 2


def shrinkage(pull: float, rows: np.ndarray) -> np.ndarray:
    """Return (K,) how far a pull carries models to the mean: 0 is not at all, 1 all the way.

    Args:
        pull: c.
        rows: (K,) people, whose losses together bend a quarter of a number each at most.
    """
    return pull / (pull + CURVATURE * rows)


def _people(partnership: Partnership) -> np.ndarray:
    """Return (K,): between the own people and, with noise averaged over all, sqrt(K) times them."""
    rows = partnership.rows.astype(float)
    if not clips_gradients(partnership):
        return rows
    own = (1 - shrinkage(partnership.dial, rows)) ** 2
    return rows / np.sqrt(own + (1 - own) / partnership.size)


def _regime(partnership: Partnership) -> Regime:
    alone = partnership.recipes[0].ridge  # none where gradients are clipped
    ridge = own_ridge(alone, partnership.dial, partnership.size)
    return Regime(
        pull=partnership.dial / partnership.rows,
        anchor="mean",
        ridge=np.full(partnership.size, ridge),
    )


MEAN_REGULARISED = Remedy(
    name="mean_regularised",
    title="mean-regularised learning (MR-MTL)",
    help=(
        "Each community keeps its own model, which is pulled towards the mean of all "
        "models after every step: the fewer people it has, the more strongly."
    ),
    section="collaboration",
    formula="min sum_k [sum_i loss(w_k; x_i, y_i) + (c/2) |w_k - mean_j w_j|^2]",
    source="Evgeniou, Pontil 2004, KDD, doi 10.1145/1014052.1014067; Liu et al. 2022, "
    "arXiv 2206.07902",
    limits=(
        "The pull is the same for all; a community that differs is pulled as strongly as the "
        "others."
    ),
    dial=Dial(
        title="pull to the mean of all models",
        ends=("everyone alone", "one model for all"),
        values=(0, 3, 10, 30, 100, 300, 1000),
        default=30,
        phrase="a pull of {}",
        identity=0,
        same_as="alone",
    ),
    needs=("labels", "rows", "server", "others"),
    control=OWN,
    trusts=NOBODY,
    people=_people,
    regime=_regime,
    traffic=lambda exchange: rounds(exchange, exchange.steps if exchange.dial else 0),
)
