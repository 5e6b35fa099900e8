"""Proportions: intervals of shares of people, and of differences of two."""

import math
from typing import NamedTuple, overload

import numpy as np

from tradeoffs.stats.interval import NORMAL, estimate
from tradeoffs.stats.two_way import effective_size, influence, people_covariance, people_error

SMALLEST_CELL = 30  # people, positives, negatives or selected of a group; fewer tell no rate
MOST_TOGETHER = 0.25  # correlation of a gain and a loss that is believed


class Share(NamedTuple):
    """A share of people over trainings, or a difference of two, with its 95 % interval."""

    value: float
    low: float
    high: float
    error: float  # standard error over trainings and people


def wilson(yes: float, n: float, quantile: float = NORMAL) -> tuple[float, float]:
    """Return the 95 % interval of a share by the score of Wilson 1927.

    Args:
        yes: counted, at most `n`.
        n: counted among, above 0; an effective number of people need not be whole.
        quantile: standard errors that the interval reaches to each side.

    >>> tuple(round(end, 3) for end in wilson(10, 40))
    (0.142, 0.402)
    """
    share, z2 = yes / n, quantile * quantile
    if share in (0.0, 1.0):  # so that no end misses them by rounding
        return share * n / (n + z2), 1 - (1 - share) * n / (n + z2)
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = quantile * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return middle - half, middle + half


@overload
def share_error(share: float, people: float) -> float: ...


@overload
def share_error(share: np.ndarray, people: np.ndarray | float) -> np.ndarray: ...


def share_error(share: float | np.ndarray, people: float | np.ndarray) -> float | np.ndarray:
    """Return the standard error of a share counted among so many people."""
    return (share * (1 - share) / people) ** 0.5


def chance_gap(people: np.ndarray, share: float) -> float:
    """Return how far shares of groups lie apart on average if all have the same chance.

    That is the mean of the largest minus the smallest of independent binomial shares: the integral
    over x of the chance that x lies between the two.

    Args:
        people: (groups,) in each group, at least 1.
        share: chance of a yes, in [0, 1].
    """
    from scipy.special import bdtr  # a third of the memory of scipy.stats

    people = np.asarray(people, dtype=int)
    ends = np.unique(np.concatenate([np.arange(n + 1) / n for n in people]))
    middle = (ends[1:] + ends[:-1]) / 2  # no share lies within a step, so all is constant there
    below = bdtr(np.floor(middle * people[:, None]), people[:, None], share)  # (groups, steps)
    between = 1 - below.prod(0) - (1 - below).prod(0)
    return float(between @ np.diff(ends))


def clopper_pearson_upper(count: int, trials: int, alpha: float) -> float:
    """Return the upper bound of a probability at confidence 1 - alpha, exact for any number.

    Source: Clopper, Pearson 1934, Biometrika 26(4), 404-413.
    """
    from scipy.special import betainccinv

    return 1.0 if count == trials else float(betainccinv(count + 1, trials - count, alpha))


def share(decided: np.ndarray, weights: np.ndarray | None = None) -> Share:
    """Return the share of people that some trainings decide one way, on average.

    The interval covers trainings and people (see `wilson_from_error`), and where all agree it is
    as wide as one count of these people leaves it.

    Args:
        decided: bool (trainings, people), at least two of each.
        weights: (people,) survey weights above 0; None where each person counts once.
    """
    trainings, people = decided.shape
    if weights is not None:
        people = effective_size(weights)
    means = np.average(decided, axis=1, weights=weights)
    found = estimate(means, people_error(decided, weights))
    assert found.interval is not None and found.standard_error is not None
    value, error = found.mean, found.standard_error
    quantile = (found.interval[1] - value) / error if error else NORMAL
    # Counted no finer than if all trainings were of other people.
    most = trainings * people
    return Share(value, *wilson_from_error(value, error, people, most, quantile), error)


def wilson_from_error(
    value: float, error: float, people: float, most: float, quantile: float
) -> tuple[float, float]:
    """Return the interval of Wilson with the number of people who would leave as much open.

    Source: Franco, Little, Louis, Slud 2019, J. Survey Stat. Methodol. 7(3), 334-364.

    Args:
        value: a share.
        error: its standard error; of 0, when all agree, `people` are counted.
        people: how many were asked.
        most: decisions, of which there cannot be more to count.
        quantile: as for `wilson`.
    """
    effective = min(value * (1 - value) / error**2, most) if error else people
    return wilson(value * effective, effective, quantile)


def share_intervals(
    value: np.ndarray, error: np.ndarray, people: np.ndarray, quantile: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of the intervals of many shares, as `wilson_from_error` has each.

    Args:
        value: shares, NaN where there is none.
        error: their standard errors.
        people: how many were asked, which is what an error of 0 leaves open.
        quantile: standard errors that each interval reaches to each side.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        n = np.where(error > 0, value * (1 - value) / error**2, people)
        z2 = quantile * quantile
        middle = (value + z2 / (2 * n)) / (1 + z2 / n)
        half = quantile * np.sqrt(value * (1 - value) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0)


def weighted_share(yes: np.ndarray, weights: np.ndarray) -> tuple[float, tuple[float, float]]:
    """Return a share by survey weights, and its interval as `wilson_from_error` has it.

    Args:
        yes: bool (people,), at least two.
        weights: (people,) above 0.
    """
    value, error = float(np.average(yes, weights=weights)), people_error(yes[None], weights)
    return value, wilson_from_error(value, error, effective_size(weights), len(yes), NORMAL)


def net(gain: np.ndarray, loss: np.ndarray, weights: np.ndarray | None = None) -> Share:
    """Return one share minus another of the same people, who are in one of them at most.

    Source: Zou, Donner 2008, Statistics in Medicine 27(10), 1693-1702: the intervals of both
    shares, and how they vary together.  Nobody both gains and loses, so that they seem to rise
    together by more than MOST_TOGETHER is taken for chance where few do either; it would make the
    interval too short.

    Args:
        gain: bool (trainings, people).
        loss: as `gain`, nowhere both.
        weights: (people,) survey weights above 0; None where each person counts once.
    """
    up, down = share(gain, weights), share(loss, weights)
    means = np.stack([np.average(one, axis=1, weights=weights) for one in (gain, loss)])
    together = np.cov(means)[0, 1] / len(gain)
    together += people_covariance(influence(gain, weights), influence(loss, weights))
    both = up.error * down.error
    correlation = float(np.clip(together / both, -1, MOST_TOGETHER)) if both else 0.0
    ends = []
    for a, b in ((up.value - up.low, down.high - down.value),
                 (up.high - up.value, down.value - down.low)):  # fmt: skip
        ends.append(math.sqrt(a * a + b * b - 2 * correlation * a * b))
    value = up.value - down.value
    error = math.sqrt(max(up.error**2 + down.error**2 - 2 * correlation * both, 0.0))
    return Share(value, value - ends[0], value + ends[1], error)


def newcombe(
    yes: np.ndarray,
    of: np.ndarray,
    other_yes: np.ndarray,
    other_of: np.ndarray,
    *,
    quantile: float = NORMAL,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of the 95 % interval of differences of two shares; NaN among nobody.

    Source: Newcombe 1998, Statistics in Medicine 17, 873-890, method 10.

    Args:
        yes: int, any shape, counted.
        of: counted among.
        other_yes: of the share that is subtracted.
        other_of: counted among.
        quantile: as for `wilson`.
    """
    known = (of > 0) & (other_of > 0)
    ends = np.vectorize(wilson, otypes=[float, float])
    low, high = ends(np.where(known, yes, 0), np.where(known, of, 1), quantile)
    other_low, other_high = ends(
        np.where(known, other_yes, 0), np.where(known, other_of, 1), quantile
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        share, other = yes / of, other_yes / other_of
    down = np.hypot(share - low, other_high - other)
    up = np.hypot(high - share, other - other_low)
    return share - other - down, share - other + up
