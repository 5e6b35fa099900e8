"""Two shares: how far those of different people differ, and their ratio, from their intervals.

That seeds move both shares alike is not counted, which makes a difference harder to tell.
"""

import math
from typing import NamedTuple


class Interval(NamedTuple):
    """A number with the ends of its 95 % interval; NaN ends where it has none."""

    value: float
    low: float
    high: float


def difference(one: Interval, other: Interval) -> Interval:
    """Return one share minus another, with the interval of Newcombe 1998, method 10.

    >>> tuple(round(end, 3) for end in difference(Interval(0.5, 0.4, 0.6), Interval(0.2, 0.1, 0.3)))
    (0.3, 0.159, 0.441)
    """
    value = one.value - other.value
    down = math.hypot(one.value - one.low, other.high - other.value)
    up = math.hypot(one.high - one.value, other.value - other.low)
    return Interval(value, value - down, value + up)


def ratio(one: Interval, other: Interval) -> Interval:
    """Return one share divided by another, with the interval of Donner and Zou.

    Source: Donner, Zou 2012, Statistical Methods in Medical Research 21(4), 347-359, from the
    intervals of both.

    Args:
        one: a share.
        other: a share above 0; if its interval reaches 0 the ratio has no upper end (infinity).

    >>> tuple(round(end, 2) for end in ratio(Interval(0.4, 0.3, 0.5), Interval(0.5, 0.4, 0.6)))
    (0.8, 0.57, 1.1)
    """
    a, b = one.value, other.value
    product = a * b
    least, most = one.low * (2 * a - one.low), one.high * (2 * a - one.high)
    lower, upper = other.low * (2 * b - other.low), other.high * (2 * b - other.high)
    low = least / (product + math.sqrt(max(product**2 - least * upper, 0.0))) if least else 0.0
    high = (product + math.sqrt(max(product**2 - most * lower, 0.0))) / lower if lower else math.inf
    return Interval(a / b, low, high)
