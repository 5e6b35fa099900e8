"""Dot rows: a dot an answer, a row a question or rule, with what is measured as a bar below it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

BINS = 50  # columns of dots, between the ends of the scale
ROOM, RISE = 0.56, 0.17  # of a row, for its dots, and below them; the rest is for its title
STEP = 0.11  # from one dot to the next above it, of a row
HEIGHT, AROUND = 84, 100  # px: a row, and what stands around all rows
TEXT = "var(--st-text-color)"
COLOUR = "var(--st-chart-categorical-colors[0])"


@dataclass(frozen=True, kw_only=True, slots=True)
class DotRow:
    """One row of dots.

    Attributes:
        title: above the row.
        values: of the answers, in any order; none where they are hidden.
        mean: what stands below the dots as a diamond; None for nothing.
        low: lower end of its interval; None for no interval.
        high: upper end.
    """

    title: str
    values: Sequence[float] = ()
    mean: float | None = None
    low: float | None = None
    high: float | None = None


def dot_rows(
    rows: Sequence[DotRow], *, title: str, ends: tuple[float, float], mean: str = ""
) -> dict[str, Any]:
    """Return the rows as a plotly figure, the first on top, with its height in px as `height`.

    Args:
        rows: at least one.
        title: of the scale.
        ends: of the scale.
        mean: what the diamonds are, for the legend.
    """
    data = [_dots(row, at, ends) for at, row in _placed(rows)]
    marked = [(at, row) for at, row in _placed(rows) if row.mean is not None]
    if marked:
        data.append(_means(marked, mean))
    annotations = [
        {
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "y": at + 0.84,
            "text": escape(row.title),
            "showarrow": False,
            "align": "left",
        }
        for at, row in _placed(rows)
    ]
    reach = 0.02 * (ends[1] - ends[0])
    layout = {
        "xaxis": {"title": {"text": title}, "range": [ends[0] - reach, ends[1] + reach]},
        "yaxis": {
            "range": [-0.15, len(rows)],
            "tickvals": [at for at, _ in _placed(rows)],
            "showticklabels": False,
            "fixedrange": True,
        },
        "annotations": annotations,
        "showlegend": bool(marked),
        "margin": {"l": 8, "r": 8, "t": 16, "b": 8},
        "hovermode": "closest",
    }
    return {"data": data, "layout": layout, "height": HEIGHT * len(rows) + AROUND}


def stack(
    values: Sequence[float], ends: tuple[float, float], bins: int = BINS
) -> tuple[list[float], list[int]]:
    """Return where values stand when close ones stand above each other: across, and how high.

    Args:
        values: in the unit of the scale.
        ends: of the scale.
        bins: columns between the ends.

    >>> stack([1.0, 2.04, 1.97, 9.0], (0.0, 10.0), 10)
    ([1.0, 2.0, 2.0, 9.0], [0, 0, 1, 0])
    """
    low, high = ends
    width = (high - low) / bins
    places = [round((value - low) / width) for value in values]
    seen: Counter[int] = Counter()
    heights = []
    for place in places:
        heights.append(seen[place])
        seen[place] += 1
    return [low + place * width for place in places], heights


def _placed(rows: Sequence[DotRow]) -> list[tuple[int, DotRow]]:
    """Return each row with its place from below."""
    return [(len(rows) - 1 - place, row) for place, row in enumerate(rows)]


def _dots(row: DotRow, at: int, ends: tuple[float, float]) -> dict[str, Any]:
    across, heights = stack(row.values, ends)
    step = min(STEP, ROOM / (max(heights, default=0) + 1))
    return {
        "type": "scatter",
        "mode": "markers",
        "name": row.title,
        "uid": f"dots{at}",
        "x": across,
        "y": [at + RISE + step * height for height in heights],
        "marker": {"size": 9, "color": COLOUR, "opacity": 0.75},
        "hovertemplate": "%{x:.3~g}<extra></extra>",
        "showlegend": False,
    }


def _means(marked: Sequence[tuple[int, DotRow]], name: str) -> dict[str, Any]:
    means = [row.mean or 0.0 for _, row in marked]
    ends = [(row.low, row.high) for _, row in marked]
    bars = {
        "type": "data",
        "symmetric": False,
        "array": [0.0 if b is None else b - m for m, (_, b) in zip(means, ends, strict=True)],
        "arrayminus": [0.0 if a is None else m - a for m, (a, _) in zip(means, ends, strict=True)],
        "thickness": 1.5,
        "width": 4,
        "color": TEXT,
    }
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "uid": "means",
        "x": means,
        "y": [at + 0.03 for at, _ in marked],
        "error_x": bars,
        "marker": {"symbol": "diamond", "size": 10, "color": TEXT},
        "hovertemplate": "%{x:.3~g}<extra></extra>",
    }
