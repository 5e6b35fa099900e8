"""The picture: everything the Explorer shows of a job at one of its versions, in ready JSON."""

import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from tradeoffs.experiments.comparison import rows
from tradeoffs.experiments.designs import baseline, is_baseline
from tradeoffs.fronts import AXES
from tradeoffs.fronts.replicates import Replicates
from tradeoffs.fronts.sweep import sweep
from tradeoffs.jobs.job import Job
from tradeoffs.language.notation import semicolon_text
from tradeoffs.language.translation import say
from tradeoffs.report.caption import source, subtitle
from tradeoffs.report.cards import (
    Card,
    Decisions,
    cards,
    compare_results,
    gap_error,
    sampling_errors,
)
from tradeoffs.report.charts.axis import Spans
from tradeoffs.report.charts.deployment_chart import SLIDER, deployment_figure
from tradeoffs.report.charts.front_chart import front_figure, spans
from tradeoffs.report.front_summary import extent
from tradeoffs.report.global_explanation import why_missing
from tradeoffs.report.groups import (
    excluded_groups,
    few_words,
    gap_reasons,
    group_rates,
    most_frequent,
)
from tradeoffs.report.icon_array import answer_rates, correct_share, icon_array
from tradeoffs.report.money_column import with_money
from tradeoffs.report.scales import scales
from tradeoffs.report.sentences.front_finding import finding
from tradeoffs.report.sentences.headline import along, lead, messages
from tradeoffs.report.sentences.sentence import Statement
from tradeoffs.report.sentences.story import story
from tradeoffs.report.setting_values import count_columns
from tradeoffs.report.view import View, view, view_columns
from tradeoffs.resources.purse import Purse, purse
from tradeoffs.scenario import Scenario
from tradeoffs.values.explanations.catalogue import METRICS
from tradeoffs.values.fairness.catalogue import NOTIONS

EVERY_AXIS = tuple(dict.fromkeys(name for axis in AXES for name in view_columns(axis, axis)))


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Picture:
    """What one version of a job looks like; sessions that look alike share it."""

    view: View
    figure: Mapping[str, Any]  # for plotly
    spans: Spans  # of the axes
    cards: list[Card]
    finding: str  # the title of the figure; empty where there is none
    sentences: list[str]  # most important first
    leading: int  # how many of them are said first
    deployment: Mapping[str, Any] | None  # the chart beside it, and its title

    def parts(self) -> dict[str, bytes]:
        """Return JSON by name, one a trace; what did not change is equal to the last byte."""
        told = self.figure["points"]
        traces = {trace["name"]: trace for trace in self.figure["data"]}
        found = {
            **{f"trace {name}": trace for name, trace in traces.items()},
            "order": [*traces],
            "layout": self.figure["layout"],
            "template": told["template"],
            "settings": told["settings"],
            "rows": told["rows"],
            "notes": told["notes"],
            "text": self.alternative,
            "cards": [[one.title, one.value, one.change, one.detail] for one in self.cards],
            "words": self.sentences,
            "leading": self.leading,
            "caption": {
                "title": self.finding,
                "subtitle": subtitle(self.view),
                "source": source(self.view),
            },
            "deployment": self.deployment,
            "left out": excluded_groups(self.view.here, self.view.groups),
        }
        return {name: as_json(part) for name, part in found.items()}

    @property
    def alternative(self) -> str:
        """The chart in words."""
        return say(
            "Scatter chart of {extent} {sentences} The table below has all numbers.",
            extent=extent(self.view),
            sentences=" ".join(self.sentences[:3]),
        )


def as_json(value: object) -> bytes:
    """Return a part as JSON; ValueError for a number that is none."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def picture(
    job: Job,
    here: Scenario,
    x: str,
    y: str,
    kept: Spans | None = None,
    who: Purse | None = None,
    *,
    results: Replicates | None = None,
) -> Picture | None:
    """Return the picture of what a job has brought so far; None while there is nothing to draw.

    Args:
        job: with the setting among its scenarios.
        here: the setting.
        x: objective to the right.
        y: objective upwards.
        kept: what the axes show at least.
        who: pays; None is somebody at usual prices.
        results: `results_of` it; None lays them out.
    """
    among, paired = job.comparison, job.decisions_of
    together = among.of_setting(here)
    errors = partial(sampling_errors, together, decisions=paired)
    every = results_of(job, here, who) if results is None else results
    results = every.some(columns=view_columns(x, y))
    own = [row for row in rows(job.results_of(here), among) if row["split"] == "report"]
    shown = view(results, own, here, x, y, together, errors)
    if shown is None:
        return None
    told, rates = cards(shown, paired), group_rates(own, here.protected)
    said = messages(shown, told, rates, gap_error(shown, paired), paired)
    leading, rest = lead(said)
    return Picture(
        view=shown,
        figure=front_figure(shown, job.numbers, kept),
        spans=spans(shown, kept),
        cards=told,
        finding=" ".join(one.text for one in finding(shown, paired)),
        sentences=[one.text for one in (*leading, *rest)],
        leading=len(leading),
        deployment=_deployment(shown, paired),
    )


def scale_parts(
    job: Job, here: Scenario, who: Purse | None = None, *, results: Replicates | None = None
) -> dict[str, bytes]:
    """Return what objectives and groups show of what a job has brought so far, as JSON by name.

    It is there as soon as one model is, also where a chart has nothing to draw; see `scales`,
    `icon_array` and `story`.  Arguments are those of `picture`.
    """
    results = results_of(job, here, who) if results is None else results
    found = scales(job, here, results, who) | icon_array(job, here)
    found["story"] = [one.text for one in _story(job, here, results)]
    return {name: as_json(part) for name, part in found.items()}


def _story(job: Job, here: Scenario, results: Replicates) -> list[Statement]:
    """Return the two sentences of that level."""
    rows = answer_rates(job, here) or []
    if is_baseline(here):
        return story(here, None, rows, correct_share(job, here))
    groups, twin = job.comparison.of_setting(here), baseline(here)
    errors = sampling_errors(groups, here, twin, job.decisions_of)
    change, gap = (
        compare_results(results, here, twin, column, errors.get(column))
        for column in ("accuracy", "gap")
    )
    return story(here, change, rows, None, gap if NOTIONS[here.notion].rates else None)


def results_of(
    job: Job,
    here: Scenario,
    who: Purse | None = None,
    *,
    some: Sequence[Scenario] | None = None,
) -> Replicates:
    """Return all that a screen shows of a job, in the same columns each time.

    Args:
        job: with the setting among its scenarios.
        here: the setting.
        who: pays; None is somebody at usual prices.
        some: settings of the job; None lays out all of them, which takes a while.
    """
    columns = (*EVERY_AXIS, *count_columns(here))
    if some is None:
        found = job.replicates(columns)
    else:
        results = itertools.chain.from_iterable(map(job.results_of, dict.fromkeys(some)))
        found = sweep(results, job.comparison, columns)
    return with_money(found, job.settings, (who or purse("")).prices)


def _deployment(shown: View, paired: Decisions) -> dict[str, Any] | None:
    """Return the chart along the shift with what it comes to; None where there is none."""
    figure = deployment_figure(shown)
    return figure and {**figure, "text": along(shown, SLIDER, paired)}


def why_no_picture(job: Job, here: Scenario, x: str, y: str) -> str:
    """Return why there is no picture."""
    reasons = why_unmeasured(job, here, x, y)
    if job.active or not job.arrived:
        return say("The first models are being trained; the chart appears when they are ready.")
    if reasons:
        return say(
            "No model here has a place on this chart: {reasons}.", reasons=semicolon_text(reasons)
        )
    return say("No setting here has a value on both axes in all of its seeds.")


def why_unmeasured(job: Job, here: Scenario, x: str, y: str) -> list[str]:
    """Return why none of the models that are there has a place on an axis, in words."""
    axes, shift, among = (AXES[x], AXES[y]), here.shift_intensity, job.comparison
    same = [one for one in job.results() if one.scenario.shift_intensity == shift]
    results = sweep(same, among, view_columns(x, y))
    lacking = [a for a in axes if same and bool(np.isnan(results.of(a.column)).all())]
    if same and bool(np.isnan(results.of("accuracy")).all()):
        return [AXES["accuracy"].undefined]
    found = [why_missing(a.column, here) if a.column in METRICS else a.undefined for a in lacking]
    if AXES["fairness"] in lacking:
        reasons = gap_reasons(rows(same, among, frozenset(("gap_not_measurable",))))
        small = excluded_groups(here, among.of_setting(here))
        found.append(small.rstrip(".") or few_words(most_frequent(reasons)))
    return [reason for reason in found if reason]
