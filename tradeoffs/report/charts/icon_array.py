"""A hundred people a group: who has the favourable decision, and for whom it changed."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from tradeoffs.report.group_outcomes import EVERYBODY
from tradeoffs.report.view import Row

SIDE, APART = 10, 4  # dots a side of a group; empty places between groups
A_ROW = 3  # groups side by side, so that dots stay apart on a phone
HEIGHT = 205  # px, of a row of groups
TEXT = "var(--st-text-color)"
KINDS = {  # column -> words, symbol, size, fill, outline; a change is what stands out
    "kept": ("favourable, as before", "circle", 7, "var(--st-text-color/0.55)", None),
    "gained": ("favourable now, not before", "diamond", 8, "var(--st-text-color/0.55)", TEXT),
    "lost": ("favourable before, not now", "square", 8, "var(--st-background-color)", TEXT),
    "never": ("not favourable, as before", "circle", 4, "var(--st-text-color/0.28)", None),
}


def icon_array_table(table: Iterable[Row]) -> list[Row]:
    """Return of a hundred people of each group how many there are of each kind.

    Heads are rounded so that they add up to 100 (largest remainders).  A group that is too small
    to be measured has none.

    Args:
        table: from `group_outcomes.outcomes_table`.
    """
    rows = []
    for row in table:
        if row["group"] == EVERYBODY:
            continue
        found: Row = {"group": row["group"], "people": row["people"]}
        if math.isnan(row["kept"]):
            rows.append(found | dict.fromkeys(KINDS, math.nan))
            continue
        shares = [row["kept"], row["gain"], row["lose"]]
        heads = _heads([*shares, 1 - sum(shares)])
        rows.append(found | dict(zip(KINDS, heads, strict=True)))
    return rows


def _heads(shares: list[float]) -> list[int]:
    """Round shares that add up to 1 to whole heads that add up to 100."""
    exact = 100 * np.array(shares)
    heads = np.floor(exact).astype(int)
    missing = 100 - int(heads.sum())
    heads[np.argsort(heads - exact, kind="stable")[:missing]] += 1
    return heads.tolist()


def icon_array_figure(table: Sequence[Row]) -> dict[str, Any]:
    """Draw each group as ten by ten dots: filled is favourable, outlined is changed.

    Args:
        table: from `icon_array_table`.
    """
    traces = []
    for kind, (words, symbol, size, fill, outline) in KINDS.items():
        places = [_places(row, g, kind) for g, row in enumerate(table)]
        x, y, told = (sum(parts, []) for parts in zip(*places, strict=True))
        line = {"width": 2 if outline else 0, "color": outline or fill}
        marker = {"symbol": symbol, "size": size, "color": fill, "line": line}
        points = {"x": x, "y": y, "hovertext": told, "hoverinfo": "text", "marker": marker}
        traces.append({"type": "scatter", "mode": "markers", "name": words, **points})
    names = [_name(row, g) for g, row in enumerate(table)]
    return {"data": traces, "layout": {"annotations": names, **_layout(len(table))}}


def figure_height(groups: int) -> int:
    """Return the height that a figure of so many groups needs, in px."""
    return HEIGHT * math.ceil(groups / A_ROW) + 70


def alternative(table: Iterable[Row]) -> str:
    """Return the figure in words."""
    told = []
    for row in table:
        if math.isnan(row["kept"]):
            told.append(f"{row['group']}: not measurable")
            continue
        parts = [f"{int(row[kind])} {words[0]}" for kind, words in KINDS.items()]
        told.append(f"{row['group']}: {', '.join(parts)}")
    return f"Of a hundred people a group. {'; '.join(told)}."


def _corner(group: int) -> tuple[float, float]:
    """Return the lower left place of a group."""
    step = SIDE + APART
    return (group % A_ROW) * step, -(group // A_ROW) * (step + 1.0)


def _places(row: Row, group: int, kind: str) -> tuple[list[float], list[float], list[str]]:
    """Return where a group's dots of one kind stand, kinds after one another from the bottom."""
    if math.isnan(row["kept"]):
        return [], [], []
    names = list(KINDS)
    begin = sum(int(row[name]) for name in names[: names.index(kind)])
    left, bottom = _corner(group)
    heads = range(begin, begin + int(row[kind]))
    told = f"{row['group']}: {int(row[kind])} of 100 {KINDS[kind][0]}"
    return (
        [left + head % SIDE for head in heads],
        [bottom + head // SIDE for head in heads],
        [told] * len(heads),
    )


def _name(row: Row, group: int) -> dict[str, object]:
    left, bottom = _corner(group)
    small = "<br>not measurable" if math.isnan(row["kept"]) else ""
    text = f"{_folded(row['group'])}<br>{row['people']:,} people{small}"
    return {
        "x": left + (SIDE - 1) / 2,
        "y": bottom + SIDE - 1,
        "yshift": 20,
        "text": text,
        "showarrow": False,
        "yanchor": "bottom",
        "font": {"size": 12},
    }


def _folded(name: str, letters: int = 18) -> str:
    """Break a name that is wider than its group."""
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + len(word) >= letters:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)


def _layout(groups: int) -> dict[str, object]:
    wide, (_, bottom) = min(groups, A_ROW), _corner(groups - 1)
    hidden = {"visible": False, "fixedrange": True}
    return {
        "xaxis": hidden | {"range": [-1.5, wide * (SIDE + APART) - APART + 0.5]},
        "yaxis": hidden
        | {"range": [bottom - 1, SIDE + APART - 1], "scaleanchor": "x", "constrain": "domain"},
        "legend": {"orientation": "h", "y": -0.02, "x": 0},
        "margin": {"l": 4, "r": 4, "t": 4, "b": 4},
        "dragmode": False,
    }
