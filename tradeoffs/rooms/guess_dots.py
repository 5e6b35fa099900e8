"""Dots of guesses: numbers on the lesson's own axis, beside what was measured."""

import math
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from tradeoffs.language.translation import say
from tradeoffs.lessons.effect import Effect, format_value, unit_of
from tradeoffs.lessons.prediction import Number
from tradeoffs.rooms.guess_panel import GUESS, MODELS, layout_of, panel
from tradeoffs.rooms.guess_sentences import measured_value
from tradeoffs.rooms.tally import Tally

if TYPE_CHECKING:
    import plotly.graph_objects as go

DOT, AXIS = 14, 70  # px: a guess, ticks with a title
SIDE = 0.2  # of the width, of guesses beside a figure
Axis = Literal["x", "y"]


def dots(
    figure: "go.Figure",
    asked: Number,
    tally: Tally,
    found: Effect | None,
    before: Tally | None = None,
) -> "go.Figure":
    """Return a figure with a dot for each number guessed, equal ones in a row.

    They stand above a figure that shows what was asked to the right, beside one that shows it
    upwards, and else above it on an axis of their own.

    Args:
        figure: it is changed.
        asked: what the room was asked.
        tally: what it answered.
        found: what was measured.
        before: what it answered the first time, where it answered again: dots further out.
    """
    factor = unit_of(asked.unit)[0]
    votes = [tally, before] if before and before.numbers else [tally]
    axis = _axis(figure, found, factor)
    if axis is None:
        _above(figure, asked, votes, shared=False, per=1.0)
        _mark(figure, asked, found, factor, "x", "x2")
        return figure
    name, scale = axis
    if name == "x":
        _above(figure, asked, votes, shared=True, per=scale / factor)
    else:
        _beside(figure, votes, per=scale / factor)
    _mark(figure, asked, found, scale, name, name)
    return figure


def _above(
    figure: "go.Figure", asked: Number, votes: Sequence[Tally], *, shared: bool, per: float
) -> None:
    rows, most = _stacks(votes, per)
    axes = panel(figure, DOT * (most + 1), shared=shared, axis=0 if shared else AXIS)
    axes["yaxis2"] |= {"range": [0, most + 1.5], "visible": False}
    if not shared:
        room = (asked.high - asked.low) / 50
        axes["xaxis2"] |= {"title": asked.label, "range": [asked.low - room, asked.high + room]}
    for (values, places), look in zip(rows, _looks(len(votes)), strict=True):
        figure.add_scatter(x=values, y=places, xaxis="x" if shared else "x2", yaxis="y2", **look)
    figure.update_layout(axes)


def _beside(figure: "go.Figure", votes: Sequence[Tally], *, per: float) -> None:
    rows, most = _stacks(votes, per)
    for (values, places), look in zip(rows, _looks(len(votes)), strict=True):
        figure.add_scatter(x=places, y=values, xaxis="x2", yaxis="y", **look)
    side = {"domain": [1 - SIDE, 1], "anchor": "y", "visible": False}
    figure.update_layout(
        xaxis={"domain": [0, 0.98 - SIDE]}, xaxis2=side | {"range": [0, max(most, 12) + 1]}
    )


def _stacks(votes: Sequence[Tally], per: float) -> tuple[list[tuple[list[float], list[int]]], int]:
    """Return of each vote its guesses on the axis and their places, and the last place of all.

    Equal guesses stand in a row; those of the first vote begin where the second vote's end.
    """
    rows, most = [], 0
    for one in votes:
        stacks: Counter[float] = Counter()
        places, begin = [], most + (most > 0)
        for guess in sorted(one.numbers):
            stacks[guess] += 1
            places.append(begin + stacks[guess])
        rows.append(([guess * per for guess in sorted(one.numbers)], places))
        most = max(places)
    return rows, most


def _looks(votes: int) -> list[dict[str, Any]]:
    """Return how the dots of each vote look: those of the first are rings."""
    if votes == 1:
        return [_look()]
    ring = {"symbol": "circle-open", "color": GUESS, "size": 10}
    return [
        _look() | {"name": say("second vote"), "showlegend": True},
        _look()
        | {"name": say("first vote"), "showlegend": True, "uid": "guesses1", "marker": ring},
    ]


def _mark(
    figure: "go.Figure", asked: Number, found: Effect | None, scale: float, along: Axis, axis: str
) -> None:
    """Draw the measured number across the dots, with its interval.

    Args:
        figure: it is changed.
        asked: what the room was asked.
        found: what was measured; nothing is drawn of None.
        scale: from its value to the axis.
        along: which way the axis goes.
        axis: its name.
    """
    if found is None:
        return
    low, high, value = (end * scale for end in (found.low, found.high, found.value))
    other, across = ("y", "y2 domain") if along == "x" else ("x", "x2 domain")
    over = {
        f"{along}ref": axis,
        f"{other}ref": across,
        f"{other}0": 0,
        f"{other}1": 1,
        "layer": "below",
    }
    if math.isfinite(low) and math.isfinite(high) and low < high:
        band = {"fillcolor": "var(--st-primary-color/0.2)", "line": {"width": 0}}
        figure.add_shape(type="rect", **over, **{f"{along}0": low, f"{along}1": high}, **band)
    line = {"line": {"color": MODELS, "width": 3}}
    figure.add_shape(type="line", **over, **{f"{along}0": value, f"{along}1": value}, **line)
    if along == "x":
        text = say("measured: {value}", value=measured_value(found, asked.unit))
        where: dict[str, Any] = {"x": value, "y": 1, "yanchor": "bottom"}
    else:
        text = say("measured: {value}", value=format_value(found.value, asked.unit))
        where = {"y": value, "x": 1, "xanchor": "right", "yanchor": "bottom"}
    refs = {f"{along}ref": axis, f"{other}ref": across}
    figure.add_annotation(text=text, showarrow=False, **where, **refs)


def _axis(figure: "go.Figure", found: Effect | None, factor: float) -> tuple[Axis, float] | None:
    """Return the axis on which a measure is drawn, and what its value is multiplied by there."""
    if found is None:
        return None
    layout = layout_of(figure)
    name: Axis = "x" if layout.get("yaxis", {}).get("type") == "category" else "y"
    columns = [getattr(trace, name, None) for trace in figure.data]
    drawn = [one for column in columns if column is not None for one in column]
    for scale in dict.fromkeys((1.0, factor)):
        if any(math.isclose(float(one), found.value * scale, abs_tol=1e-9) for one in drawn):
            return name, scale
    return None


def _look() -> dict[str, Any]:
    return {
        "mode": "markers",
        "name": say("guesses"),
        "uid": "guesses",
        "marker": {"color": GUESS, "size": 10},
        "hoverinfo": "skip",
    }
