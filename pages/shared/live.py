"""Live results: the process-wide job manager, and the job of this visitor."""

import functools
import uuid
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from tradeoffs.figures.view import CONFIGURATION, MEASURED, View, view
from tradeoffs.jobs.executor import chosen
from tradeoffs.jobs.manager import Job, Manager
from tradeoffs.jobs.store import Store
from tradeoffs.paths import local_store
from tradeoffs.pipeline.resolve import reported, resolve
from tradeoffs.results import table
from tradeoffs.scenario import Scenario

DRAWN = frozenset(
    (*CONFIGURATION, "seed", "split", *MEASURED, "sigma", "sigma_gradient", "sigma_counts")
)
POLL_SECONDS = 0.25


@st.cache_resource(show_spinner=False)
def manager() -> Manager:
    """Return the one manager of this server; its worker starts warming up at once."""
    return Manager(Store(local_store()), chosen())


def owner() -> str:
    """Return the name under which this session submits jobs."""
    if "owner" not in st.session_state:
        st.session_state["owner"] = uuid.uuid4().hex
    return st.session_state["owner"]


@functools.lru_cache(maxsize=32)
def _table(job: Job, version: int) -> pd.DataFrame:
    del version  # part of the key: a job's results grow
    return table(
        ((r, resolve(r.scenario).notion.metric) for r in job.results()),
        only=DRAWN,
    )


@functools.lru_cache(maxsize=32)
def shown(job: Job, version: int, here: Scenario, x: str, y: str) -> View | None:
    """Return the view of what a job has brought so far; sessions that look alike share it."""
    return view(_table(job, version), here, x, y)


def own_rows(job: Job, here: Scenario) -> pd.DataFrame:
    """Return the complete rows, counts of groups included, of the setting's seeds."""
    setting = here.configuration()
    own = [r for r in job.results() if r.scenario.configuration() == setting]
    return table((r, resolve(r.scenario).notion.metric) for r in own)


def decisions(job: Job, of: Scenario) -> list[bytes]:
    """Return the decisions on report of a setting's seeds that are there."""
    setting = of.configuration()
    return [
        r.measurement.decisions for r in job.results() if r.scenario.configuration() == setting
    ]


def attributes(here: Scenario) -> Sequence[str]:
    """Return the attributes and crossings whose groups are reported."""
    return reported(resolve(here).dataset)
