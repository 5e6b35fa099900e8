"""Regimes: how the models of one setting start, are held, and are exchanged between communities.

A community is a stacked seed: slot `seed * K + community` has a table, weights and noise of its
own.  Whatever is left out leaves training as it is, bit for bit.  Nothing here looks at a table of
its own: start vectors, masks and answers are for the caller to account for, and what an exchange
does to models that are each private is post-processing.

Importable without torch: remedies are read by pages.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

Vectors = Sequence[Sequence[np.ndarray]]  # (seeds, K), each (parameters,)


@dataclass(frozen=True, kw_only=True, eq=False)
class Mixing:
    """An exchange between the K communities of each seed: model k becomes sum_j weights[k, j] w_j.

    Weights and velocities are mixed, after the update; velocities as displacements, so that
    communities of different sizes mix what they would have moved by.  What is returned is the
    weights applied to the means of the last iterates, the global model.

    With `clip` the unit of protection is a whole community (McMahan et al. 2018, ICLR): at each
    exchange every update since the last one is clipped, the updates of those who take part are
    added up by the weights, divided by the participation, and noise * clip * (largest weight) is
    added, over the participation too.  All then restart from the global model without a velocity,
    and only global models are returned.  A round's noise multiplier is `noise`, its sampling rate
    the participation.

    Attributes:
        weights: (K, K), rows that sum to 1; or (seeds, K, K), where those of each seed differ.
        every: steps between two exchanges.
        participation: chance of a community to take part in an exchange, drawn from the seed and
            the round, never from data.  Rows of the weights are renormalised over those present;
            who is absent keeps its own model.
        until: step from which on nothing is exchanged; None: to the end.
        rounds_alone: whether only the finished models are mixed, once.
        clip: largest norm of a community's update; None: no bound.
        noise: standard deviation of the noise on the mean update, in its sensitivities.
    """

    weights: np.ndarray
    every: int = 1
    participation: float = 1.0
    until: int | None = None
    rounds_alone: bool = False
    clip: float | None = None
    noise: float = 0.0

    def __post_init__(self) -> None:
        """Check what would otherwise go wrong in silence; scenarios are checked at the border."""
        square = self.weights.ndim in (2, 3) and len(set(self.weights.shape[-2:])) == 1
        if not square or np.abs(self.weights.sum(-1) - 1).max() > 1e-9 or self.weights.min() < 0:
            raise ValueError(f"weights {self.weights.shape} are not row-stochastic")
        if self.every < 1 or not 0 < self.participation <= 1:
            raise ValueError(f"every={self.every}, participation={self.participation}")
        if self.noise and self.clip is None:
            raise ValueError("noise without a clip norm protects nobody")
        if self.clip is not None and np.ptp(self.weights, axis=-2).max() > 0:
            raise ValueError("clipped updates make one global model, of one row of weights")

    def exchanges(self, steps: int) -> int:
        """Return how often communities exchange in a training of so many steps."""
        if self.rounds_alone:
            return 1
        return (steps if self.until is None else min(self.until, steps)) // self.every


@dataclass(frozen=True, kw_only=True, eq=False)
class Regime:
    """What beside a ModelSpec sets the models of one setting apart; K numbers repeat for each seed.

    Attributes:
        start: (seeds, K) parameter vectors; None: `initial`.
        pull: (K,) mu, a term mu / 2 |w - anchor|^2 beside the mean loss.  It is taken as a
            proximal step, so no mu is too large, and an infinite one ends at the anchor
            (Parikh, Boyd 2014; Li T. et al. 2020, FedProx).
        anchor: what models are pulled to: zero (then intercepts are free), their own start, or
            the mean of the communities' present models.
        keep: (seeds, K) masks of 0 and 1, one number a parameter; what is masked is exactly 0 from
            the start to the end.
        answers: (seeds, K) arrays, one number in [0, 1] for each row of the slot's table, learned
            instead of the label.
        live: whether each parameter tensor is trained (first layer, second layer, its bias; one
            for logistic regression).  Clipping and noise are of the live ones alone.
        learning_rate: (K,) instead of the spec's, as the three below.
        sigma: (K,) noise multiplier.
        clip_norm: (K,)
        ridge: (K,) beside each community's own summed loss.
        mixing: the exchange; None: everyone alone.
    """

    start: Vectors | None = None
    pull: np.ndarray | None = None
    anchor: Literal["zero", "start", "mean"] = "start"
    keep: Vectors | None = None
    answers: Vectors | None = None
    live: Sequence[bool] | None = None
    learning_rate: np.ndarray | None = None
    sigma: np.ndarray | None = None
    clip_norm: np.ndarray | None = None
    ridge: np.ndarray | None = None
    mixing: Mixing | None = None

    def __post_init__(self) -> None:
        """Refuse what noise on whole updates would undo."""
        clipped = self.mixing is not None and self.mixing.clip is not None
        if clipped and (self.keep is not None or self.live is not None):
            raise ValueError("an exchange with a clip norm is of whole models")

    @property
    def communities(self) -> int | None:
        """K, as far as anything here tells it."""
        told = [self.pull, self.learning_rate, self.sigma, self.clip_norm, self.ridge]
        told += [x[0] for x in (self.start, self.keep, self.answers) if x is not None]
        if self.mixing is not None:
            return self.mixing.weights.shape[-1]
        return next((len(x) for x in told if x is not None), None)


def community_count(regimes: Sequence[Regime | None]) -> int:
    """Return K, the communities of each seed; 1 where no regime tells.

    Raises:
        ValueError: two regimes of one population tell different numbers.
    """
    told = sorted({k for regime in regimes if regime and (k := regime.communities)})
    if len(told) > 1:
        raise ValueError(f"regimes of {told} communities in one population")
    return told[0] if told else 1
