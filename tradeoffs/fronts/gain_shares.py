"""Gain shares: how gains are spread over communities, and in which coalitions everybody gains.

Shares of gains are estimates like the gains themselves, and are told with their intervals; who is
named is told apart where all comparisons are looked at together.
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from tradeoffs.fronts.differences import Difference
from tradeoffs.fronts.gains import Gain, Paired, named
from tradeoffs.stats.interval import estimate


def gain_shares(gains: Sequence[Gain], measure: str) -> list[Difference] | None:
    """Return each community's share of the sum of all gains, with its interval.

    Each community counts alike, however many people it has.  A share is a ratio of means; its
    interval follows by the delta method, over seeds and test people.

    Args:
        gains: of all communities that take part; seeds that some lack are left out.
        measure: accuracy or log_loss.

    Returns:
        One share each; None where the sum cannot be told from none, so that shares mean nothing.
    """
    each = [_paired(one, measure) for one in gains]
    seeds = sorted(set.intersection(*(set(one.seeds.tolist()) for one in each)))
    if len(seeds) < 2:
        return None
    values = np.stack([one.values[np.searchsorted(one.seeds, seeds)] for one in each])
    errors = np.array([one.people_error for one in each])
    total, sum_error = values.sum(0), float(np.sqrt(errors @ errors))
    low, _ = estimate(total, sum_error).interval or (-math.inf, math.inf)
    if not low > 0:
        return None
    whole, found = float(total.mean()), []
    for own, error in zip(values, errors, strict=True):
        share = float(own.mean()) / whole
        others = max(0.0, sum_error**2 - error**2)
        people = math.sqrt(((1 - share) * error) ** 2 + share**2 * others) / whole
        found.append(_share(share + (own - share * total) / whole, people))
    return found


def unanimous(coalitions: Mapping[str, Sequence[Gain]], measure: str) -> tuple[str, ...]:
    """Return the coalitions of which every member can be told to gain, all looked at together.

    Args:
        coalitions: gains of all members over training alone, by a coalition's name.
        measure: accuracy or log_loss.
    """
    sure = {id(one) for one in named([g for each in coalitions.values() for g in each], measure)}

    def gains(one: Gain) -> bool:
        return id(one) in sure and one.in_measure(measure).mean > 0

    return tuple(name for name, each in coalitions.items() if each and all(map(gains, each)))


def _paired(one: Gain, measure: str) -> Paired:
    return one.right if measure == "accuracy" else one.loss


def _share(values: np.ndarray, people_error: float) -> Difference:
    found = estimate(values, people_error)
    low, high = found.interval or (-math.inf, math.inf)
    return Difference(
        column="share of the gains",
        mean=found.mean,
        standard_error=found.standard_error,
        interval=found.interval,
        seeds=found.seeds,
        distinguishable=not low <= 0 <= high,
        test_rows=people_error > 0,
    )
