"""Hover: what a chart tells of each point, its setting and what was measured."""

import math
from collections.abc import Callable, Mapping, Sequence
from textwrap import wrap
from typing import Any

from tradeoffs.fields import CURVES
from tradeoffs.fronts import PRIVACY, Objective
from tradeoffs.fronts.replicates import Key
from tradeoffs.language.notation import with_percent
from tradeoffs.language.translation import say, translate
from tradeoffs.report.text import number, percent, setting
from tradeoffs.report.view import Row, key_of
from tradeoffs.values.fairness.catalogue import NOTIONS

LINE = 44  # characters in bold that a phone has room for
SHOWN_OBJECTIVES = ("accuracy", "gap", "fidelity")  # of every point
TITLES = {name: name for name in SHOWN_OBJECTIVES if name != "gap"}  # which its notion names


def hover(rows: Sequence[Row], numbers: Mapping[Key, int], *axes: Objective) -> dict[str, Any]:
    """Return what a browser needs for the text of each point, by the number of its setting.

    A point's customdata is its number, the words of its setting and its row; `template`, in
    plotly's notation, makes the text of them.  Where something is not measurable, or there is no
    spread, the row is one text, which follows the setting as it is.  `notes` are its standing and
    remarks, as a card tells them.

    Args:
        rows: configurations; one may be there more than once.
        numbers: of their keys.
        axes: told too, where they are none of those that always are.
    """
    called = NOTIONS[rows[0]["notion"]].gap_title if rows else ""
    columns = _columns(called, axes)
    every = {numbers[key_of(row)]: row for row in rows}
    settings = {n: setting_text(row) for n, row in every.items()}
    told = {n: _values(row, columns) or [result_text(row, *axes)] for n, row in every.items()}
    notes = {n: _notes(row) for n, row in every.items()}
    return {"template": _template(columns), "settings": settings, "rows": told, "notes": notes}


def others(*axes: Objective) -> list[Objective]:
    """Return the objectives that no table and no hover shows unless they are an axis."""
    always = (*SHOWN_OBJECTIVES, PRIVACY.column)  # epsilon is in the setting
    return [axis for axis in axes if axis.column not in always]


def value_format(objective: Objective) -> Callable[[float], str]:
    """Return how a value of an objective is written: in per cent, or as a number."""
    return percent if objective.is_share else number


def setting_text(row: Row) -> str:
    """Return the setting of a configuration."""
    called = NOTIONS[row["notion"]].gap_title
    return ", ".join(setting(name, row[name], called) for name in CURVES)


def result_text(row: Row, *axes: Objective) -> str:
    """Return what was measured of a configuration with its spread, its standing and remarks."""
    lines = []
    for name, title, write in _columns(NOTIONS[row["notion"]].gap_title, axes):
        value, spread = row[name], row[f"{name}_sd"]
        told = say("not measurable") if math.isnan(value) else write(value)
        if not math.isnan(value) and not math.isnan(spread):
            told = _with_spread(told, write(spread))
        lines.append(f"{title} {told}")
    last = say("mean of {seeds:seed|seeds}, measured on report", seeds=int(row["seeds"]))
    return "<br>".join([*lines, row["standing_words"], last]) + _remarks(row)


Column = tuple[str, str, Callable[[float], str]]  # of a row, its title, how it is written


def _columns(called: str, axes: Sequence[Objective]) -> list[Column]:
    own = [
        (name, called if name == "gap" else translate(TITLES[name]), percent)
        for name in SHOWN_OBJECTIVES
    ]
    return [
        *own,
        *((axis.column, axis.title.lower(), value_format(axis)) for axis in others(*axes)),
    ]


def _with_spread(value: str, spread: str) -> str:
    return say("{value} (sd over seeds {spread})", value=value, spread=spread)


def _template(columns: Sequence[Column]) -> str:
    """Return the text of a point as plotly writes it from number, setting and `_values`."""
    lines, at = ["%{customdata[1]}"], 2
    for _, title, write in columns:
        value, spread = (f"%{{customdata[{place}]}}" for place in (at, at + 1))
        if write is percent:
            value, spread = (with_percent(one.replace("}", ":.1f}")) for one in (value, spread))
        lines.append(f"{title} {_with_spread(value, spread)}")
        at += 2
    seeds = say("mean of {seeds} seeds, measured on report", seeds=f"%{{customdata[{at + 1}]}}")
    lines += [f"%{{customdata[{at}]}}", f"{seeds}%{{customdata[{at + 2}]}}"]
    return "<br>".join(lines)


def _values(row: Row, columns: Sequence[Column]) -> list[Any]:
    """Return what the template writes; nothing if there is something that it cannot say."""
    found: list[Any] = []
    for name, _, write in columns:
        for value in (row[name], row[f"{name}_sd"]):
            if math.isnan(value):
                return []
            found.append(float(f"{100 * value:.1f}") if write is percent else write(value))
    return [*found, row["standing_words"], int(row["seeds"]), _remarks(row)]


def _notes(row: Row) -> list[str]:
    return [row["standing_words"], *(remark.words for remark in row["remarks"])]


def _remarks(row: Row) -> str:
    lines = [part for remark in row["remarks"] for part in wrap(remark.words, LINE)]
    return "".join(f"<br><b>{line}</b>" for line in lines)
