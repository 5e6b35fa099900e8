"""Composition: what whoever looks at all ways at home is promised about the people there."""

from functools import partial

import streamlit as st

from pages.shared.explorer import live
from pages.shared.kit.worker_answers import show_answer
from pages.shared.remedies.source import PanelSource
from tradeoffs.experiments.total_privacy import ComposedLoss, Composition, composition
from tradeoffs.jobs.job import Job
from tradeoffs.jobs.job_cache import of_job
from tradeoffs.language.translation import say
from tradeoffs.report.composition_table import composition_at_home


def describe_composition(shown: PanelSource) -> None:
    """Draw it below the ways; where somebody promises something, a worker computes how much."""
    seen, home = _seen(shown.job), shown.look.here.home
    if not seen.promised:
        st.caption(composition_at_home(seen, None, home))
        return
    show_answer(
        live.composed_loss(seen),
        partial(_describe, seen, home),
        what=say("Privacy budget spent in total"),
        meanwhile=say("The privacy budget spent in total is being computed."),
    )


def _describe(seen: Composition, home: str, price: ComposedLoss) -> None:
    st.caption(composition_at_home(seen, price.together, home))


@of_job
def _seen(job: Job) -> Composition:
    """Return all models that a job shows, whether or not they have arrived."""
    return composition(job.scenarios)
