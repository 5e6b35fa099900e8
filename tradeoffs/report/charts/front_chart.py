"""The front: what can be had of two objectives, with its uncertainty, around one setting."""

import math
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from tradeoffs.fields import CURVES, FIELDS
from tradeoffs.fronts.dominance import BEATEN, FRONT, ONE_HALF, TIED
from tradeoffs.fronts.remarks import CONSTANT, DOMINATED, NEARLY_CONSTANT, Remark, in_text
from tradeoffs.fronts.replicates import Key
from tradeoffs.report.charts.axis import (
    Spans,
    axis,
    column,
    place,
    round_for_chart,
    span,
    staircase,
    worst_end,
)
from tradeoffs.report.charts.hover import hover
from tradeoffs.report.groups import with_groups
from tradeoffs.report.text import setting
from tradeoffs.report.view import Row, View, key_of

if TYPE_CHECKING:
    import pandas as pd

TEXT = "var(--st-text-color)"
FAINT = "var(--st-text-color/0.28)"
HALF_SEEN = "var(--st-text-color/0.5)"
STANDINGS: dict[str, tuple[str, dict[str, object]]] = {  # name and marker of each, faintest first
    BEATEN: ("beaten by the front", {"size": 6, "color": FAINT, "symbol": "circle-open"}),
    TIED: ("not told apart from it", {"size": 6, "color": HALF_SEEN, "symbol": "diamond"}),
    ONE_HALF: (
        "front on one half only",
        {"size": 10, "color": TEXT, "symbol": "circle-open", "line": {"width": 1.5}},
    ),
    FRONT: ("front", {"size": 8, "color": TEXT, "symbol": "circle"}),
}
SYMBOLS = ("circle", "square", "triangle-up", "diamond")  # of CURVES
MARKS: tuple[tuple[str, tuple[Remark, ...], str, int], ...] = (
    ("(nearly) one answer for all", (CONSTANT, NEARLY_CONSTANT), "square-open", 13),
    ("dominated by ×", (DOMINATED,), "line-ne", 11),
)
Trace = dict[str, Any]  # of plotly, as are figures: its objects take ten times as long to make


def front_figure(
    shown: View, numbers: Mapping[Key, int], kept: Spans | None = None
) -> dict[str, Any]:
    """Return the chart of a view, for plotly: front with band, cloud, sections and the setting.

    Beside data and layout there are `points`: what is told of each, by the number of its setting,
    which is its customdata.

    The line joins what is on the front on both halves of the test rows by the steps that bound what
    it attains, from the best of the x axis to its worst end.  Whatever no other point drawn
    dominates is on that line or hollow, on the front on one half alone; what is called beaten lies
    behind the line.

    To the right and upwards is more of what the axes' words say.  An infinite epsilon stands
    beside the log axis.

    Args:
        shown: what is drawn.
        numbers: of the settings, the same whatever has arrived.
        kept: what the axes show at least, so that they stand still while points arrive.
    """
    drawn = _drawn(shown)
    at_least = kept or (None, None)
    xaxis = axis(shown.x, drawn, "right", at_least[0])
    yaxis = axis(shown.y, drawn, "up", at_least[1])
    ends = worst_end(xaxis), worst_end(yaxis)
    traces = [*_band(shown, ends), *_line(shown, ends)]
    traces += [*_standings(shown, numbers), *_sections(shown, numbers)]
    traces += [*_marks(shown, drawn), *_landmarks(shown, numbers)]
    layout = {
        "xaxis": xaxis,
        "yaxis": yaxis,
        "legend": {"orientation": "h", "y": -0.2, "x": 0, "entrywidth": 195},
        "margin": {"l": 8, "r": 8, "t": 16, "b": 8},
        "hovermode": "closest",
        "uirevision": f"{shown.x.name} {shown.y.name}",
    }
    told = hover(drawn, numbers, shown.x, shown.y)
    return {"data": traces, "layout": layout, "points": told}


def front_table(shown: View) -> "pd.DataFrame":
    """Return the numbers of the chart, one row a configuration, the front first."""
    objectives = dict.fromkeys(
        ["accuracy", "gap", "epsilon_spent", "fidelity", shown.x.column, shown.y.column]
    )
    columns = [*CURVES, "on_front", "standing", "seeds", "remarks"]
    for name in objectives:
        columns += [name, f"{name}_sd"]
    drawn = shown.table
    table = drawn.loc[:, [name for name in columns if name in drawn]].copy()
    table["standing"] = drawn["standing_words"]
    table["remarks"] = table["remarks"].map(in_text)
    best_first = shown.y.cost(table[shown.y.column])
    return table.iloc[np.lexsort((best_first, ~table["on_front"].to_numpy(dtype=bool)))]


def points_table(shown: View) -> "pd.DataFrame":
    """Return the numbers of every point drawn: the front's table, then other deployments.

    Models used on other people are no alternatives: they stand on no front.
    """
    import pandas as pd

    table = front_table(shown)
    along = shown.slices["shift_intensity"]
    elsewhere = [
        {**row, "on_front": False, "standing": row["standing_words"]}
        | {"remarks": in_text(row["remarks"])}
        for row in along
        if row["shift_intensity"] != shown.here.shift_intensity
    ]
    if not elsewhere:
        return with_groups(table, shown.groups)
    rows = pd.DataFrame(elsewhere, columns=table.columns)
    return with_groups(pd.concat([table, rows], ignore_index=True), shown.groups)


def spans(shown: View, kept: Spans | None = None) -> Spans:
    """Return the lowest and the highest value of both axes of `front_figure`."""
    drawn, at_least = _drawn(shown), kept or (None, None)
    return span(shown.x, drawn, at_least[0]), span(shown.y, drawn, at_least[1])


def _drawn(shown: View) -> list[Row]:
    return [*shown.points, *chain.from_iterable(shown.slices.values())]


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
    for standing, (name, marker) in STANDINGS.items():
        rows = [row for row in shown.points if row["standing"] == standing]
        if rows:
            style = {"mode": "markers", "marker": marker, "legendgroup": name}
            traces.append(_markers(shown, numbers, rows, name, **style))
    return traces


def _line(shown: View, ends: tuple[float, float]) -> list[Trace]:
    """The steps that bound what the front attains."""
    best_first = sorted(
        shown.front.confirmed,
        key=lambda row: row[shown.x.column],
        reverse=shown.x.better == "high",
    )
    if not best_first:
        return []
    x, y = (place(one, column(best_first, one.column)) for one in (shown.x, shown.y))
    across, up = staircase(x, y, ends)
    style = {"mode": "lines", "hoverinfo": "skip", "showlegend": False}
    line = {"color": TEXT, "width": 1.5, "shape": "hv"}
    name, _ = STANDINGS[FRONT]
    return [_scatter(name="front line", x=across, y=up, line=line, legendgroup=name, **style)]


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
            name=f"chosen, {shown.band.label}",
            x=edges[1][0],
            y=edges[1][1],
            fill="tonexty",
            fillcolor="var(--st-text-color/0.18)",
            **style,
        ),
    ]


def _sections(shown: View, numbers: Mapping[Key, int]) -> list[Trace]:
    traces = []
    for place_in_list, slider in enumerate(CURVES):
        rows = _placed(shown, shown.slices[slider])
        if len(rows) < 2:
            continue
        colour = f"var(--st-chart-categorical-colors[{place_in_list}])"
        spread = np.nan_to_num(column(rows, f"{shown.y.column}_sd"))
        error = {"type": "data", "visible": True, "thickness": 1, "width": 0, "color": colour}
        traces.append(
            _markers(
                shown,
                numbers,
                rows,
                f"along {FIELDS[slider].lower}",
                mode="lines+markers",
                marker={"size": 8, "color": colour, "symbol": SYMBOLS[place_in_list]},
                line={"color": colour, "width": 1.5},
                error_y=error | {"array": round_for_chart(spread)},
                ids=[setting(slider, row[slider]) for row in rows],
            )
        )
    return traces


def _placed(shown: View, rows: Sequence[Row]) -> list[Row]:
    """Return the rows that have a value on both axes."""
    axes = shown.x.column, shown.y.column
    return [row for row in rows if not any(math.isnan(row[name]) for name in axes)]


def _marks(shown: View, drawn: Sequence[Row]) -> list[Trace]:
    """Rings and strokes on points whose place on the chart needs a remark."""
    every: dict[Key, Row] = {}
    for row in _placed(shown, drawn):  # sections meet at the setting
        every.setdefault(key_of(row), row)
    traces = []
    for name, marked, symbol, size in MARKS:
        rows = [row for row in every.values() if set(marked) & set(row["remarks"])]
        if not rows:
            continue
        line = {"width": 1.2, "color": TEXT}
        traces.append(
            _at(
                shown,
                rows,
                name=name,
                mode="markers",
                marker={"size": size, "symbol": symbol, "color": TEXT, "line": line},
                hoverinfo="skip",
            )
        )
    return traces


def _landmarks(shown: View, numbers: Mapping[Key, int]) -> list[Trace]:
    traces = []
    marks = (
        ("no constraint, no privacy", shown.baseline_row, "x-thin", 11),
        ("you are here", shown.here_row, "star", 16),
    )
    for name, row, symbol, size in marks:
        if row is None:
            continue
        marker = {"size": size, "symbol": symbol, "color": TEXT, "line": {"width": 2.5}}
        marker["line"]["color"] = TEXT if symbol == "x-thin" else "var(--st-background-color)"
        rows = [shown.points[row]]
        style = {"mode": "markers", "marker": marker, "ids": [name]}
        traces.append(_markers(shown, numbers, rows, name, **style))
    if shown.here_row is not None:
        traces.insert(0, _seeds(shown))
    return traces


def _seeds(shown: View) -> Trace:
    """Each seed of the setting, faintly."""
    return _scatter(
        name="its seeds",
        x=round_for_chart(place(shown.x, shown.seeds(shown.x.column))),
        y=round_for_chart(place(shown.y, shown.seeds(shown.y.column))),
        mode="markers",
        marker={"size": 5, "color": "var(--st-text-color/0.45)"},
        hoverinfo="skip",
        showlegend=False,
    )
