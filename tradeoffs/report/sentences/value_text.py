"""Values of objectives, and utilities, in words."""

import math
from collections.abc import Sequence

from tradeoffs.fronts import PRIVACY, Objective
from tradeoffs.language.notation import localise
from tradeoffs.language.translation import say, translate
from tradeoffs.report.charts.hover import value_format
from tradeoffs.report.text import number, points, with_interval

NO_PROMISE = "no promise"


def value_text(objective: Objective, value: float) -> str:
    """Return a value of an objective in words.

    >>> value_text(PRIVACY, 0.2), value_text(PRIVACY, math.inf), value_text(PRIVACY, math.nan)
    ('ε = 0.2', 'no promise', 'not measurable')
    """
    if math.isnan(value):
        return say("not measurable")
    if math.isinf(value):
        return translate(NO_PROMISE)
    told = value_format(objective)(value)
    return f"ε = {told}" if objective.name == PRIVACY.name else told


def with_range(objective: Objective, ends: Sequence[float]) -> str:
    """Return a value with its 95 % interval, where it has one.

    >>> with_range(PRIVACY, (0.2, math.nan, math.nan))
    'ε = 0.2'
    """
    value, low, high = ends
    if math.isnan(value) or math.isinf(value) or math.isnan(low):
        return value_text(objective, value)
    return with_interval(value, low, high, value_format(objective))


def utility_text(ends: Sequence[float]) -> str:
    """Return a mean utility with its interval.

    >>> utility_text((0.157, 0.14, 0.174)), utility_text((math.nan,) * 3)
    ('0.157 (0.140 to 0.174)', 'not measurable')
    """
    value, low, high = ends
    if math.isnan(value):
        return say("not measurable")
    if math.isnan(low):
        return localise(f"{value:.3f}")
    return with_interval(value, low, high, lambda end: localise(f"{end:.3f}"))


def level_text(objective: Objective, value: float) -> str:
    """Return the worst accepted value within a sentence.

    >>> level_text(PRIVACY, 1.0)
    'privacy budget (epsilon) at most ε = 1'
    """
    told = {"objective": objective.lower, "value": value_text(objective, value)}
    if objective.better == "high":
        return say("{objective} at least {value}", **told)
    return say("{objective} at most {value}", **told)


def behind(objective: Objective, value: float, best: float) -> str:
    """Return by how much a value is worse than the best; "none" where it is not.

    >>> behind(PRIVACY, 3.0, 0.5), behind(PRIVACY, 0.5, 0.5)
    ('6 times', 'none')
    """
    if math.isnan(value) or math.isnan(best):
        return say("not measurable")
    if objective.cost(value) <= objective.cost(best):
        return say("none")
    if math.isinf(value):
        return translate(NO_PROMISE)
    if objective.scale == "log":
        return say("{factor} times", factor=number(value / best))
    if objective.is_share:
        return points(abs(value - best)).lstrip("+")
    return number(abs(value - best))
