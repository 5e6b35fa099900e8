"""One person: a composite, their answers to change, and the decision explained."""

from functools import partial

import streamlit as st

from pages.shared.explorer import live
from pages.shared.kit.chart import chart
from pages.shared.kit.download import download
from pages.shared.kit.worker_answers import show_answer
from pages.shared.settings.wording import sentence
from tradeoffs.data.cases import Case, load_cases
from tradeoffs.data.cases import person as coded
from tradeoffs.data.catalogue import dataset
from tradeoffs.errors import TradeoffsError
from tradeoffs.jobs.job import Job
from tradeoffs.jobs.worker import Person
from tradeoffs.language.translation import say
from tradeoffs.report.local_explanation import (
    attribution_figure,
    attribution_table,
    display_table,
    figure_height,
    sentences,
)
from tradeoffs.scenario import Scenario
from tradeoffs.values.explanations.explanation import ExplanationComparison


def person(job: Job, here: Scenario) -> None:
    """Draw the choice of a person, and the explanation once all models are there."""
    st.markdown(say("**How is one person's decision made?**"))
    cases = load_cases(here.dataset).cases
    if not cases:
        st.caption(say("There are no example persons for this table."))
        return
    case = st.selectbox(
        say("Composite person"),
        cases,
        format_func=lambda case: f"{case.title[0].upper()}{case.title[1:]}",
        key=f"case-{here.dataset}",
    )
    st.caption(say("Written by hand from typical answers: a made-up example, never a real record."))
    asked = _answers(here, case)
    if job.active:
        st.caption(say("The decision is explained once all models are trained."))
        return
    try:
        answer = live.person_explanation(here, asked)
    except TradeoffsError as refusal:
        st.warning(sentence(refusal))
        return
    show_answer(
        answer,
        partial(_drawn, here=here),
        what=say("The explanation"),
        meanwhile=say("The decision is being explained."),
    )


def _answers(here: Scenario, case: Case) -> Person:
    """Draw a select box for each answer of a person, and return the chosen bins."""
    own = coded(here.dataset, case.values)
    chosen: list[tuple[str, int]] = []
    with st.expander(say("Change this person's answers"), key="person"):
        columns = st.columns(2)
        for place, feature in enumerate(dataset(here.dataset).codebook.features):
            words = feature.bins
            with columns[place % 2]:
                bin_ = st.selectbox(
                    feature.title,
                    range(len(words)),
                    index=own[feature.name],
                    format_func=words.__getitem__,
                    key=f"answer-{here.dataset}-{case.name}-{feature.name}",
                )
            chosen.append((feature.name, bin_))
    return tuple(chosen)


def _drawn(found: ExplanationComparison, here: Scenario) -> None:
    lines = sentences(found, here)
    st.markdown("\n".join(f"- {line}" for line in lines))
    table = attribution_table(found)
    chart(
        attribution_figure(found, here),
        key="attributions",
        text=say(
            "Bar chart of what each of {n} features adds to the log-odds. {first}",
            n=len(table),
            first=lines[0],
        ),
        height=figure_height(len(table)),
    )
    st.caption(
        say(
            "What each answer adds to the log-odds, compared with the average person of the "
            "test rows; lines run from the lowest to the highest value of the training runs."
        )
    )
    st.dataframe(display_table(table), hide_index=True)
    download(table, "explanation.csv", say("Download this explanation"))
