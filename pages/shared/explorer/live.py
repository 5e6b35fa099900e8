"""Live results: the process-wide job manager, and the job of this visitor."""

import functools
import uuid
from collections.abc import Callable, Hashable, Iterable, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from pages.shared.kit import visit
from server.hub import HUB
from tradeoffs.attacks.leakage import MembershipInference
from tradeoffs.data.table import Table
from tradeoffs.experiments.comparison import table
from tradeoffs.experiments.designs import SEEDS, baseline, first_training, replicate
from tradeoffs.experiments.plan import reported_attributes, resolve
from tradeoffs.experiments.total_privacy import ComposedLoss, Composition, compose, composition
from tradeoffs.jobs.budget import Visitor
from tradeoffs.jobs.job_cache import of_job
from tradeoffs.jobs.manager import Job, Manager
from tradeoffs.jobs.store import Store
from tradeoffs.jobs.worker import Known, Machine, Person, attack, explain
from tradeoffs.language.translation import say
from tradeoffs.limits import Limits
from tradeoffs.messages.message import Message
from tradeoffs.messages.wording import WORDING
from tradeoffs.report.admissibility import Admissibility, admissibility
from tradeoffs.report.conditional_rates import ConditionalRates, conditional_rates
from tradeoffs.report.control_levels import control_levels
from tradeoffs.report.evaluation_people import decision_matrix, evaluation_people
from tradeoffs.report.group_outcomes import outcomes_table
from tradeoffs.report.group_outcomes import why_unmeasured as pays_unmeasured
from tradeoffs.report.payload import results_of
from tradeoffs.report.titles import favourable
from tradeoffs.report.view import Row
from tradeoffs.scenario import Scenario
from tradeoffs.values.explanations.explanation import ExplanationComparison

if TYPE_CHECKING:
    import pandas as pd

SHADOWS = 64  # models of an attack


@st.cache_resource(show_spinner=False)
def manager() -> Manager:
    """Return the one manager of this server; its worker starts warming up at once."""
    return Manager(Store.here(), machine=Machine.here(), limits=Limits.here(), wake=HUB.wake)


def why_not_ready() -> dict[str, str]:
    """Return why no visitor should be sent to this server, by part; empty if nothing is wrong."""
    by, why = manager(), {}
    if by.state != "ready":
        by.revive()
        why["workers"] = "warming up" if by.state == "starting" else "stopped too often"
    if by.store.why_unwritable():
        why["store"] = "cannot be written: results are kept in memory"
    return why


def close() -> None:
    """Give up what is under way, and close the store with all that has arrived."""
    by = manager()
    by.close()
    by.store.close()


def owner() -> str:
    """Return the name under which this session submits jobs."""
    if "owner" not in st.session_state:
        st.session_state["owner"] = uuid.uuid4().hex
    return st.session_state["owner"]


def payer() -> Visitor:
    """Return whose budget this session's wishes are charged to."""
    return Visitor(session=owner(), address=visit.address())


def ask(function: Callable[..., Any], *arguments: Hashable) -> "Future[Any]":
    """Return the future answer of a worker to this session's question.

    Raises:
        Busy: too much is being asked.
    """
    return manager().ask(function, *arguments, payer=payer())


def submit(scenarios: Iterable[Scenario], *, first: Scenario | None = None) -> Job:
    """Return this session's job for some scenarios; errors are those of `Manager.submit`."""
    return manager().submit(owner(), scenarios, first=first, payer=payer())


def failure(job: Job) -> None:
    """Say why a job failed, with a button that asks for it again."""
    st.error(WORDING.sentence(job.error or Message("training_failed")))
    st.button(say("Try again"), key="job-again", on_click=manager().cancel, args=(owner(),))


def own_table(job: Job, here: Scenario) -> "pd.DataFrame":
    """Return all that was measured of the setting's seeds that are there."""
    return table(job.results_of(here), job.comparison)


@of_job
def composition_on_screen(job: Job, version: int, here: Scenario) -> Composition:
    """Return whom one sees on the screen of a job, at one of its versions."""
    del version
    return composition((result.scenario for result in job.results()), first_training(here))


def composed_loss(shown: Composition) -> "Future[ComposedLoss]":
    """Return the future loss under composition; a worker computes it, so that no page waits."""
    return ask(compose, shown)


def membership_inference(scenario: Scenario) -> "Future[MembershipInference]":
    """Return the future leak of a scenario; Busy if too much is being asked for."""
    return ask(attack, scenario, SHADOWS)


def attack_again(scenario: Scenario) -> None:
    """Let the next `membership_inference` of a scenario begin anew, after a failure."""
    manager().retry(attack, scenario, SHADOWS)


def person_explanation(here: Scenario, person: Person) -> "Future[ExplanationComparison]":
    """Return the future explanation of a person's decision; Busy if too much is being asked."""
    return ask(explain, here, person, _weights(here), SEEDS)


@functools.lru_cache(maxsize=4)
def _weights(here: Scenario) -> Known:
    """Return the stored weights of a setting and its untouched twin, shared by all questions."""
    needed = replicate([here, baseline(here)], SEEDS)
    return tuple(manager().store.weights(resolve(one).model_key for one in needed).items())


@of_job
def group_outcomes(job: Job, version: int, here: Scenario, protected: str) -> list[Row] | None:
    """Return who gains and loses against the untouched model; None while one is not there."""
    found = None if why_no_outcomes(job, here) else _both(job, version, here)
    if found is None:
        return None
    people, now, before = found
    return outcomes_table(people, protected, favourable(here), now, before)


@of_job
def rates_at_equal_levels(
    job: Job, version: int, here: Scenario, column: str, reference: str
) -> ConditionalRates | None:
    """Return the rates of groups within a column's levels; None while there are no decisions."""
    found = None if why_no_outcomes(job, here) else _both(job, version, here)
    if found is None:
        return None
    people, now, _ = found
    levels = control_levels(people, column)
    decided = now if favourable(here) else ~now
    return conditional_rates(people, decided, here.protected, levels, reference)


@of_job
def admissibility_of_job(job: Job, version: int, here: Scenario) -> Admissibility | None:
    """Return what regulations say of a job; None while its own setting has not arrived."""
    del version
    return admissibility(job, here, results_of(job, here))


def why_no_outcomes(job: Job, here: Scenario) -> str:
    """Return why nothing can be told of who pays, in words; empty if it can, or will be."""
    return pays_unmeasured([r for of in (here, baseline(here)) for r in job.results_of(of)])


@of_job
def _both(job: Job, version: int, here: Scenario) -> tuple[Table, np.ndarray, np.ndarray] | None:
    """Return the people, and the decisions of the setting and of its untouched twin."""
    del version
    now, before = (job.decisions_of(of) for of in (here, baseline(here)))
    seeds = sorted(now.keys() & before.keys())
    if not seeds:
        return None
    people = evaluation_people(here)
    return (
        people,
        decision_matrix(now, seeds, people.rows),
        decision_matrix(before, seeds, people.rows),
    )


def attributes(here: Scenario) -> Sequence[str]:
    """Return the setting's attribute and the crossings that divide its groups further."""
    every = reported_attributes(resolve(here).dataset)
    crossings = [name for name in every if here.protected in name.split("*")]
    return tuple(dict.fromkeys([here.protected, *crossings]))
