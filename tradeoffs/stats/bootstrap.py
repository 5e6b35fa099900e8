"""Bootstrap: the interval of a figure, from what it is when people are drawn anew."""

import numpy as np

from tradeoffs.stats.interval import TAIL


def distance_interval(value: float, drawn: np.ndarray) -> tuple[float, float]:
    """Return the 95 % interval of a distance in [0, 1].

    A distance of samples is too large, the more so the nearer to none: the lower end of the basic
    bootstrap takes that away twice over, which the upper end may not.

    Source: Davison, Hinkley 1997, Bootstrap Methods and their Application, 5.2.

    Args:
        value: the distance that was found.
        drawn: (draws,), of people drawn anew from those it was found of.
    """
    high = float(np.quantile(drawn, 1 - TAIL))
    return max(0.0, 2 * value - high), min(1.0, value + high - float(np.mean(drawn)))
