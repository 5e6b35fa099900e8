"""The front: what can be had of two objectives, with its uncertainty, around one setting."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from tradeoffs.fields import CURVES, FIELDS
from tradeoffs.fronts import Front, Objective
from tradeoffs.fronts.dominance import APART, BEATEN, FRONT, ONE_HALF, TIED
from tradeoffs.fronts.replicates import Key
from tradeoffs.language.translation import say, translate
from tradeoffs.report.charts.axis import (
    Spans,
    axis,
    column,
    far_end,
    place,
    round_for_chart,
    span,
    staircase,
)
from tradeoffs.report.charts.hover import hover
from tradeoffs.report.front_summary import front_name
from tradeoffs.report.text import percent, setting
from tradeoffs.report.view import Row, View, key_of

TEXT = "var(--st-text-color)"
FAINT = "var(--st-text-color/0.28)"
HALF_SEEN = "var(--st-text-color/0.5)"
MARKERS: dict[str, dict[str, object]] = {  # of each standing, faintest first
    APART: {"size": 5, "color": FAINT, "symbol": "circle"},
    BEATEN: {"size": 6, "color": FAINT, "symbol": "circle-open"},
    TIED: {"size": 6, "color": HALF_SEEN, "symbol": "diamond"},
    ONE_HALF: {"size": 10, "color": TEXT, "symbol": "circle-open", "line": {"width": 1.5}},
    FRONT: {"size": 8, "color": TEXT, "symbol": "circle"},
}
STANDINGS = {  # what the traces are called, by which browsers know them
    APART: "at another privacy budget",
    BEATEN: "beaten by the front",
    TIED: "not told apart from it",
    ONE_HALF: "front on one half only",
    FRONT: "front",
}
SYMBOLS = ("circle", "square", "triangle-up")  # of SECTIONS
SECTIONS = tuple(name for name in CURVES if not FIELDS[name].deployment)
HERE, BASELINE = "you are here", "no constraint, no privacy"
NAMES = {one: one for one in (*STANDINGS.values(), HERE, BASELINE)}  # as a legend tells them
Trace = dict[str, Any]  # of plotly, as are figures: its objects take ten times as long to make


def front_figure(
    shown: View, numbers: Mapping[Key, int], kept: Spans | None = None
) -> dict[str, Any]:
    """Return the chart of a view, for plotly: front with band, every setting, and the visitor's.

    Beside data and layout there are `points`: what is told of each, by the number of its setting,
    which is its customdata.  There is no legend: a trace with a `label` in its `meta`, and a shape
    with a name, are named where they stand, by the browser, which knows what leaves room.

    The line joins what is on the front on both halves of the test rows by the steps that bound what
    it attains, from the best of the x axis to its worst end.  Whatever no other point that competes
    dominates is on that line or hollow, on the front on one half alone; what is called beaten lies
    behind the line.  The front without privacy is a line alone, faintly.

    Sections along a slider are there but not visible: they are shown when somebody asks for them.
    A line across tells how many are right if everybody gets the same answer, where accuracy is an
    axis.

    To the right and upwards is more of what the axes' words say.  An infinite epsilon stands
    beside the log axis.

    Args:
        shown: what is drawn.
        numbers: of the settings, the same whatever has arrived.
        kept: what the axes show at least, so that they stand still while points arrive.
    """
    across, up = spans(shown, kept)
    xaxis = axis(shown.x, shown.points, "right", across)
    yaxis = axis(shown.y, shown.points, "up", up)
    ends = far_end(xaxis), far_end(yaxis)
    data = [*_band(shown, ends), *_lines(shown, ends), *_standings(shown, numbers)]
    data += [*_sections(shown, numbers), *_landmarks(shown, numbers)]
    layout = {
        "xaxis": xaxis,
        "yaxis": yaxis,
        "showlegend": False,
        "legend": {"orientation": "h", "y": -0.2, "x": 0, "entrywidth": 195},
        "margin": {"l": 8, "r": 8, "t": 16, "b": 8},
        "hovermode": "closest",
        "shapes": [_same_answer(one, letter) for one, letter in _with_reference(shown)],
        "uirevision": _revision(shown),
        "meta": {"x": shown.x.name, "y": shown.y.name},
    }
    told = hover(shown.points, numbers, shown.x, shown.y)
    return {"data": data, "layout": layout, "points": told}


def with_legend(figure: Mapping[str, Any]) -> dict[str, Any]:
    """Return the chart with a legend and its sections in it, where nothing writes names beside."""
    traces = [
        {**trace, "visible": True} if trace.get("visible") is False else trace
        for trace in named_in_words(figure["data"])
    ]
    return {**figure, "data": traces, "layout": {**figure["layout"], "showlegend": True}}


def named_in_words(traces: Sequence[Trace]) -> list[Trace]:
    """Return traces with their names in the language of the run, for a legend."""
    named = ((trace, trace["name"]) for trace in traces)
    return [
        {**one, "name": translate(NAMES[name])} if name in NAMES else one for one, name in named
    ]


def _revision(shown: View) -> str:
    """Return what changes where the axes mean something else: they keep their range until then."""
    here = shown.here
    measured = (shown.x.name, shown.y.name, here.dataset, here.label, here.protected, here.notion)
    return " ".join(measured)


def spans(shown: View, kept: Spans | None = None) -> Spans:
    """Return the lowest and the highest value of both axes of `front_figure`."""
    at_least = kept or (None, None)
    told = {letter: one.reference for one, letter in _with_reference(shown)}
    return (
        span(shown.x, shown.points, _reaching(told.get("x"), at_least[0])),
        span(shown.y, shown.points, _reaching(told.get("y"), at_least[1])),
    )


def _reaching(value: float | None, kept: tuple[float, float] | None) -> tuple[float, float] | None:
    """Return what an axis shows at least, with one more value."""
    found = [*(kept or ()), *([] if value is None else [value])]
    return (min(found), max(found)) if found else None


def _with_reference(shown: View) -> list[tuple[Objective, str]]:
    """Return the axis of accuracy and its letter, where it is shown."""
    axes = (shown.x, "x"), (shown.y, "y")
    return [(one, letter) for one, letter in axes if one.name == "accuracy"]


def _same_answer(accuracy: Objective, letter: str) -> dict[str, Any]:
    """Return the line at the share that is right if everybody gets the same answer."""
    other = "y" if letter == "x" else "x"
    return {
        "type": "line",
        "name": say("one prediction for everybody, {share}", share=percent(accuracy.reference)),
        **{f"{letter}{end}": accuracy.reference for end in "01"},
        **{f"{other}{end}": int(end) for end in "01"},
        **{f"{other}ref": "paper", f"{letter}ref": letter},
        "line": {"color": HALF_SEEN, "width": 1, "dash": "dash"},
        "layer": "below",
    }


def _scatter(**fields: object) -> Trace:
    return {"type": "scatter", **fields}


def _markers(
    shown: View, numbers: Mapping[Key, int], rows: Sequence[Row], name: str, **style: object
) -> Trace:
    own = [numbers[key_of(row)] for row in rows]
    return _at(shown, rows, name=name, customdata=own, **style)


def _at(shown: View, rows: Sequence[Row], **fields: object) -> Trace:
    """Return a trace at the places of some configurations."""
    x = place(shown.x, column(rows, shown.x.column))
    y = place(shown.y, column(rows, shown.y.column))
    return _scatter(x=round_for_chart(x), y=round_for_chart(y), **fields)


def _standings(shown: View, numbers: Mapping[Key, int]) -> list[Trace]:
    """Every configuration, by its standing."""
    traces = []
    for standing, marker in MARKERS.items():
        name = STANDINGS[standing]
        rows = [row for row in shown.points if row["standing"] == standing]
        if rows:
            style = {"mode": "markers", "marker": marker, "legendgroup": name}
            traces.append(_markers(shown, numbers, rows, name, **style))
    return traces


def _lines(shown: View, ends: tuple[float, float]) -> list[Trace]:
    """The fronts, that without privacy faintly."""
    strong = {"color": TEXT, "width": 2}
    found = [_line(shown, shown.front, ends, "front line", front_name(shown), strong)]
    if shown.unprotected is not None:
        faint = {"color": HALF_SEEN, "width": 1, "dash": "dot"}
        name = say("front without privacy")
        found.insert(0, _line(shown, shown.unprotected, ends, name, name, faint))
    return [trace for trace in found if trace]


def _line(
    shown: View,
    front: Front,
    ends: tuple[float, float],
    name: str,
    label: str,
    line: Mapping[str, object],
) -> Trace | None:
    """The steps that bound what a front attains; None where nothing is on it."""
    best_first = sorted(
        front.confirmed, key=lambda row: row[shown.x.column], reverse=shown.x.better == "high"
    )
    if not best_first:
        return None
    x, y = (place(one, column(best_first, one.column)) for one in (shown.x, shown.y))
    across, up = staircase(x, y, ends)
    style = {"mode": "lines", "hoverinfo": "skip", "line": {**line, "shape": "hv"}}
    style["showlegend"] = front is not shown.front  # whose points have an entry
    return _scatter(name=name, x=across, y=up, meta={"label": label}, **style)


def _band(shown: View, ends: tuple[float, float]) -> list[Trace]:
    """The area between the outermost attainment surfaces over seeds."""
    stairs = shown.band.stairs
    if len(stairs) < 2:
        return []
    style = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    edges = [
        staircase(place(shown.x, corners[:, 0]), place(shown.y, corners[:, 1]), ends)
        for corners in (stairs[min(stairs)], stairs[max(stairs)])
    ]
    return [
        _scatter(name="band edge", x=edges[0][0], y=edges[0][1], showlegend=False, **style),
        _scatter(
            name=say("chosen, {spans}", spans=shown.band.label),
            x=edges[1][0],
            y=edges[1][1],
            fill="tonexty",
            fillcolor="var(--st-text-color/0.18)",
            **style,
        ),
    ]


def _sections(shown: View, numbers: Mapping[Key, int]) -> list[Trace]:
    traces = []
    for place_in_list, slider in enumerate(SECTIONS):
        rows = _placed(shown, shown.slices[slider])
        if len(rows) < 2:
            continue
        name = say("along {field}", field=FIELDS[slider].lower)
        colour = f"var(--st-chart-categorical-colors[{place_in_list}])"
        spread = np.nan_to_num(column(rows, f"{shown.y.column}_sd"))
        error = {"type": "data", "visible": True, "thickness": 1, "width": 0, "color": colour}
        traces.append(
            _markers(
                shown,
                numbers,
                rows,
                name,
                mode="lines+markers",
                marker={"size": 8, "color": colour, "symbol": SYMBOLS[place_in_list]},
                line={"color": colour, "width": 1.5},
                error_y=error | {"array": round_for_chart(spread)},
                ids=[setting(slider, row[slider]) for row in rows],
                visible=False,
                meta={"label": name, "section": slider},
            )
        )
    return traces


def _placed(shown: View, rows: Sequence[Row]) -> list[Row]:
    """Return the rows that have a value on both axes."""
    axes = shown.x.column, shown.y.column
    return [row for row in rows if not any(math.isnan(row[name]) for name in axes)]


def _landmarks(shown: View, numbers: Mapping[Key, int]) -> list[Trace]:
    traces = []
    marks = (
        (BASELINE, translate(BASELINE), shown.baseline_row, "x-thin", 11),
        (HERE, say("you"), shown.here_row, "star", 16),
    )
    for name, label, row, symbol, size in marks:
        if row is None:
            continue
        marker = {"size": size, "symbol": symbol, "color": TEXT, "line": {"width": 2.5}}
        marker["line"]["color"] = TEXT if symbol == "x-thin" else "var(--st-background-color)"
        rows = [shown.points[row]]
        style = {"mode": "markers", "marker": marker, "ids": [name], "meta": {"label": label}}
        traces.append(_markers(shown, numbers, rows, name, **style))
    return traces
