"""Paired: a mean over people, or what two groups of them differ by, over several trainings."""

import math

import numpy as np

from tradeoffs.stats.interval import estimate, normal_interval
from tradeoffs.stats.two_way import people_error


def mean(each: np.ndarray, one: np.ndarray, other: np.ndarray | None = None) -> dict[str, float]:
    """Return `value`, `low`, `high`: a mean over people, or how much two groups differ in it.

    The interval holds the chance of training and that the people are a sample.  For what two models
    differ by, give the differences person by person.

    Args:
        each: (seeds, people), or one row for what no training changes.
        one: bool (people,), which of them count.
        other: those whose mean is taken away.
    """
    parts = [each[:, one]] + ([each[:, other]] if other is not None else [])
    values = parts[0].mean(1) - (parts[1].mean(1) if len(parts) > 1 else 0.0)
    error = math.hypot(*(people_error(part) for part in parts))
    found = estimate(values, error)
    low, high = found.interval or normal_interval(found.mean, error)
    return {"value": found.mean, "low": float(low), "high": float(high)}


def overall(each: np.ndarray) -> dict[str, float]:
    """Return `mean` over everybody."""
    return mean(each, np.full(each.shape[1], True))
