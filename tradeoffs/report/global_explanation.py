"""Explanations of a setting: what its models look at, and how well a few rules repeat them."""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from tradeoffs.data.cases import load_cases
from tradeoffs.data.catalogue import dataset
from tradeoffs.language.translation import say, translate
from tradeoffs.report.local_explanation import rule_sentence
from tradeoffs.report.text import number, percent
from tradeoffs.results import configuration
from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import estimate
from tradeoffs.values.explanations.catalogue import METRICS

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

PREFIX = "attribution["
BAR = 26  # px a feature
MISSING = "{measure} is not measurable: {reason}."
MISSING_ONCE = "{measure} is not measurable: in at least one training run {reason}."
HEADERS = {
    "title": "what",
    "mean": "mean over seeds",
    "low": "95 % from",
    "high": "to",
    "unit": "unit",
}


def attribution_table(results: "pd.DataFrame", here: Scenario) -> "pd.DataFrame":
    """Return one row a feature, the largest share first.

    Args:
        results: tidy rows with the attributions.
        here: the setting.

    Returns:
        Columns feature, title, share (mean over seeds, of 1), low and high (95 % over seeds; NaN
        with one seed); empty while the setting has no results.
    """
    import pandas as pd

    titles = {one.name: one.title for one in dataset(here.dataset).codebook.features}
    rows = _report(results, here)
    columns = [name for name in rows.columns if name.startswith(PREFIX)]
    measured = {
        name[len(PREFIX) : -1]: _estimate(rows[name].dropna().to_numpy(dtype=float))
        for name in columns
    }
    table = [(name, titles[name], *found) for name, found in measured.items() if found]
    names = ["feature", "title", "share", "low", "high"]
    return pd.DataFrame(table, columns=names).sort_values("share", ascending=False)


def measures_table(results: "pd.DataFrame", here: Scenario) -> "pd.DataFrame":
    """Return one row a measure of explanations: its name, title, unit and mean over seeds.

    A measure that is undefined in any seed is missing: the others are another set of models.

    Args:
        results: tidy rows of all columns.
        here: the setting.

    Returns:
        Columns measure, title, unit, mean, low and high (95 % over seeds).
    """
    import pandas as pd

    rows = _report(results, here)
    table = []
    for one in METRICS.values():
        if one.column:
            values = rows[one.name].to_numpy(dtype=float) if one.name in rows else np.empty(0)
            found = _estimate(values) or (math.nan,) * 3
            table.append((one.name, one.title, one.unit, *found))
    return pd.DataFrame(table, columns=["measure", "title", "unit", "mean", "low", "high"])


def missing(table: "pd.DataFrame", here: Scenario, results: "pd.DataFrame") -> list[str]:
    """Return a sentence for each measure that is missing: why it is not measurable.

    Args:
        table: from `measures_table`.
        here: the setting.
        results: that the table was made of.
    """
    own = _report(results, here)
    if bool(own["accuracy"].isna().to_numpy().any()):
        return [
            say(
                "No explanation metric is measurable: in at least one training run nothing was "
                "measured, because it diverged or too few people are left."
            )
        ]
    ruled = "overruled" in own and bool(own["overruled"].notna().any())
    rows = table.loc[table["mean"].isna(), ["measure", "title"]].itertuples(index=False)
    told = []
    for name, title in rows:
        reason = why_missing(name, here, ruled)
        once = reason == METRICS[name].undefined
        told.append(say(MISSING_ONCE if once else MISSING, measure=title, reason=reason))
    return told


def why_missing(measure: str, here: Scenario, ruled: bool = True) -> str:
    """Return why a measure of explanations is missing at a setting.

    Args:
        measure: its name.
        here: the setting.
        ruled: whether a rule that the setting asks for was found in some training.
    """
    if METRICS[measure].needs_actions:
        if not load_cases(here.dataset).actions:
            return say("what people could change is not written down for this table")
        if ruled and rule_sentence(here):
            return say("it looks at the score alone, but a rule after the score decides")
    return METRICS[measure].undefined


def display_measures(table: "pd.DataFrame") -> "pd.DataFrame":
    """Return the measures in words, under the headers of the screen."""
    return _told(table, ["title", "mean", "low", "high", "unit"], number)


def display_shares(table: "pd.DataFrame") -> "pd.DataFrame":
    """Return the shares of the attributions in words, under the headers of the screen."""
    return _told(table.rename(columns={"share": "mean"}), ["title", "mean", "low", "high"], percent)


def _told(
    table: "pd.DataFrame", columns: list[str], tell: Callable[[float], str]
) -> "pd.DataFrame":
    """Return a table whose numbers are words; what is missing is not measurable."""
    import pandas as pd

    words = {
        name: [say("not measurable") if math.isnan(value) else tell(value) for value in table[name]]
        for name in ("mean", "low", "high")
    }
    return pd.DataFrame(
        {translate(HEADERS[name]): words.get(name, table[name]) for name in columns}
    )


def _report(results: "pd.DataFrame", here: Scenario) -> "pd.DataFrame":
    if results.empty:
        return results
    same = results["split"] == "report"
    for name, value in configuration(here).items():
        same &= results[name].isna() if value is None else results[name] == value
    return results.loc[same]


def _estimate(values: np.ndarray) -> tuple[float, float, float] | None:
    if not len(values) or np.isnan(values).any():
        return None
    found = estimate(values)
    return (found.mean, *(found.interval or (math.nan, math.nan)))


def attribution_figure(table: "pd.DataFrame") -> "go.Figure":
    """Draw the shares as bars, the largest on top, with their intervals.

    Args:
        table: from `attribution_table`.
    """
    import plotly.graph_objects as go

    rising = table.iloc[::-1]
    share = rising["share"]
    error = {
        "type": "data",
        "symmetric": False,
        "array": (rising["high"] - share).fillna(0),
        "arrayminus": (share - rising["low"]).fillna(0),
        "color": "var(--st-text-color)",
        "thickness": 1.5,
        "width": 3,
    }
    bars = go.Bar(
        name=say("share of the attributions"),
        x=share,
        y=rising["title"],
        orientation="h",
        error_x=error,
        marker={"color": "var(--st-text-color/0.35)"},
        hovertemplate="%{y}: %{x:.1%}<extra></extra>",
    )
    return go.Figure(bars).update_layout(
        xaxis={"title": {"text": say("share of the attributions")}, "tickformat": ".0%"},
        yaxis={"automargin": True},
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        showlegend=False,
    )


def figure_height(features: int) -> int:
    """Return the height that so many features need, in px."""
    return BAR * features + 70
