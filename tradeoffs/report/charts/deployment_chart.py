"""Deployment: what the models of the setting measure among other people, beside the front."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from tradeoffs.fields import CURVES, FIELDS
from tradeoffs.language.notation import labelled
from tradeoffs.language.translation import say
from tradeoffs.report.charts.axis import axis, column, place, round_for_chart
from tradeoffs.report.charts.hover import value_format
from tradeoffs.report.text import setting
from tradeoffs.report.view import Row, View

SLIDER = "shift_intensity"
COLOUR = f"var(--st-chart-categorical-colors[{CURVES.index(SLIDER)}])"


def deployment_figure(shown: View) -> dict[str, Any] | None:
    """Return the vertical objective along the shift, for plotly; None with fewer than two points.

    Other people are no alternative to these, so this is no part of the front.  Bars are standard
    deviations over seeds; the ring is the intensity of the setting.
    """
    objective = shown.y
    rows = [row for row in shown.slices[SLIDER] if np.isfinite(row[objective.column])]
    if len(rows) < 2:
        return None
    here = [row for row in rows if row[SLIDER] == shown.here.shift_intensity]
    style = {"color": COLOUR, "width": 1.5}
    bars = {"type": "data", "thickness": 1, "width": 0, "color": COLOUR}
    bars["array"] = round_for_chart(np.nan_to_num(column(rows, f"{objective.column}_sd")))
    marker = {"size": 8, "color": COLOUR, "symbol": "diamond"}
    ring = {"size": 15, "color": "var(--st-text-color)", "symbol": "circle-open"}
    return {
        "data": [
            _trace(shown, rows, name=say("along the shift"), mode="lines+markers", marker=marker)
            | {"line": style, "error_y": bars},
            _trace(shown, here, name=say("your setting"), mode="markers", marker=ring),
        ],
        "layout": {
            "xaxis": {
                "title": {"text": FIELDS[SLIDER].title},
                "tickformat": "~%",
                "range": [-0.05, 1.05],
            },
            "yaxis": axis(objective, rows, "up"),
            "showlegend": False,
            "margin": {"l": 8, "r": 8, "t": 16, "b": 8},
            "uirevision": f"{objective.name} along the shift",
        },
    }


def _trace(shown: View, rows: Sequence[Row], **fields: object) -> dict[str, Any]:
    objective = shown.y
    write = value_format(objective)
    told = [
        labelled(setting(SLIDER, row[SLIDER]), f"{objective.lower} {write(row[objective.column])}")
        for row in rows
    ]
    return {
        "type": "scatter",
        "x": [row[SLIDER] for row in rows],
        "y": round_for_chart(place(objective, column(rows, objective.column))),
        "text": told,
        "hovertemplate": "%{text}<extra></extra>",
        **fields,
    }
