"""The parts below the chart; only the one that is looked at is drawn."""

import streamlit as st

from pages.shared import live
from pages.shared.explanation import explanation
from pages.shared.numbers import numbers
from pages.shared.pays import pays
from pages.shared.person import person
from pages.shared.privacy import privacy
from tradeoffs.data.catalogue import dataset
from tradeoffs.jobs.job import Job
from tradeoffs.scenario import Scenario

PARTS = ("In words", "Who pays", "Privacy", "Explanation", "Table", "About")


def details(found: live.Screen, job: Job, here: Scenario) -> None:
    """Draw the chosen part: the others cost nothing while nobody looks."""
    part = st.segmented_control(
        "Details",
        PARTS,
        default=PARTS[0],
        required=True,
        key="details",
        persist_state="session",
        label_visibility="collapsed",
    )
    if part == "Who pays":
        pays(job, here)
    elif part == "Privacy":
        privacy(job, here)
    elif part == "Explanation":
        explanation(live.own_table(job, here), here)
        person(job, here)
    elif part == "Table":
        numbers(found.view)
    elif part == "About":
        _about(here)
    else:
        st.markdown("\n".join(f"- {sentence}" for sentence in found.sentences))


def _about(here: Scenario) -> None:
    st.write(dataset(here.dataset).help)
    st.write(
        "This is a teaching tool: with a displayed seed the noise can be subtracted again, so do "
        "not release these models. Fronts are chosen on one half of the test rows (select) and "
        "everything shown is measured on the other (report)."
    )
