"""The ROC on log axes: members recognised by who is rarely wrong, and what epsilon allows."""

import math
from typing import TYPE_CHECKING, Any

from tradeoffs.attacks.leakage import EVERYONE, TITLES, Attack, MembershipInference
from tradeoffs.language.notation import percent_text
from tradeoffs.language.translation import say, translate
from tradeoffs.report.text import number, percent, plain_number

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

COLOURS = {"lira": 0, "loss": 1}  # places among the theme's colours
DASHES = {"lira": "solid", "loss": "dot"}
TEXT = "var(--st-text-color)"
TICKS = (1e-4, 1e-3, 1e-2, 0.1, 1)


def roc_table(leak: MembershipInference) -> "pd.DataFrame":
    """Return the numbers of the chart, one row an attack and false positive rate.

    Columns attack, fpr, recognised, low, high (95 %) and bound, all shares; what cannot be
    measured, or is not promised, is missing.
    """
    import pandas as pd

    rows = [
        (one.attack, one.fpr, one.value, one.low, one.high, one.bound)
        for one in leak.estimates
        if one.fpr is not None and one.group == EVERYONE
    ]
    columns = ["attack", "fpr", "recognised", "low", "high", "bound"]
    table = pd.DataFrame(rows, columns=columns)
    return table.astype(dict.fromkeys(columns[1:], float))


def roc_figure(leak: MembershipInference) -> "go.Figure":
    """Return the chart of a leak: both attacks with bands, guessing, and the bound if promised."""
    import plotly.graph_objects as go

    table = roc_table(leak).dropna(subset=["recognised"])
    figure = go.Figure()
    floor = 1e-4 if table.empty else float(table["fpr"].to_numpy().min()) / 2
    for trace in (_guessing(floor), *_bound(leak, floor)):
        figure.add_scatter(**trace)
    for attack in TITLES:
        mine = table.loc[table["attack"] == attack]
        for trace in _attack(attack, mine, floor):
            figure.add_scatter(**trace)
    figure.update_layout(
        xaxis=_axis(say("false positive rate (non-members taken for members)"), floor),
        yaxis=_axis(say("members recognised"), floor),
        legend={"orientation": "h", "y": -0.2, "x": 0, "entrywidth": 195},
        margin={"l": 8, "r": 8, "t": 16, "b": 8},
        hovermode="closest",
    )
    return figure


def _axis(title: str, floor: float) -> dict[str, object]:
    return {
        "title": {"text": title},
        "type": "log",
        "tickvals": TICKS,
        "ticktext": [percent_text(plain_number(100 * tick)) for tick in TICKS],
        "range": [math.log10(floor), 0.02],
    }


def _guessing(floor: float) -> dict[str, Any]:
    line = {"color": "var(--st-text-color/0.45)", "width": 1, "dash": "dash"}
    ends = [floor, 1.0]
    style = {"mode": "lines", "line": line, "hoverinfo": "skip"}
    return {"name": say("guessing"), "x": ends, "y": ends, **style}


def _bound(leak: MembershipInference, floor: float) -> list[dict[str, Any]]:
    if leak.promise is None:
        return []
    rates = [10 ** (math.log10(floor) * (1 - i / 60)) for i in range(61)]
    most = leak.promise.tpr_at(rates)
    epsilon = number(leak.scenario.epsilon or math.inf)
    name = say("most that ε = {epsilon} allows", epsilon=epsilon)
    told = [
        say(
            "most that ε = {epsilon} allows: {most} at {rate}",
            epsilon=epsilon,
            most=percent(y, 2),
            rate=percent(x, 2),
        )
        for x, y in zip(rates, most, strict=True)
    ]
    line = {"color": TEXT, "width": 1.5}
    style = {"mode": "lines", "line": line, "hovertext": told, "hoverinfo": "text"}
    return [{"name": name, "x": rates, "y": most, **style}]


def _attack(attack: Attack, table: "pd.DataFrame", floor: float) -> list[dict[str, Any]]:
    """Return a band and its line; on a log axis there is no place for 0, so it ends there."""
    if table.empty:
        return []
    title = translate(TITLES[attack])
    colour = f"var(--st-chart-categorical-colors[{COLOURS[attack]}]"
    edge = {"x": table["fpr"], "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    ends = [table[name].clip(lower=floor) for name in ("low", "high")]
    seen = table.loc[table["recognised"] > 0]
    told = [
        say(
            "{attack}<br>{members} of the members at {others} of the others<br>95 %: {low} to "
            "{high}",
            attack=title,
            members=percent(y, 2),
            others=percent(x, 2),
            low=percent(low, 2),
            high=percent(high, 2),
        )
        for _, x, y, low, high, _ in seen.itertuples(index=False)
    ]
    return [
        {"name": f"{attack} edge", "y": ends[0], "showlegend": False, **edge},
        {
            "name": f"{title}, {percent_text('95')}",
            "y": ends[1],
            "fill": "tonexty",
            "fillcolor": f"{colour}/0.18)",
            "showlegend": False,
            **edge,
        },
        {
            "name": title,
            "x": seen["fpr"],
            "y": seen["recognised"],
            "mode": "lines+markers",
            "marker": {"size": 5, "color": f"{colour})"},
            "line": {"color": f"{colour})", "width": 2, "dash": DASHES[attack]},
            "hovertext": told,
            "hoverinfo": "text",
        },
    ]
