"""The front: what can be had of two objectives, with its uncertainty, around one setting."""

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from tradeoffs.figures.groups import with_groups
from tradeoffs.figures.view import Row, View, differing, key_of
from tradeoffs.figures.words import TITLES, number, percent, setting
from tradeoffs.fronts import OBJECTIVES, Objective
from tradeoffs.fronts.remarks import CONSTANT, DOMINATED, NEARLY_CONSTANT, Remark, in_text
from tradeoffs.fronts.replicates import Key
from tradeoffs.fronts.standing import BEATEN, FRONT, ONE_HALF, TIED
from tradeoffs.pipeline.sections import SLIDERS
from tradeoffs.values.fairness.catalogue import notion

if TYPE_CHECKING:
    import pandas as pd

TEXT = "var(--st-text-color)"
FAINT = "var(--st-text-color/0.28)"
HALF_SEEN = "var(--st-text-color/0.5)"
TOLD = ("accuracy", "gap", "fidelity")  # of every point
STANDINGS: dict[str, tuple[str, dict[str, object]]] = {  # name and marker of each, faintest first
    BEATEN: ("beaten by the front", {"size": 6, "color": FAINT, "symbol": "circle-open"}),
    TIED: ("not told apart from it", {"size": 6, "color": HALF_SEEN, "symbol": "diamond"}),
    ONE_HALF: (
        "front on one half only",
        {"size": 10, "color": TEXT, "symbol": "circle-open", "line": {"width": 1.5}},
    ),
    FRONT: ("front", {"size": 8, "color": TEXT, "symbol": "circle"}),
}
LINE = 44  # characters of a hover in bold that a phone has room for
BESIDE = 160.0  # where an infinite epsilon stands, right of the log axis
SYMBOLS = {"epsilon": "circle", "max_gap": "square", "width": "triangle-up"}
SYMBOLS["shift_intensity"] = "diamond"
MARKS: tuple[tuple[str, tuple[Remark, ...], str, int], ...] = (
    ("(nearly) one answer for all", (CONSTANT, NEARLY_CONSTANT), "square-open", 13),
    ("dominated by ×", (DOMINATED,), "line-ne", 11),
)
Spans = tuple[tuple[float, float], tuple[float, float]]  # lowest and highest of x and of y
Trace = dict[str, Any]  # of plotly, as are figures: its objects take ten times as long to make


def front_figure(shown: View, kept: Spans | None = None) -> dict[str, Any]:
    """Return the chart of a view, for plotly: front with band, cloud, sections and the setting.

    The line joins what is on the front on both halves of the test rows by the steps that bound what
    it attains, from the best of the x axis to its worst end.  Whatever no other point drawn
    dominates is on that line or hollow, on the front on one half alone; what is called beaten lies
    behind the line.

    To the right and upwards is more of what the axes' words say.  An infinite epsilon stands
    beside the log axis.

    Args:
        shown: what is drawn.
        kept: what the axes show at least, so that they stand still while points arrive.
    """
    drawn = _drawn(shown)
    at_least = kept or (None, None)
    xaxis = axis(shown.x, drawn, "right", at_least[0])
    yaxis = axis(shown.y, drawn, "up", at_least[1])
    ends = worst_end(xaxis), worst_end(yaxis)
    traces = [*_band(shown, ends), *_line(shown, ends), *_standings(shown), *_sections(shown)]
    layout = {
        "xaxis": xaxis,
        "yaxis": yaxis,
        "legend": {"orientation": "h", "y": -0.2, "x": 0, "entrywidth": 195},
        "margin": {"l": 8, "r": 8, "t": 16, "b": 8},
        "hovermode": "closest",
        "uirevision": f"{shown.x.name} {shown.y.name}",
    }
    return {"data": [*traces, *_marks(shown, drawn), *_landmarks(shown)], "layout": layout}


def front_table(shown: View) -> "pd.DataFrame":
    """Return the numbers of the chart, one row a configuration, the front first."""
    objectives = dict.fromkeys(
        ["accuracy", "gap", "epsilon_spent", "fidelity", shown.x.column, shown.y.column]
    )
    columns = ["epsilon", "max_gap", "width", "shift_intensity", "on_front", "standing"]
    columns += ["seeds", "remarks"]
    for name in objectives:
        columns += [name, f"{name}_sd"]
    drawn = shown.table
    table = drawn.loc[:, [name for name in columns if name in drawn]].copy()
    table["standing"] = drawn["standing_words"]
    table["remarks"] = table["remarks"].map(in_text)
    best_first = shown.y.cost(table[shown.y.column])
    return table.iloc[np.lexsort((best_first, ~table["on_front"].to_numpy(dtype=bool)))]


def drawn_table(shown: View) -> "pd.DataFrame":
    """Return the numbers of every point drawn: the front's table, then other deployments.

    Models used on other people are no alternatives: they stand on no front.
    """
    import pandas as pd

    table = front_table(shown)
    along = shown.sections["shift_intensity"]
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
    return [*shown.points, *chain.from_iterable(shown.sections.values())]


def column(rows: Sequence[Row], name: str) -> np.ndarray:
    """Return what rows have of a column of numbers."""
    return np.array([row[name] for row in rows], dtype=float)


def axis(
    objective: Objective,
    drawn: Sequence[Row],
    way: str,
    at_least: tuple[float, float] | None = None,
) -> dict[str, object]:
    """Return a plotly axis whose outer end (right or up) is more of what the objective names."""
    title = f"{objective.title}  ({way}: {objective.words})"
    low, high = span(objective, drawn, at_least)
    if objective.scale == "log":
        ticks = (0.05, 0.1, 0.3, 1, 3, 10, 50)
        return {
            "title": {"text": title},
            "type": "log",
            "tickvals": [*ticks, BESIDE],
            "ticktext": [*(f"{t:g}" for t in ticks), "none"],
            "range": [math.log10(high), math.log10(low)],
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

    A log axis shows the whole range of its control.  Another follows its points and their bars,
    out to the next round number, so that a point more seldom moves it; it shows some part of the
    scale at least, so that chance does not look large, and the ideal where that is 0, as in a gap.

    Args:
        objective: of the axis.
        drawn: configurations.
        at_least: shown too.
    """
    if objective.scale == "log":
        return 0.04, BESIDE * 1.3
    values = column(drawn, objective.column)
    spread = np.nan_to_num(column(drawn, f"{objective.column}_sd"))
    ends = np.concatenate([values - spread, values + spread])
    shown = [*ends[np.isfinite(ends)].tolist(), *(at_least or ())] or [objective.ideal]
    low, high = min(shown), max(shown)
    if objective.better == "high":  # nothing lies beyond the ideal, but for ends of bars
        high = min(high, objective.ideal)
    else:
        low = max(low, objective.ideal) if objective.ideal else 0.0
    lacking = max(objective.least_span - (high - low), 0.0)
    low, high = (low, high + lacking) if objective.better == "low" else (low - lacking, high)
    step = _round_step((high - low) / 6)
    # The ends are within rounding of a multiple, so that a span of spans is the same one.
    return (
        float(step * math.floor(low / step + 1e-9)),
        float(step * math.ceil(high / step - 1e-9)),
    )


def _round_step(least: float) -> float:
    """Return the smallest 1, 2 or 5 times a power of ten that is no smaller."""
    decade = 10.0 ** math.floor(math.log10(least) + 1e-9)
    return next(m * decade for m in (1, 2, 5, 10) if m * decade >= least * (1 - 1e-9))


def place(objective: Objective, values: npt.ArrayLike) -> np.ndarray:
    """Return where values stand on an axis; infinity beside a log axis."""
    numbers = np.asarray(values, dtype=float)
    return np.where(np.isposinf(numbers), BESIDE, numbers) if objective.scale == "log" else numbers


def hover(rows: Sequence[Row], *axes: Objective) -> list[str]:
    """Return the text of each point: its setting, then what was measured with its spread.

    Args:
        rows: configurations.
        axes: told too, where they are none of those that always are.
    """
    more = [(axis.column, axis.title.lower(), tell(axis)) for axis in others(*axes)]
    return [_hover(row, more) for row in rows]


def others(*axes: Objective) -> list[Objective]:
    """Return the objectives that no table and no hover shows unless they are an axis."""
    return [axis for axis in axes if axis.name not in OBJECTIVES]


def tell(objective: Objective) -> Callable[[float], str]:
    """Return how a value of an objective is written: in per cent, or as a number."""
    return percent if objective.is_share else number


def _hover(row: Row, more: Sequence[tuple[str, str, Callable[[float], str]]]) -> str:
    called = notion(row["notion"]).called
    lines = [", ".join(setting(name, row[name], called) for name in TITLES)]
    own = [(name, called if name == "gap" else name, percent) for name in TOLD]
    for name, title, write in (*own, *more):
        value, spread = row[name], row[f"{name}_sd"]
        told = "not measurable" if math.isnan(value) else write(value)
        if not math.isnan(value) and not math.isnan(spread):
            told += f" (sd over seeds {write(spread)})"
        lines.append(f"{title} {told}")
    lines.append(row["standing_words"])
    seeds = int(row["seeds"])
    lines.append(f"mean of {seeds} seed{'' if seeds == 1 else 's'}, measured on report")
    for remark in row["remarks"]:
        lines += [f"<b>{part}</b>" for part in wrap(remark.words, LINE)]
    return "<br>".join(lines)


def _scatter(**fields: object) -> Trace:
    return {"type": "scatter", **fields}


def _markers(shown: View, rows: Sequence[Row], name: str, **style: object) -> Trace:
    return _scatter(
        name=name,
        x=place(shown.x, column(rows, shown.x.column)),
        y=place(shown.y, column(rows, shown.y.column)),
        hovertext=hover(rows, shown.x, shown.y),
        hoverinfo="text",
        customdata=[differing(row, shown.here) for row in rows],
        **style,
    )


def worst_end(axis: Mapping[str, Any]) -> float:
    """Return the value at the inner end of an axis, left or below."""
    inner = axis["range"][0]
    return 10.0**inner if axis.get("type") == "log" else inner


def reaching(
    x: npt.ArrayLike, y: npt.ArrayLike, ends: tuple[float, float]
) -> tuple[list[float], list[float]]:
    """Return corners of what points attain, best x first, led on to the inner ends of both axes."""
    across, up = (np.asarray(values, dtype=float).tolist() for values in (x, y))
    return [across[0], *across, ends[0]], [ends[1], *up, up[-1]]


def _standings(shown: View) -> list[Trace]:
    """Every configuration, by its standing."""
    traces = []
    for standing, (name, marker) in STANDINGS.items():
        rows = [row for row in shown.points if row["standing"] == standing]
        if rows:
            style = {"mode": "markers", "marker": marker, "legendgroup": name}
            traces.append(_markers(shown, rows, name, **style))
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
    across, up = reaching(x, y, ends)
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
        reaching(place(shown.x, corners[:, 0]), place(shown.y, corners[:, 1]), ends)
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


def _sections(shown: View) -> list[Trace]:
    traces = []
    for place_in_list, slider in enumerate(SLIDERS):
        rows = _placed(shown, shown.sections[slider])
        if len(rows) < 2:
            continue
        colour = f"var(--st-chart-categorical-colors[{place_in_list}])"
        error = {"type": "data", "visible": True, "thickness": 1, "width": 0, "color": colour}
        traces.append(
            _markers(
                shown,
                rows,
                f"along {TITLES[slider]}",
                mode="lines+markers",
                marker={"size": 8, "color": colour, "symbol": SYMBOLS[slider]},
                line={"color": colour, "width": 1.5},
                error_y=error | {"array": np.nan_to_num(column(rows, f"{shown.y.column}_sd"))},
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
            _scatter(
                name=name,
                x=place(shown.x, column(rows, shown.x.column)),
                y=place(shown.y, column(rows, shown.y.column)),
                mode="markers",
                marker={"size": size, "symbol": symbol, "color": TEXT, "line": line},
                hoverinfo="skip",
            )
        )
    return traces


def _landmarks(shown: View) -> list[Trace]:
    traces = []
    marks = (
        ("no constraint, no privacy", shown.untouched_row, "x-thin", 11),
        ("you are here", shown.here_row, "star", 16),
    )
    for name, row, symbol, size in marks:
        if row is None:
            continue
        marker = {"size": size, "symbol": symbol, "color": TEXT, "line": {"width": 2.5}}
        marker["line"]["color"] = TEXT if symbol == "x-thin" else "var(--st-background-color)"
        rows = [shown.points[row]]
        traces.append(_markers(shown, rows, name, mode="markers", marker=marker, ids=[name]))
    if shown.here_row is not None:
        traces.insert(0, _seeds(shown))
    return traces


def _seeds(shown: View) -> Trace:
    """Each seed of the setting, faintly."""
    return _scatter(
        name="its seeds",
        x=place(shown.x, shown.seeds(shown.x.column)),
        y=place(shown.y, shown.seeds(shown.y.column)),
        mode="markers",
        marker={"size": 5, "color": "var(--st-text-color/0.45)"},
        hoverinfo="skip",
        showlegend=False,
    )
