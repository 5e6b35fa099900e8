"""Hover: the text of each point of a chart, its setting and what was measured."""

import math
from collections.abc import Callable, Sequence
from textwrap import wrap

from tradeoffs.figures.view import Row
from tradeoffs.figures.words import TITLES, number, percent, setting
from tradeoffs.fronts import OBJECTIVES, Objective
from tradeoffs.values.fairness.catalogue import notion

LINE = 44  # characters in bold that a phone has room for
TOLD = ("accuracy", "gap", "fidelity")  # of every point


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
