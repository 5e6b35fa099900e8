"""The index of lessons, by section of the paper, with time and level."""

from itertools import groupby

import streamlit as st

from pages.shared.lesson.route import link
from tradeoffs.data.catalogue import available_datasets
from tradeoffs.lessons.catalogue import LESSONS
from tradeoffs.lessons.lesson import Lesson

SECTIONS = {
    "2.2": "Resources and values",
    "2.3": "Values, culture and regulation",
    "2.4.1": "Data and values",
    "2.4.2": "Data and resources",
    "2.4.3": "Data, resources and values",
    "3": "Power",
}


def index() -> None:
    """Draw the list."""
    for section, group in groupby(LESSONS.values(), key=lambda one: one.section.split(" ")[0]):
        st.header(f"{section} {SECTIONS.get(section, '')}")
        for one in group:
            with st.container(border=True):
                absent = missing_tables(one)
                link(one, f"**{one.title}**", disabled=bool(absent))
                st.markdown(one.question)
                if absent:
                    st.caption(absent)
                made_up = " · partly made up, and says where" if one.synthetic else ""
                st.caption(f"About {one.minutes} minutes · {one.level}{made_up}")


def missing_tables(lesson: Lesson) -> str:
    """Return which of a lesson's tables are not on offer here, in words; empty if all are."""
    here = {entry.name for entry in available_datasets()}
    absent = [name for name in lesson.tables if name not in here]
    return f"Not here: its table {' and '.join(absent)} is not on offer." if absent else ""
