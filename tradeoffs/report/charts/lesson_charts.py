"""Figures of lessons: lines, dots and fronts, each with its uncertainty; drawn from a table."""

import math
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from tradeoffs.fronts import AXES, Objective
from tradeoffs.fronts.dominance import BEATEN, FRONT, ONE_HALF, TIED
from tradeoffs.fronts.front import Front, front
from tradeoffs.fronts.replicates import replicates
from tradeoffs.language.translation import translate
from tradeoffs.report.charts.axis import axis, staircase, worst_end
from tradeoffs.report.charts.axis import place as front_place

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

ROW, AROUND = 36, 150  # px: a row of dots with its name, and what stands around all rows
COLOURS = 4  # of the theme; more series differ by dash and symbol
REFERENCE = {"color": "var(--st-text-color/0.6)", "dash": "dot", "width": 1}  # dark or light
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "x", "star", "hexagon")
HALVES = (
    "The line joins the settings that no other beats in each half of the test rows, and shows the "
    "second half. Hollow marks are unbeaten in one half only, small ones cannot be told apart "
    "from the line, and faint ones are beaten by more than chance in training explains."
)
STANDINGS: dict[str, dict[str, object]] = {  # marker of each, faintest first
    BEATEN: {"opacity": 0.35},
    TIED: {"size": 6},
    ONE_HALF: {},
    FRONT: {},
}
NAMES = {one: one for one in STANDINGS}


def lines(
    table: "pd.DataFrame",
    *,
    x: str,
    x_title: str,
    y_title: str,
    series: str | None = None,
    share: bool = True,
    references: Sequence[tuple[float, str]] = (),
) -> "go.Figure":
    """Draw `value` over x with whiskers from `low` to `high`, a line a series.

    Args:
        table: columns x (numbers, or words in their order), `value`, `low`, `high`, and `series`.
        x: column to the right.
        x_title: of the axis.
        y_title: of the axis.
        series: column that tells the lines apart.
        share: whether values are shares, written as percentages.
        references: levels to compare with, and their names.
    """
    import pandas as pd
    import plotly.graph_objects as go

    figure = go.Figure()
    words = not pd.api.types.is_numeric_dtype(table[x]) if len(table) else True
    for place, (name, part) in enumerate(_parts(table, series)):
        known = part.loc[part["value"].notna()]
        figure.add_scatter(
            x=[str(v) for v in known[x]] if words else known[x],
            y=known["value"],
            error_y=_whiskers(known),
            mode="lines+markers",
            name=name,
            uid=f"s{place}",  # plotly makes a CSS class of it
            line={"color": _colour(place), "dash": DASHES[place % len(DASHES)]},
            marker={"symbol": SYMBOLS[place % len(SYMBOLS)], "size": 9},
        )
    for level, name in references:
        figure.add_hline(y=level, line=REFERENCE, annotation={"text": name})
    if words and len(table):
        order = list(dict.fromkeys(str(v) for v in table[x]))
        figure.update_xaxes(type="category", categoryorder="array", categoryarray=order)
    figure.update_xaxes(title=x_title)
    figure.update_yaxes(title=y_title, tickformat=".2~%" if share else None)
    return _laid_out(figure, series is not None)


def dots(
    table: "pd.DataFrame",
    *,
    y: str,
    x_title: str,
    series: str | None = None,
    share: bool = True,
    references: Sequence[tuple[float, str]] = (),
) -> "go.Figure":
    """Draw `value` of each row's name as a dot with its interval, names downwards.

    Args:
        table: columns y (names), `value`, `low`, `high`, and `series`.
        y: column of names.
        x_title: of the axis of values.
        series: column that tells dots of one name apart.
        share: whether values are shares.
        references: levels to compare with, and their names.
    """
    import plotly.graph_objects as go

    figure = go.Figure()
    for place, (name, part) in enumerate(_parts(table, series)):
        known = part.loc[part["value"].notna()]
        figure.add_scatter(
            x=known["value"],
            y=known[y].map(str),
            error_x=_whiskers(known),
            mode="markers",
            name=name,
            uid=f"s{place}",  # plotly makes a CSS class of it
            marker={
                "symbol": SYMBOLS[place % len(SYMBOLS)],
                "size": 11,
                "color": _colour(place),
            },
        )
    for level, name in references:  # named above them
        figure.add_vline(x=level, line=REFERENCE, annotation={"text": name, "yanchor": "bottom"})
    order = list(dict.fromkeys(table[y].map(str))) if len(table) else []
    figure.update_yaxes(
        type="category",
        categoryorder="array",
        categoryarray=order[::-1],
        range=[-0.5, len(order) - 0.3],
        showticklabels=False,
    )
    for name in order:  # above its line: beside it, a phone would have no room for the dots
        figure.add_annotation(
            x=0, xref="paper", xanchor="left", y=name, yshift=15, text=escape(name),
            showarrow=False, align="left",
        )  # fmt: skip
    figure.update_xaxes(title=x_title, tickformat=".2~%" if share else None)
    figure.update_layout(height=ROW * len(order) + AROUND)
    return _laid_out(figure, series is not None)


def fronts(
    table: "pd.DataFrame", *, configuration: Sequence[str], x: str, y: str, series: str | None
) -> dict[str, Front]:
    """Return the front of each series that has both splits; arguments as of `front_plane`."""
    axes = AXES[x], AXES[y]
    columns = [one.column for one in axes]
    return {
        name: front(replicates(part, configuration, columns), axes)
        for name, part in _parts(table, series)
        if set(part["split"]) >= {"select", "report"}
    }


def front_plane(
    table: "pd.DataFrame",
    *,
    configuration: Sequence[str],
    x: str = "fairness",
    y: str = "accuracy",
    series: str | None = None,
    words: str | None = None,
) -> "go.Figure":
    """Draw settings between two objectives, and the front of each series.

    Fronts are chosen on select and confirmed on report (`tradeoffs.fronts.front`), which the
    caption in the figure's `meta` tells; whiskers are standard deviations over seeds.

    Args:
        table: an answer with both splits, one row a model.
        configuration: columns that name a setting.
        x: objective to the right.
        y: objective upwards.
        series: column that tells fronts apart.
        words: column whose value is told when a point is touched.
    """
    import plotly.graph_objects as go

    axes = AXES[x], AXES[y]
    found = fronts(table, configuration=configuration, x=x, y=y, series=series)
    drawn = [point for one in found.values() for point in one.points]
    layout = {"xaxis": axis(axes[0], drawn, "right"), "yaxis": axis(axes[1], drawn, "up")}
    ends = worst_end(layout["xaxis"]), worst_end(layout["yaxis"])
    figure = go.Figure(layout=layout | {"meta": {"caption": translate(HALVES)}})
    for place, (name, one) in enumerate(found.items()):
        best_first = one.table.sort_values(axes[0].column, ascending=axes[0].better == "low")
        traces = [*_line(best_first, axes, place, ends), *_settings(best_first, axes, place, words)]
        for trace in traces:
            first = trace is traces[0]
            told = name if first else f"{name}, {trace['name']}"
            figure.add_scatter(**trace | {"name": told, "legendgroup": name, "showlegend": first})
    return _laid_out(figure, series is not None)


def _line(
    best_first: "pd.DataFrame", axes: Sequence[Objective], place: int, ends: tuple[float, float]
) -> list[dict[str, Any]]:
    """Return the steps that bound what the front attains, if any setting is on it."""
    rows = best_first.loc[best_first["on_front"].to_numpy(bool)]
    if rows.empty:
        return []
    across, up = (front_place(one, rows[one.column]) for one in axes)
    x, y = staircase(across, up, ends)
    line = {"color": _colour(place), "dash": DASHES[place % len(DASHES)], "shape": "hv"}
    style = {"mode": "lines", "hoverinfo": "skip", "uid": f"s{place}line", "line": line}
    return [{"x": x, "y": y, **style}]


def _settings(
    best_first: "pd.DataFrame", axes: Sequence[Objective], place: int, words: str | None
) -> list[dict[str, Any]]:
    """Return the settings by their standing."""
    traces = []
    for number, (standing, marker) in enumerate(STANDINGS.items()):
        rows = best_first.loc[best_first["standing"].to_numpy() == standing]
        symbol = SYMBOLS[place % len(SYMBOLS)] + ("-open" if standing == ONE_HALF else "")
        across, up = (front_place(one, rows[one.column]) for one in axes)
        if len(rows):
            traces.append(
                {
                    "x": across,
                    "y": up,
                    "error_x": {"array": _spread(rows, axes[0]), "width": 0},
                    "error_y": {"array": _spread(rows, axes[1]), "width": 0},
                    "mode": "markers",
                    "name": translate(NAMES[standing]),
                    "uid": f"s{place}{number}",
                    "text": None if words is None else [str(v) for v in rows[words]],
                    "marker": {"symbol": symbol, "color": _colour(place), "size": 9} | marker,
                }
            )
    return traces


def _spread(rows: "pd.DataFrame", axis: Objective) -> np.ndarray:
    return np.nan_to_num(rows[f"{axis.column}_sd"].to_numpy(float))


def _parts(table: "pd.DataFrame", series: str | None) -> "list[tuple[str, pd.DataFrame]]":
    if series is None or table.empty:
        return [("all", table)]
    return [(str(name), part) for name, part in table.groupby(series, sort=False, dropna=False)]


def _whiskers(part: "pd.DataFrame") -> dict:
    if "high" not in part or part.empty:
        return {"visible": False}
    up = (part["high"] - part["value"]).replace([math.inf, -math.inf], math.nan).fillna(0)
    down = (part["value"] - part["low"]).replace([math.inf, -math.inf], math.nan).fillna(0)
    return {"array": up, "arrayminus": down, "symmetric": False, "thickness": 1.2, "width": 3}


def _colour(place: int) -> str:
    return f"var(--st-chart-categorical-colors[{place % COLOURS}])"


def _laid_out(figure: "go.Figure", legend: bool) -> "go.Figure":
    figure.update_layout(
        showlegend=legend,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        margin={"t": 40, "b": 50, "l": 10, "r": 10},
    )
    return figure
