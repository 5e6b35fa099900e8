"""Federation: what ways of training together share, from weights to traffic and control."""

import numpy as np

from tradeoffs.engine.regime import Mixing, Regime
from tradeoffs.remedies.collaboration.mixing_weights import average, shares
from tradeoffs.remedies.partnership import Partnership
from tradeoffs.remedies.remedy import NUMBER, Control, Exchange, Traffic

LOCAL_STEPS = 10  # between two exchanges, where that is not the dial
SERVER = Control(
    leaves="updates of the model",
    sees="the server that averages them",
    changes="all participants together; the architecture is fixed",
    withdraws="from the next round on; past updates stay in the model",
    decides="your copy of the model",
)
NOBODY = "nobody: each community adds its own noise before anything leaves it"


def clips_gradients(partnership: Partnership) -> bool:
    """Say whether gradients are clipped, so that the recipe follows the signal above noise."""
    return partnership.scenario.mechanism != "none"


def federation_shares(partnership: Partnership) -> np.ndarray:
    """Return (K,) the share of each community in the mean model, by people and precision."""
    return shares(partnership.rows, partnership.sigma)


def people(partnership: Partnership) -> np.ndarray:
    """Return (K,) effective people of a mean model to which each adds its own noise.

    Epsilon times people is the signal above the noise: that of the mean is the same for all.
    """
    if not clips_gradients(partnership):
        return np.full(partnership.size, float(partnership.rows.sum()))
    noise = federation_shares(partnership) / (partnership.epsilon * partnership.rows)
    return 1 / (np.sqrt(noise @ noise) * partnership.epsilon)


def federated_averaging(
    partnership: Partnership, every: int = LOCAL_STEPS, participation: float = 1.0
) -> Regime:
    """Return the regime of a mean of all models every so many steps."""
    weights = average(federation_shares(partnership))
    return Regime(mixing=Mixing(weights=weights, every=every, participation=participation))


def rounds(exchange: Exchange, number: float, vectors: float = 1.0) -> Traffic:
    """Return the traffic of so many vectors of parameters sent, and received, in each round."""
    each = NUMBER * exchange.parameters * vectors
    return Traffic(up=each, down=each, rounds=number)


def averaging_rounds(exchange: Exchange, every: int, share: float = 1.0) -> Traffic:
    """Return the traffic of models that are averaged every so many steps.

    Velocities are averaged too (Yu, Jin, Yang 2019, ICML). Where an exchange
    follows every step, or there is one alone, nobody has to send them: a step's mean velocity is
    the way that the mean model went, and after the last step none is used.

    Args:
        exchange: sizes of one community.
        every: steps between two exchanges.
        share: of the rounds in which it takes part.
    """
    number = exchange.steps // every
    return rounds(exchange, number * share, 2.0 if every > 1 and number > 1 else 1.0)
