"""Live results: the process-wide job manager, and the job of this visitor."""

import functools
import uuid
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from server.hub import HUB
from tradeoffs.attacks.leak import Leak
from tradeoffs.data.derived import derived
from tradeoffs.data.table import Table
from tradeoffs.figures.axis import Spans
from tradeoffs.figures.cards import Card, cards, gap_error, sampling_errors
from tradeoffs.figures.crowd import bits, crowd
from tradeoffs.figures.explanation import why
from tradeoffs.figures.front import front_figure, spans
from tradeoffs.figures.groups import gap_reasons, group_rates, left_out, most_frequent
from tradeoffs.figures.naming import favourable
from tradeoffs.figures.pays import pays_table
from tradeoffs.figures.pays import unmeasured as pays_unmeasured
from tradeoffs.figures.sentences import sentences
from tradeoffs.figures.view import Row, View, measured, view
from tradeoffs.fronts import AXES
from tradeoffs.fronts.replicates import Key
from tradeoffs.fronts.sweep import sweep
from tradeoffs.jobs.manager import Job, Manager
from tradeoffs.jobs.store import Store
from tradeoffs.jobs.worker import Known, Machine, Person, attack, explain
from tradeoffs.pipeline.comparison import Comparison, rows, table
from tradeoffs.pipeline.looking import Looking, Price, looking, price
from tradeoffs.pipeline.resolve import reported, resolve
from tradeoffs.pipeline.sections import SEEDS, first_training, replicated, untouched
from tradeoffs.results import Result, configuration
from tradeoffs.scenario import Scenario
from tradeoffs.values.explanations.catalogue import METRICS
from tradeoffs.values.explanations.explanation import Explained

if TYPE_CHECKING:
    import pandas as pd

EVERY_AXIS = tuple(dict.fromkeys(name for axis in AXES for name in measured(axis, axis)))
SHADOWS = 64  # models of an attack


@st.cache_resource(show_spinner=False)
def manager() -> Manager:
    """Return the one manager of this server; its worker starts warming up at once."""
    return Manager(Store.here(), machine=Machine.here(), wake=HUB.wake)


def owner() -> str:
    """Return the name under which this session submits jobs."""
    if "owner" not in st.session_state:
        st.session_state["owner"] = uuid.uuid4().hex
    return st.session_state["owner"]


def failure(job: Job) -> None:
    """Say why a job failed, with a button that asks for it again."""
    st.error(job.error or "The models could not be trained.")
    if st.button("Try again", key="job-again"):
        manager().cancel(owner())
        st.rerun()


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Screen:
    """What one version of a job looks like; sessions that look alike share it."""

    view: View
    figure: Mapping[str, Any]  # for plotly
    spans: Spans  # of the axes
    cards: list[Card]
    sentences: list[str]


@derived
@functools.lru_cache(maxsize=8)
def screen(
    job: Job, version: int, here: Scenario, x: str, y: str, kept: Spans | None = None
) -> Screen | None:
    """Return the screen of what a job has brought so far; None while there is nothing to draw.

    Args:
        job: of the visitor.
        version: of the job; part of the key, as a job's results grow.
        here: the setting.
        x: objective to the right.
        y: objective upwards.
        kept: what the axes show at least.
    """
    among, decisions = comparison(job), functools.partial(_decisions, job)
    together = among.of_setting(here)
    errors = functools.partial(sampling_errors, together, decisions=decisions)
    results = job.swept(EVERY_AXIS).some(columns=measured(x, y))
    own = [row for row in rows(_seeds(job, here), among) if row["split"] == "report"]
    shown = view(results, own, here, x, y, together, errors)
    if shown is None:
        return None

    told = cards(shown, decisions)
    return Screen(
        view=shown,
        figure=front_figure(shown, numbers(job), kept),
        spans=spans(shown, kept),
        cards=told,
        sentences=sentences(
            shown, told, group_rates(own, here.protected), gap_error(shown, decisions), decisions
        ),
    )


def own_table(job: Job, here: Scenario) -> "pd.DataFrame":
    """Return all that was measured of the setting's seeds that are there."""
    return table(_seeds(job, here), comparison(job))


def unmeasured(job: Job, here: Scenario, x: str, y: str) -> list[str]:
    """Return why none of the models that are there has a place on an axis, in words."""
    axes, shift = (AXES[x], AXES[y]), here.shift_intensity
    same = [one for one in job.results() if one.scenario.shift_intensity == shift]
    results = sweep(same, comparison(job), measured(x, y))
    lacking = [a for a in axes if same and bool(np.isnan(results.of(a.column)).all())]
    if same and bool(np.isnan(results.of("accuracy")).all()):
        return [AXES["accuracy"].undefined]
    found = [why(a.column, here) if a.column in METRICS else a.undefined for a in lacking]
    if AXES["fairness"] in lacking:
        reasons = gap_reasons(rows(same, comparison(job), frozenset(("gap_not_measurable",))))
        small = left_out(here, comparison(job).of_setting(here))
        found.append(small.rstrip(".") or most_frequent(reasons))
    return [reason for reason in found if reason]


@derived
@functools.lru_cache(maxsize=8)
def comparison(job: Job) -> Comparison:
    """Return the tables on which everything that a job brings, sooner or later, is compared."""
    return Comparison.of(job.scenarios)


@derived
@functools.lru_cache(maxsize=8)
def settings(job: Job) -> Mapping[Key, Scenario]:
    """Return the settings that a job is about by their keys, in the order of its scenarios."""
    every = dict.fromkeys(one.configuration() for one in job.scenarios)
    return {tuple(configuration(one).values()): one for one in every}


@derived
@functools.lru_cache(maxsize=8)
def numbers(job: Job) -> Mapping[Key, int]:
    """Return the number of each setting of a job, the same whatever has arrived."""
    return {key: number for number, key in enumerate(settings(job))}


@derived
@functools.lru_cache(maxsize=8)
def _by_setting(job: Job, version: int) -> Mapping[Scenario, list[Result]]:
    """Return the results that are there, by what their seeds share."""
    del version
    found: dict[Scenario, list[Result]] = {}
    for result in job.results():
        found.setdefault(result.scenario.configuration(), []).append(result)
    return found


def _seeds(job: Job, of: Scenario) -> list[Result]:
    """Return the results of a setting's seeds that are there."""
    return _by_setting(job, job.version).get(of.configuration(), [])


@derived
@functools.lru_cache(maxsize=8)
def seen(job: Job, version: int, here: Scenario) -> Looking:
    """Return whom one sees on the screen of a job, at one of its versions."""
    del version
    return looking((result.scenario for result in job.results()), first_training(here))


def priced(shown: Looking) -> "Future[Price]":
    """Return the future price of looking; a worker computes it, so that no page waits."""
    return manager().ask(price, shown)


def attacked(scenario: Scenario) -> "Future[Leak]":
    """Return the future leak of a scenario; Busy if too much is being asked for."""
    return manager().ask(attack, scenario, SHADOWS)


def attack_again(scenario: Scenario) -> None:
    """Let the next `attacked` of a scenario begin anew, after a failure."""
    manager().retry(attack, scenario, SHADOWS)


def explained(here: Scenario, person: Person) -> "Future[Explained]":
    """Return the future explanation of a person's decision; Busy if too much is being asked."""
    return manager().ask(explain, here, person, _weights(here), SEEDS)


@functools.lru_cache(maxsize=4)
def _weights(here: Scenario) -> Known:
    """Return the stored weights of a setting and its untouched twin, shared by all questions."""
    needed = replicated([here, untouched(here)], SEEDS)
    return tuple(manager().store.weights(resolve(one).model_key for one in needed).items())


def _decisions(job: Job, of: Scenario) -> dict[int, bytes]:
    """Return the decisions of a setting's seeds that are there, on report."""
    return job.decisions(_seeds(job, of))


@derived
@functools.lru_cache(maxsize=16)
def pays(job: Job, version: int, here: Scenario, protected: str) -> list[Row] | None:
    """Return who gains and loses against the untouched model; None while one is not there."""
    found = None if not_paid(job, here) else _both(job, version, here)
    if found is None:
        return None
    people, now, before = found
    return pays_table(people, protected, favourable(here), now, before)


def not_paid(job: Job, here: Scenario) -> str:
    """Return why nothing can be told of who pays, in words; empty if it can, or will be."""
    return pays_unmeasured([r for of in (here, untouched(here)) for r in _seeds(job, of)])


@derived
@functools.lru_cache(maxsize=4)
def _both(job: Job, version: int, here: Scenario) -> tuple[Table, np.ndarray, np.ndarray] | None:
    """Return the people, and the decisions of the setting and of its untouched twin."""
    del version
    now, before = (_decisions(job, of) for of in (here, untouched(here)))
    seeds = sorted(now.keys() & before.keys())
    if not seeds:
        return None
    people = crowd(here)
    return people, bits(now, seeds, people.rows), bits(before, seeds, people.rows)


def attributes(here: Scenario) -> Sequence[str]:
    """Return the setting's attribute and the crossings that divide its groups further."""
    every = reported(resolve(here).dataset)
    crossings = [name for name in every if here.protected in name.split("*")]
    return tuple(dict.fromkeys([here.protected, *crossings]))
