"""Axes of a chart of objectives: which way is better, what they span, where values stand."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from tradeoffs.fronts import Objective
from tradeoffs.language.notation import localise
from tradeoffs.language.translation import say
from tradeoffs.report.view import Row

LOG_PAD = 0.03  # decades that a log axis shows beyond its ends
BESIDE = 160.0  # where an infinite epsilon stands, right of the log axis
REACH = 3  # lengths of an axis that a line goes beyond its end
Way = Literal["right", "up"]  # to more of what an objective names
WAYS = {"right": "{title}  (right: {more})", "up": "{title}  (up: {more})"}
Spans = tuple[tuple[float, float], tuple[float, float]]  # lowest and highest of x and of y


def axis(
    objective: Objective,
    drawn: Sequence[Row],
    way: Way,
    at_least: tuple[float, float] | None = None,
) -> dict[str, object]:
    """Return a plotly axis whose outer end (right or up) is more of what the objective names."""
    title = say(WAYS[way], title=objective.title, more=objective.words)
    low, high = span(objective, drawn, at_least)
    if objective.infinity:
        ticks = (0.05, 0.1, 0.3, 1, 3, 10, 50)
        return {
            "title": {"text": title},
            "type": "log",
            "tickvals": [*ticks, BESIDE],
            "ticktext": [*(localise(f"{t:g}") for t in ticks), objective.infinity],
            "range": [math.log10(high), math.log10(low)],
        }
    if objective.scale == "log":
        ends = [math.log10(low) - LOG_PAD, math.log10(high) + LOG_PAD]
        return {
            "title": {"text": title},
            "type": "log",
            "tickformat": "~s",
            "range": ends[::-1] if objective.better == "low" else ends,
        }
    pad = 0.04 * (high - low)
    ends = [low - pad, high + pad]
    return {
        "title": {"text": title},
        "tickformat": "~%" if objective.is_share else "~g",
        "range": ends[::-1] if objective.better == "low" else ends,
    }


def span(
    objective: Objective, drawn: Sequence[Row], at_least: tuple[float, float] | None = None
) -> tuple[float, float]:
    """Return the lowest and the highest value that an axis shows.

    An axis with infinity beside it shows the whole range of its control.  Another follows its
    points and their bars, out to the next round number, so that a point more seldom moves it; it
    shows some part of the scale at least, so that chance does not look large, and the ideal where
    that is 0, as in a gap.

    Args:
        objective: of the axis.
        drawn: configurations.
        at_least: shown too.
    """
    if objective.infinity:
        return 0.04, BESIDE * 1.3
    values = column(drawn, objective.column)
    spread = np.nan_to_num(column(drawn, f"{objective.column}_sd"))
    ends = np.concatenate([values - spread, values + spread])
    shown = [*ends[np.isfinite(ends)].tolist(), *(at_least or ())] or [objective.ideal]
    low, high = min(shown), max(shown)
    if objective.scale == "log":
        return _decades(low, high, objective.least_span)
    if objective.better == "high":  # nothing lies beyond the ideal, but for ends of bars
        high = min(high, objective.ideal)
    else:
        low = max(low, objective.ideal) if objective.ideal else 0.0
    lacking = max(objective.least_span - (high - low), 0.0)
    low, high = (low, high + lacking) if objective.better == "low" else (low - lacking, high)
    step = round_step((high - low) / 6)
    # The ends are within rounding of a multiple, so that a span of spans is the same one.
    return (
        float(step * math.floor(low / step + 1e-9)),
        float(step * math.ceil(high / step - 1e-9)),
    )


def _decades(low: float, high: float, least: float) -> tuple[float, float]:
    """Return ends that are 1, 2 or 5 times a power of ten, so many decades apart at least."""
    high = round_step(max(high, low * 10.0**least))
    return 1 / round_step(1 / low), high


def round_step(least: float) -> float:
    """Return the smallest 1, 2 or 5 times a power of ten that is no smaller."""
    decade = 10.0 ** math.floor(math.log10(least) + 1e-9)
    return next(m * decade for m in (1, 2, 5, 10) if m * decade >= least * (1 - 1e-9))


def place(objective: Objective, values: npt.ArrayLike) -> np.ndarray:
    """Return where values stand on an axis; infinity beside a log axis."""
    numbers = np.asarray(values, dtype=float)
    return np.where(np.isposinf(numbers), BESIDE, numbers) if objective.infinity else numbers


def round_for_chart(values: npt.ArrayLike) -> list[float]:
    """Return numbers as a chart needs them: no screen shows more than six significant digits."""
    return [float(f"{value:.6g}") for value in np.asarray(values, dtype=float).tolist()]


def column(rows: Sequence[Row], name: str) -> np.ndarray:
    """Return what rows have of a column of numbers."""
    return np.array([row[name] for row in rows], dtype=float)


def worst_end(axis: Mapping[str, Any]) -> float:
    """Return the value at the inner end of an axis, left or below."""
    return _value(axis, axis["range"][0])


def far_end(axis: Mapping[str, Any]) -> float:
    """Return a value beyond the inner end of an axis, further than a browser shows it."""
    inner, outer = axis["range"]
    return _value(axis, inner - REACH * (outer - inner))


def _value(axis: Mapping[str, Any], place: float) -> float:
    return 10.0**place if axis.get("type") == "log" else place


def staircase(
    x: npt.ArrayLike, y: npt.ArrayLike, ends: tuple[float, float]
) -> tuple[list[float], list[float]]:
    """Return corners of what points attain, best x first, led on to the inner ends of both axes."""
    across, up = round_for_chart(x), round_for_chart(y)
    return [across[0], *across, ends[0]], [ends[1], *up, up[-1]]
