"""The price of choosing: train a random number of models, show only the best of them.

The number of tries K is drawn from the truncated negative binomial distribution with shape eta
and the wanted mean: eta = 1 is geometric (after each try it ends with chance 1 / mean), eta = 0
logarithmic.  Each try is one of some candidates, drawn by a public rule, with batches and noise of
its own.  The best is found by a score that is part of what a try releases: on other people's
records a score costs nothing more, on private records it has to be noised and accounted for.
That is not to say that choosing is free: the best of K noisy scores varies less than one of them,
so it tells more of the people that all tries were trained on.  Neither K nor any other try is ever
seen.  A fixed number of tries has no such bound and is counted as if all were seen.

Source: Papernot & Steinke 2022, arXiv 2110.03620, theorem 2.
"""

import math
from collections.abc import Sequence

import numpy as np

from tradeoffs.errors import require
from tradeoffs.values.privacy.history import History, real, within
from tradeoffs.values.privacy.renyi import divergences, to_epsilon

GEOMETRIC = 1.0
MOST_TRIES = 1e6


def best_of(
    candidates: Sequence[History], tries: float, delta: float, *, eta: float = GEOMETRIC
) -> float:
    """Return the epsilon of showing only the best of `tries` runs on average.

    Args:
        candidates: histories that a try can have; at each order the costliest one counts.
        tries: mean of K, in [1, 1e6]; 1 is a single run.
        delta: of the whole.
        eta: shape of the distribution of K, at least 0.

    Raises:
        InvalidInput: a value out of its bounds, or no candidate.
    """
    require(0 < real(delta) < 1, "between", field="delta", value=delta, low=0, high=1)
    require(len(candidates) > 0, "no_history", field="candidates", value=candidates)
    curves = [divergences(history) for history in candidates]
    orders = curves[0][0]
    worst = np.max([rdp for _, rdp in curves], axis=0)
    return max(0.0, to_epsilon(orders, selection_divergences(orders, worst, tries, eta), delta))


def selection_divergences(
    orders: np.ndarray, rdp: np.ndarray, tries: float, eta: float
) -> np.ndarray:
    """Return the Rényi divergences of the best of `tries` runs that each have `rdp`.

    With orders without end and a constant rdp, which is pure differential privacy, this tends to
    2 + eta times it.

    Args:
        orders: above 1.
        rdp: of one run, at these orders.
        tries: mean number of runs.
        eta: shape of their distribution.
    """
    stop = -math.log(gamma(tries, eta))
    # Order 1, where the divergence itself drops out, is allowed for the second order alone.
    second = min(stop, float(np.min((1 - 1 / orders) * rdp + stop / orders)))
    return rdp + (1 + eta) * second + math.log(tries) / (orders - 1)


def gamma(tries: float, eta: float) -> float:
    """Return the parameter of the truncated negative binomial distribution with that mean.

    >>> round(gamma(10, 1), 12), gamma(1, 0)
    (0.1, 1.0)

    Raises:
        InvalidInput: tries outside [1, 1e6], or eta negative.
    """
    within("tries", tries, 1, MOST_TRIES)
    require(0 <= real(eta) < math.inf, "negative", field="eta", value=eta)
    if tries == 1:
        return 1.0
    from scipy.optimize import brentq

    target = math.log(tries)
    least = -target - 20  # there the mean is above the wanted one, for any eta
    root = brentq(lambda g: math.log(_mean(g, eta)) - target, least, -1e-200, xtol=1e-14)
    return math.exp(float(root))  # type: ignore[arg-type]


def _mean(log_gamma: float, eta: float) -> float:
    """Return the mean number of tries."""
    odds = math.expm1(-log_gamma)  # 1 / gamma - 1
    return odds / -log_gamma if eta == 0 else eta * odds / -math.expm1(eta * log_gamma)
