"""Joint epsilon: what several models trained on the same people lose when all of them are seen.

Releases whose noise is independent and whose batches are the same are one release of everything
side by side: a record that enters shifts release m by at most 1 in units of its sensitivity, so
the whole is one Gaussian with sigma = (sum of sigma_m^-2)^-1/2, at the same sample rate and steps.
It does not matter that later steps depend on earlier ones (adaptive composition).

Batches are named by their coins, which decide who takes part.  Three cases:

- other coins: independent batches, hence composed;
- all records (sample rate 1): no coin is thrown, so all such releases are one Gaussian;
- the same coins at another sample rate or number of steps: batches depend on each other in ways
  that no accountant covers.  One of the kinds keeps its sampling and the others are counted as if
  everybody took part in every step.  That is an upper bound: whatever the coins, given what the
  first kind released, the others are a mixture of Gaussian releases with at most that shift
  (hockey-stick divergences are jointly convex; Balle, Barthe & Gaboardi 2018, arXiv 1807.01647),
  and so may be composed with it (dominating pairs; Zhu, Dong & Wang 2022, arXiv 2106.08567).
"""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable

from tradeoffs.values.privacy.accountants import LEAST_DELTA, epsilon, numerical
from tradeoffs.values.privacy.history import History, Spend

ERROR = 0.003  # of the Rényi bound: what the numerical composition may err by (at least .001)
Release = tuple[Hashable, Spend]  # coins, and what is released on the batches that they draw


def joint(releases: Iterable[Release]) -> History:
    """Return a history that loses at least what all releases lose together, for anybody.

    A person is taken to be in all of them, which is the worst case where tables are samples. The
    order of the releases does not matter, and one release alone is returned as it is, up to
    rounding (without sampling, its steps are merged into one).

    Source: Mironov, Talwar & Zhang 2019, arXiv 1908.10530; Andrew et al. 2021, arXiv 1905.03871,
    theorem 1, on two Gaussian releases of one batch.
    """
    sampled: dict[Hashable, dict[tuple[float, int], list[float]]] = {}
    whole = []  # steps / sigma^2 of the releases of all records
    for coins, spend in releases:
        if spend.sample_rate == 1:
            whole.append(spend.steps / spend.sigma**2)
        else:
            kinds = sampled.setdefault(coins, defaultdict(list))
            kinds[spend.sample_rate, spend.steps].append(spend.sigma**-2)
    steps_of: dict[tuple[float, float], int] = defaultdict(int)
    for kinds in sampled.values():
        loss = {kind: kind[1] * math.fsum(precision) for kind, precision in kinds.items()}
        (rate, steps) = kept = max(loss, key=lambda kind: loss[kind])
        steps_of[_sigma(kinds[kept]), rate] += steps
        whole += [loss[kind] for kind in kinds if kind != kept]
    found = [Spend(sigma=s, sample_rate=rate, steps=n) for (s, rate), n in steps_of.items()]
    if whole:
        found.append(Spend(sigma=_sigma(whole), sample_rate=1.0, steps=1))
    return tuple(found)


def _sigma(precisions: Iterable[float]) -> float:
    return math.fsum(precisions) ** -0.5


def tightest(history: History, delta: float) -> tuple[float, str]:
    """Return the least epsilon that an accountant with a proof can state quickly, and its name.

    Exact where no step samples; else the Rényi bound, which is always finite, or the numerical
    composition where that is less (it gives up above epsilon 500). An empty history spends 0.

    Raises:
        InvalidInput: delta outside (0, 1).
    """
    if all(spend.sample_rate == 1 for spend in history):
        return epsilon(history, delta, "gdp"), "gdp"
    bound = epsilon(history, delta, "rdp")
    if delta < LEAST_DELTA:
        return bound, "rdp"
    composed = numerical(history, delta, bound, max(1e-3, ERROR * bound))
    return min((bound, "rdp"), (composed, "prv"))
