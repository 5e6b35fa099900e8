"""The app's light theme, for figures that are drawn outside of it: in a notebook or a file."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import plotly.graph_objects as go

# As .streamlit/config.toml has them, which a test holds.
TEXT, BACKGROUND, PRIMARY = "#1c2530", "#ffffff", "#1f4e79"
CATEGORICAL = ("#0067a5", "#a35200", "#00755e", "#8a3a94")
COLOURS = {
    "--st-text-color": (TEXT,),
    "--st-background-color": (BACKGROUND,),
    "--st-primary-color": (PRIMARY,),
    "--st-chart-categorical-colors": CATEGORICAL,
}
# "var(--st-name)"; [i] takes the i-th colour of a list, /a gives the opacity a.
_REFERENCE = re.compile(r"var\((--st-[\w-]+)(?:\[(\d+)\])?(?:/([\d.]+))?\)(?:/([\d.]+))?")
_GRID = "rgba(28, 37, 48, 0.1)"
_WORDS = "%{customdata[1]}<br>%{customdata[2]}"  # where no template fits


def in_light(figure: "go.Figure | Mapping[str, Any]") -> "go.Figure":
    """Return a figure with the theme's colours in the place of the variables that name them.

    Args:
        figure: of plotly, or a mapping with `data`, `layout` and maybe `points` (`front_figure`),
            the words of points whose customdata is a number.
    """
    import plotly.graph_objects as go

    content = with_words(figure if isinstance(figure, Mapping) else figure.to_dict())
    traces = content["data"]
    layout = {name: part for name, part in content["layout"].items() if name != "template"}
    drawn = go.Figure({"data": _coloured(traces), "layout": _coloured(layout)})
    axis = {"gridcolor": _GRID, "zeroline": False, "automargin": True}
    drawn.update_layout(
        template="none", font={"color": TEXT}, paper_bgcolor=BACKGROUND, plot_bgcolor=BACKGROUND
    )
    drawn.update_layout(colorway=CATEGORICAL)
    drawn.update_xaxes(axis)
    drawn.update_yaxes(axis)
    return drawn


def with_words(figure: Mapping[str, Any]) -> dict[str, Any]:
    """Return a figure whose points say their setting and what was measured of it.

    Args:
        figure: of plotly; with `points`, as of `front_figure`, or without.
    """
    points = figure.get("points")
    traces = [_told(trace, points) if points else trace for trace in figure["data"]]
    return {"data": traces, "layout": figure["layout"]}


def colour(reference: str) -> str:
    """Return the colour that a variable of the theme stands for, and any other text as it is.

    >>> colour("var(--st-text-color/0.5)"), colour("var(--st-chart-categorical-colors[1])")
    ('rgba(28, 37, 48, 0.5)', '#a35200')
    """
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return reference
    name, place, inside, behind = found.groups()
    value, opacity = COLOURS[name][int(place or 0)], inside or behind
    if opacity is None:
        return value
    red, green, blue = (int(value[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {float(opacity):g})"


def _coloured(part: Any) -> Any:
    if isinstance(part, str):
        return colour(part)
    if isinstance(part, Mapping):
        return {name: _coloured(value) for name, value in part.items()}
    return [_coloured(one) for one in part] if isinstance(part, (list, tuple)) else part


def _told(trace: Mapping[str, Any], points: Mapping[str, Any]) -> dict[str, Any]:
    """Return a trace whose points say their setting and what was measured of it."""
    if "customdata" not in trace:
        return dict(trace)
    rows = [points["rows"][number] for number in trace["customdata"]]
    named = [
        [number, points["settings"][number], *row]
        for number, row in zip(trace["customdata"], rows, strict=True)
    ]
    forms = [points["template"] if len(row) > 1 else _WORDS for row in rows]
    told = [f"{form}<extra></extra>" for form in forms]
    return {**trace, "customdata": named, "hovertemplate": told}
