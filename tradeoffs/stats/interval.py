"""Intervals: what seeds and test rows leave open about a mean over seeds."""

import math
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Number = TypeVar("Number", float, np.ndarray)

NORMAL = 1.959964  # standard errors in a 95 % interval
TAIL = 0.025  # outside each end of it


@dataclass(frozen=True, kw_only=True, slots=True)
class Estimate:
    """A mean over seeds, in the unit of what was measured.

    Attributes:
        mean: over the seeds.
        standard_error: over seeds and, if told, test rows; None with fewer than two seeds.
        interval: t interval around the mean; None with fewer than two seeds.
        seeds: how many.
    """

    mean: float
    standard_error: float | None
    interval: tuple[float, float] | None
    seeds: int

    @property
    def record(self) -> dict[str, float]:
        """`value`, `low` and `high`; the ends are infinite where there is no interval."""
        low, high = self.interval or (-math.inf, math.inf)
        return {"value": self.mean, "low": low, "high": high}


def estimate(values: np.ndarray, sampling_se: float = 0.0, level: float = 0.95) -> Estimate:
    """Return the mean over seeds with its interval.

    Seeds alone leave out that the test rows are a sample: `sampling_se` (unit of the values) adds
    it in quadrature, with the degrees of freedom of Satterthwaite 1946.  If all seeds agree exactly
    and nothing is added, the interval is a single value.

    Args:
        values: (seeds,), at least one, all finite.
        sampling_se: standard error of the mean from the finite number of test rows.
        level: coverage of the interval, between 0 and 1.
    """
    mean, seeds = float(values.mean()), len(values)
    if seeds < 2:
        return Estimate(mean=mean, standard_error=None, interval=None, seeds=seeds)
    seed_error = standard_error(values)
    error = math.hypot(seed_error, sampling_se)
    half = float(half_width(seed_error, error, seeds - 1, level))
    return Estimate(
        mean=mean, standard_error=error, interval=(mean - half, mean + half), seeds=seeds
    )


def half_width(
    seed_error: npt.ArrayLike, error: npt.ArrayLike, freedom: npt.ArrayLike, level: float = 0.95
) -> np.ndarray:
    """Return half the width of t intervals; the test rows' part of the error is taken as known.

    Args:
        seed_error: standard errors over seeds alone.
        error: the same over seeds and test rows.
        freedom: degrees of freedom over seeds, at least 1.
        level: coverage of the intervals, between 0 and 1.
    """
    over_seeds, over_both = np.asarray(seed_error), np.asarray(error)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(over_seeds == over_both, 1.0, (over_both / over_seeds) ** 4)
    return over_both * t_quantile(np.asarray(freedom) * share, level)


def t_quantile(freedom: npt.ArrayLike, level: float = 0.95) -> Any:
    """Return how many standard errors t intervals reach to each side, of the shape of `freedom`.

    Args:
        freedom: degrees of freedom.
        level: coverage of the interval, between 0 and 1.
    """
    # scipy.special, not scipy.stats: a third of the memory and of the time to import.
    from scipy.special import stdtrit

    return stdtrit(np.asarray(freedom), 0.5 + level / 2.0)


def p_value(values: np.ndarray, sampling_se: float = 0.0) -> float:
    """Return the two-sided p-value of a mean of 0, by the t law that `estimate` takes.

    Args:
        values: (seeds,), at least two, all finite.
        sampling_se: as for `estimate`.
    """
    from scipy.special import stdtr

    mean, seed_error = float(values.mean()), standard_error(values)
    error = math.hypot(seed_error, sampling_se)
    if not error:
        return float(mean == 0.0)
    freedom = (len(values) - 1) * (error / seed_error) ** 4 if seed_error else math.inf
    return 2 * float(stdtr(freedom, -abs(mean) / error))


def normal_quantile(tests: int = 1) -> float:
    """Return how many standard errors a 95 % interval reaches, where one of several is looked at.

    Args:
        tests: how many at once; each is left its share of the 5 % (Bonferroni).
    """
    from scipy.special import ndtri

    return float(ndtri(1 - TAIL / tests))


def normal_interval(value: Number, error: Number) -> tuple[Number, Number]:
    """Return the 95 % interval of a figure of many people, by its standard error."""
    return value - NORMAL * error, value + NORMAL * error


def standard_error(values: np.ndarray) -> float:
    """Return the standard error of the mean of independent values, (n,) with n at least 2."""
    return float(values.std(ddof=1)) / math.sqrt(len(values))


def mean_difference_error(one: np.ndarray, other: np.ndarray) -> float:
    """Return the standard error of the difference of two means, each of at least 2 values."""
    return math.sqrt(one.var(ddof=1) / len(one) + other.var(ddof=1) / len(other))
