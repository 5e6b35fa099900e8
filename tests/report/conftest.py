"""Results made by hand, in the columns that training would fill."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from tradeoffs.experiments.comparison import Comparison, rows, table
from tradeoffs.experiments.plan import resolve
from tradeoffs.fronts import Objective
from tradeoffs.fronts.replicates import Key, Replicates
from tradeoffs.fronts.sweep import sweep
from tradeoffs.jobs.job import Job
from tradeoffs.measurement import Measurement
from tradeoffs.report.charts import front_chart
from tradeoffs.report.charts.axis import Spans
from tradeoffs.report.charts.hover import hover
from tradeoffs.report.money_column import with_money
from tradeoffs.report.view import View, key_of, view, view_columns
from tradeoffs.resources.actors.own_numbers import OWN_NUMBERS
from tradeoffs.resources.size import parameters
from tradeoffs.results import Result, configuration
from tradeoffs.scenario import Scenario, digest
from tradeoffs.values.fairness.catalogue import NOTIONS

Models = list[Result]
Figure = float | Sequence[float]
COLUMNS = 104  # of a model's inputs
HERE = Scenario.of(epsilon=1.0, max_gap=0.1, rows=3_000)
UNTOUCHED = HERE.but(epsilon=None, max_gap=None)
FIGURES = {
    "accuracy": 0.84,
    "gap": 0.1,
    "fidelity": 0.6,
    "fidelity_agreement": 0.9,
    "fidelity_baseline": 0.75,
    "selection_rate": 0.2,
    "true_positive_rate": 0.5,
    "auc": 0.9,
    "log_loss": 0.35,
    "people[sex=Female]": 1_000,
    "people[sex=Male]": 2_000,
    "positives[sex=Female]": 100,
    "positives[sex=Male]": 600,
    "selected[sex=Female]": 80,
    "selected[sex=Male]": 500,
    "true_positives[sex=Female]": 50,
    "true_positives[sex=Male]": 360,
}


def model(
    scenario: Scenario,
    *,
    seeds: int = 8,
    sd: float = 0.0,
    figures: Mapping[str, Figure] | None = None,
    bound: Mapping[str, Sequence[float | str | None]] | None = None,
    **more: Figure,
) -> Models:
    """Return the results of a configuration; a figure that is NaN was not measurable.

    Args:
        scenario: its seeds count up from 0.
        seeds: how many.
        sd: over seeds, of accuracy, gap and fidelity; their means stay exact.
        figures: what differs from FIGURES, one number or one a seed.
        bound: what training tells of its bound, one a seed; None is not told.
        more: the same, for names without brackets.
    """
    rng = np.random.default_rng(int(digest(scenario.model_dump()), 16))
    noise = {}
    for name in ("accuracy", "gap", "fidelity"):
        draw = rng.normal(size=seeds)
        noise[name] = sd * (draw - draw.mean()) / draw.std(ddof=1) if seeds > 1 else 0 * draw
    results = []
    for seed in range(seeds):
        own = {}
        for name, value in (FIGURES | dict(figures or {}) | more).items():
            number = float(np.broadcast_to(np.asarray(value, float), seeds)[seed])
            own[name] = number + float(noise[name][seed]) if name in noise else number
        told = {n: v for n, values in (bound or {}).items() if (v := values[seed]) is not None}
        results.append(_result(scenario.but(seed=seed), own, told))
    return results


PARTS = ("training", "select", "report", "decisions")


def with_split(measurement: Measurement, **splits: Mapping[str, float] | bytes) -> Measurement:
    """Return a measurement with other figures on a split."""
    parts: dict[str, Any] = {name: getattr(measurement, name) for name in PARTS}
    parts |= splits
    return Measurement.of(**parts)


def halved(models: Models, **select: float) -> Models:
    """Return models whose figures on select differ from those on report."""
    return [
        replace(
            one,
            measurement=with_split(one.measurement, select={**one.measurement.select, **select}),
        )
        for one in models
    ]


def _result(
    scenario: Scenario, figures: dict[str, float], bound: Mapping[str, float | str]
) -> Result:
    figures = {n: v for n, v in figures.items() if not math.isnan(v)}
    gap = figures.pop("gap", None)
    if gap is not None:
        figures[f"{NOTIONS[scenario.notion].metric}[{scenario.protected}]"] = gap
    training: dict[str, float | str] = {"sigma": 0.0, "sigma_gradient": 0.0}
    if scenario.mechanism == "none":
        training["epsilon_spent"] = math.inf
    elif scenario.mechanism == "dp" and scenario.epsilon is not None:
        training = {"sigma": 2.0, "sigma_gradient": 2.0, "epsilon_spent": scenario.epsilon}
        if scenario.max_gap is not None and NOTIONS[scenario.notion].constrained_rates:
            training |= {"sigma_gradient": 2.1, "sigma_counts": 40.0}
            training |= {"watching_price": 0.035, "sigma_gap": 0.06 / scenario.epsilon}
    training |= {"parameters": parameters(COLUMNS, scenario.width), **bound}
    split = Measurement.of(training=training, select=figures, report=figures, decisions=b"")
    return Result(scenario=scenario, measurement=split)


def among(*models: Models) -> Comparison:
    """Return what some models are compared on."""
    return Comparison.of(result.scenario for result in chain(*models))


def tidy(*models: Models) -> pd.DataFrame:
    """Return the tidy table of some models."""
    results = list(chain(*models))
    return table(results, among(*models))


def shown(*models: Models, here: Scenario = HERE, x: str = "fairness", y: str = "accuracy") -> View:
    """Return the view of some models around the setting."""
    found = seen(*models, here=here, x=x, y=y)
    assert found is not None
    return found


def seen(*models: Models, here: Scenario = HERE, x: str, y: str) -> View | None:
    """Return the same, or None where nothing has a place."""
    together, results = among(*models), list(chain(*models))
    laid_out = laid_out_for(results, together, x, y)
    own = [one for one in results if one.scenario.configuration() == here.configuration()]
    return view(laid_out, report(own, together), here, x, y, together.of_setting(here))


def laid_out_for(results: Models, together: Comparison, x: str, y: str) -> Replicates:
    """Return results with the columns of two objectives, money among them at usual prices."""
    settings = {tuple(configuration(one.scenario).values()): one.scenario for one in results}
    found = sweep(results, together, view_columns(x, y))
    return with_money(found, settings, OWN_NUMBERS.prices)


def job(about: Iterable[Scenario], *arrived: Models) -> Job:
    """Return a job about some scenarios, of which some models have arrived."""
    found = Job([resolve(one) for one in about])
    deliver(found, *arrived)
    return found


def deliver(to: Job, *arrived: Models) -> None:
    """Let models arrive."""
    every = chain(*arrived)
    to.deliver({resolve(one.scenario).result_key: one.measurement for one in every})


def report(results: Models, together: Comparison) -> list[dict[str, Any]]:
    """Return the rows of results on report."""
    return [row for row in rows(results, together) if row["split"] == "report"]


def front_figure(view: View, kept: Spans | None = None) -> Any:
    """Return the chart as plotly's objects, which refuse what plotly does not know."""
    made = drawn(view, kept)
    return go.Figure({"data": made["data"], "layout": made["layout"]})


def drawn(view: View, kept: Spans | None = None) -> dict[str, Any]:
    """Return the chart as the browser gets it."""
    return front_chart.front_figure(view, numbered(view), kept)


def numbered(view: View) -> dict[Key, int]:
    """Return the number of each setting of a view."""
    return {key: number for number, key in enumerate(view.results.keys)}


def hovers(view: View, *axes: Objective) -> list[str]:
    """Return the texts of a view's points, as plotly makes them of templates."""
    told = hover(view.points, numbered(view), *axes)
    found = []
    for row in view.points:
        number = numbered(view)[key_of(row)]
        data = [number, told["settings"][number], *told["rows"][number]]
        form = told["template"] if len(data) > 3 else "%{customdata[1]}<br>%{customdata[2]}"
        found.append(re.sub(r"%\{customdata\[(\d+)\](?::(.\d)f)?\}", partial(_written, data), form))
    return found


def _written(data: Sequence[Any], field: re.Match[str]) -> str:
    return f"{data[int(field[1])]:{field[2]}f}" if field[2] else str(data[int(field[1])])
