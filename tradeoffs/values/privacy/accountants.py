"""Accountants: the epsilon that a history of noisy releases spends, each by its own method.

Two data sets are neighbours when one record is added or removed. A release adds Gaussian noise to
a sum over a Poisson sample of the records; every accountant here covers that mechanism alone.
Opacus, and torch with it, is imported inside the functions that need it and nowhere else.
"""

import math
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from tradeoffs.catalogue import Catalogue
from tradeoffs.errors import require
from tradeoffs.language.translates import translates
from tradeoffs.values.privacy.history import History, Spend, real
from tradeoffs.values.privacy.renyi import divergences, to_epsilon

PRV_MOST = 500.0  # epsilon; beyond it the exponentials of the PRV discretisation overflow
LEAST_DELTA = 1e-10  # of prv: below, rounding dominates
FLOOR_SIGMA = 1e6  # an epsilon that this much noise does not reach is below an accountant's floor
TIGHT = 0.995  # a calibrated sigma spends at least this share of the requested epsilon
MOST_POINTS = 1_000_000  # of the grid of prv, half a second; its error grows rather than the grid
LARGEST_ERROR = 0.5  # of prv, unless more is asked for


@translates("title", "help")
@dataclass(frozen=True, kw_only=True, slots=True)
class Accountant:
    """One way to compute epsilon; `compute(history, delta)` expects checked arguments."""

    name: str
    title: str
    help: str
    source: str
    compute: Callable[[History, float], float]


def epsilon(history: History, delta: float, accountant: str) -> float:
    """Return the epsilon that `accountant` computes for the whole history at `delta`.

    An empty history spends 0. The order of the history does not matter beyond rounding. `inf`
    means that the accountant gives no bound (`prv` above 500).

    Raises:
        InvalidInput: delta outside (0, 1), or an unknown accountant.
    """
    require(0 < real(delta) < 1, "between", field="delta", value=delta, low=0, high=1)
    method = ACCOUNTANTS[accountant]
    return max(0.0, method.compute(history, delta)) if history else 0.0


def noise_multiplier(
    epsilon: float, sample_rate: float, steps: int, delta: float, accountant: str
) -> float:
    """Return a sigma whose epsilon, by `accountant`, is at most the request and close to it.

    Raises:
        InvalidInput: a value out of its bounds, or a request below what the accountant can reach.
    """
    Spend(sigma=1.0, sample_rate=sample_rate, steps=steps)  # checks the two before the search

    def history(sigma: float) -> History:
        return (Spend(sigma=sigma, sample_rate=sample_rate, steps=steps),)

    return calibrate(history, epsilon, delta, accountant)


def calibrate(
    history: Callable[[float], History], request: float, delta: float, accountant: str
) -> float:
    """Return a sigma for which `history(sigma)` spends at most `request`, at least .995 of it.

    The search begins at the Gaussian distance of that epsilon, doubles, then interpolates; the
    sigma returned was itself evaluated, so the promise "never above" does not rest on the
    accountant being monotone. (`prv` does not go above epsilon 500: there the sigma returned spends
    less than .995 of the request.)

    Raises:
        InvalidInput: request not a positive number, or below what the accountant can reach.
    """
    require(0 < real(request) < math.inf, "not_positive", field="epsilon", value=request)
    require(0 < real(delta) < 1, "between", field="delta", value=delta, low=0, high=1)
    start = min(max(_start(history(1.0), request, delta), 1e-3), FLOOR_SIGMA)
    low, below, high, spent = _bracket(
        lambda s: epsilon(history(s), delta, accountant), request, start
    )
    require(
        spent <= request,
        "accountant_too_coarse",
        epsilon=request,
        spent=spent,
        delta=delta,
        accountant=accountant,
    )
    while spent < TIGHT * request and high / low > 1 + 1e-6:
        middle = _between(low, below, high, spent, (1 + TIGHT) / 2 * request)
        spent_middle = epsilon(history(middle), delta, accountant)
        if spent_middle <= request:
            high, spent = middle, spent_middle
        else:
            low, below = middle, spent_middle
    return high


def _start(unit: History, request: float, delta: float) -> float:
    """Return the sigma at which much noise would spend the request, given a history of sigma 1."""
    loss = sum(spend.sample_rate**2 * spend.steps / spend.sigma**2 for spend in unit)
    return math.sqrt(loss) / gaussian_mu(request, delta)


def _bracket(
    spend: Callable[[float], float], request: float, start: float
) -> tuple[float, float, float, float]:
    """Return (low, spend(low), high, spend(high)), with spend(low) > request >= spend(high).

    Where sigma = FLOOR_SIGMA still spends more than the request, high is FLOOR_SIGMA.
    """
    high, spent = start, spend(start)
    while spent > request and high < FLOOR_SIGMA:
        high = min(2 * high, FLOOR_SIGMA)
        spent = spend(high)
    low = high / 2
    while (below := spend(low)) <= request:
        low, high, spent = low / 2, low, below
    return low, below, high, spent


def _between(low: float, below: float, high: float, spent: float, target: float) -> float:
    """Return where a power law through both ends meets the target, well inside the bracket."""
    share = 0.5
    if 0 < spent < below < math.inf:
        share = math.log(below / target) / math.log(below / spent)
    return low * (high / low) ** min(max(share, 0.05), 0.95)


def gaussian_log_delta(epsilon: float, mu: float) -> float:
    """Return log delta(epsilon) of the Gaussian mechanism with distance `mu`; exact.

    Sums of logarithms, so nothing overflows at large epsilon. -inf where delta is below what
    rounding can tell from 0.

    Source: Balle & Wang 2018, arXiv 1805.06530; Dong, Roth & Su 2022, arXiv 1905.02383.
    """
    from scipy.special import log_ndtr

    first = float(log_ndtr(mu / 2 - epsilon / mu))
    second = epsilon + float(log_ndtr(-mu / 2 - epsilon / mu))
    return first + math.log(-math.expm1(second - first)) if second < first else -math.inf


def gaussian_epsilon(mu: float, delta: float) -> float:
    """Return the epsilon at `delta` of the Gaussian mechanism with distance `mu`, rounded up.

    0 where mu is so small that delta alone covers it; inf for an infinite mu.
    """
    if math.isinf(mu):
        return math.inf
    if mu / math.sqrt(2 * math.pi) <= delta:  # an upper bound of delta(0), safe at mu = 0
        return 0.0
    target = math.log(delta)
    if gaussian_log_delta(0.0, mu) <= target:
        return 0.0
    most = mu * mu / 2 + mu * math.sqrt(-2 * target) + 1e-9  # Gaussian tail bound
    root = _root(lambda epsilon: gaussian_log_delta(epsilon, mu) - target, 0.0, most)
    return root * (1 + 1e-12) + 1e-14


def gaussian_mu(epsilon: float, delta: float) -> float:
    """Return the largest distance mu with gaussian_epsilon(mu, delta) <= epsilon, rounded down."""
    target = math.log(delta)
    tail = math.sqrt(-2 * target)
    # low solves the tail bound of gaussian_epsilon for mu; at high, delta is above .9999.
    low = 2 * epsilon / (math.sqrt(tail * tail + 2 * epsilon) + tail)
    high = math.sqrt(2 * epsilon) + 16
    root = _root(lambda mu: gaussian_log_delta(epsilon, mu) - target, low, high)
    return root * (1 - 1e-9)


def _root(function: Callable[[float], float], low: float, high: float) -> float:
    from scipy.optimize import root_scalar

    return float(root_scalar(function, bracket=(low, high), method="brentq", xtol=1e-15).root)


def _prv(history: History, delta: float) -> float:
    """Upper bound of the numerical composition, with an error of about 1 % of its result.

    The error stays within [.0001, .01] up to epsilon 50 and is .02 % of epsilon above. Opacus
    models the removal of a record; the tests compare it with another accountant in both directions.
    """
    most = _rdp(history, delta)
    rough = min(most, _gdp(history, delta)) if most <= PRV_MOST else most
    error = max(1e-4, min(rough / 100, max(0.01, rough / 5000)))
    return numerical(history, delta, most, error)


def numerical(history: History, delta: float, most: float, error: float) -> float:
    """Return the upper end of Opacus' numerical composition; inf where it would overflow.

    Args:
        history: of releases, not empty.
        delta: at least 1e-10.
        most: an upper bound of epsilon.
        error: largest distance from the truth that is wanted; larger where that would take more
            than MOST_POINTS points, as the upper end remains a bound.

    Raises:
        InvalidInput: delta below 1e-10, or so many steps that the error would pass LARGEST_ERROR.
    """
    from opacus.accountants import PRVAccountant

    require(delta >= LEAST_DELTA, "delta_too_low_for_prv", delta=delta, least=LEAST_DELTA)
    if most > PRV_MOST:
        return math.inf
    least, steps = _least_error(history, delta), sum(spend.steps for spend in history)
    require(least <= max(error, LARGEST_ERROR), "too_many_steps_for_prv", steps=steps)
    error = max(error, least)
    prv = PRVAccountant()
    prv.history = [(spend.sigma, spend.sample_rate, spend.steps) for spend in history]
    # With sample_rate 1 Opacus takes log(1 - 1) and means -inf; its domain search asks for the
    # RDP epsilon at deltas where the best order is the last one, which is only less tight.
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Optimal order is the", UserWarning)
        return float(prv.get_epsilon(delta, eps_error=error, delta_error=delta / 1000))


def _least_error(history: History, delta: float) -> float:
    """Return the error of prv on a grid of MOST_POINTS points.

    Opacus' grid spans the loss that Rényi divergences bound, and 3 more, to both sides.
    """
    half = max(0.0, _rdp(history, delta / 4000)) + 3
    steps = sum(spend.steps for spend in history)
    return 2 * half / MOST_POINTS * math.sqrt(steps * math.log(12_000 / delta) / 2)


def _rdp(history: History, delta: float, *, classic: bool = False) -> float:
    return to_epsilon(*divergences(history), delta, classic=classic)


def _gdp(history: History, delta: float) -> float:
    return gaussian_epsilon(math.sqrt(sum(_squared_mu(spend) for spend in history)), delta)


def _squared_mu(spend: Spend) -> float:
    """Exact at sample rate 1, else the central limit; inf where its exponential overflows."""
    if spend.sample_rate == 1:
        return spend.steps / spend.sigma / spend.sigma
    from opacus.accountants.analysis.gdp import compute_mu_poisson

    with np.errstate(over="ignore"):
        mu = compute_mu_poisson(
            steps=spend.steps, noise_multiplier=spend.sigma, sample_rate=spend.sample_rate
        )
        return float(mu**2)


PRV = Accountant(
    name="prv",
    title="PRV",
    help="Composes the steps numerically and reports the upper end of its error bar.",
    source="Gopi, Lee & Wutschitz 2021, arXiv 2106.02848; Opacus PRVAccountant",
    compute=_prv,
)
RDP = Accountant(
    name="rdp",
    title="Rényi",
    help="An upper bound from Rényi divergences: fast, some 10 % above PRV at epsilon 1, and "
    "unable to certify less than about 0.10 at delta 0.00001.",
    source="Mironov, Talwar & Zhang 2019, arXiv 1908.10530; Balle et al. 2020, arXiv 1905.09982",
    compute=_rdp,
)
RDP_CLASSIC = Accountant(
    name="rdp-classic",
    title="Rényi, 2016 conversion",
    help=(
        "The same divergences converted into epsilon as in the first papers on private deep "
        "learning; looser, kept for comparison with their figures."
    ),
    source="Abadi et al. 2016, arXiv 1607.00133; Mironov 2017, arXiv 1702.07476, prop. 3",
    compute=partial(_rdp, classic=True),
)
GDP = Accountant(
    name="gdp",
    title="Gaussian",
    help=(
        "Exact if every step uses all records. With sampled batches it is a central limit "
        "approximation, not a bound: it can state less than was spent."
    ),
    source="Dong, Roth & Su 2022, arXiv 1905.02383; Bu et al. 2020, arXiv 1911.11607",
    compute=_gdp,
)
ACCOUNTANTS = Catalogue("accountant", (PRV, RDP, RDP_CLASSIC, GDP))
