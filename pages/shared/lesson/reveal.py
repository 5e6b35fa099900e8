"""Reveal: what the models answer, as chart and sentences, beside the guess; drawn as it arrives."""

from typing import TYPE_CHECKING, Any

import streamlit as st

from pages.shared.explorer import live
from pages.shared.kit.channel import follow
from pages.shared.kit.chart import chart
from pages.shared.kit.download import download
from pages.shared.lesson import guesses
from pages.shared.lesson.route import Route
from pages.shared.lesson.step_answer import Answer, answer
from pages.shared.settings.wording import sentence
from tradeoffs.errors import TradeoffsError
from tradeoffs.lessons.lesson import Lesson, StepState, TrainingSource
from tradeoffs.report.groups import excluded_groups_of

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

HEIGHT = {False: 420, True: 560}  # px, of the chart: on the page, in the presenter's view
BELOW = "The table below has the numbers."
NEARNESS = {  # colour and sign of a verdict; its words say it too
    "near": (st.success, ":material/check_circle:"),
    "partly": (st.warning, ":material/adjust:"),
    "far": (st.error, ":material/cancel:"),
    "open": (st.info, ":material/help:"),
}


def reveal(entry: Lesson, here: Route) -> None:
    """Draw the answer at a step's setting; only what is still arriving runs by itself."""
    try:
        setting = entry.setting(here.step, here.moved)
        found = answer(entry.steps[here.step], setting)
    except TradeoffsError as refusal:
        st.warning(sentence(refusal))
        return
    st.fragment(_draw)(entry, here, setting, found)


def _draw(entry: Lesson, here: Route, setting: StepState, found: Answer) -> None:
    if found.coming is not None:
        follow("answer", found.coming)
    now = found.now()
    if now.dropped:
        st.rerun()
    if found.job is not None and found.job.state == "failed":
        live.failure(found.job)
    elif now.error:
        st.warning(now.error)
    if now.waiting:
        st.progress(now.share, text=now.waiting)
    if now.table is not None and len(now.table):
        _draw_table(entry, here, setting, now.table)


def _draw_table(entry: Lesson, here: Route, setting: StepState, table: "pd.DataFrame") -> None:
    step = entry.steps[here.step]
    try:
        told = [claim.describe(claim.of(table, setting)) for claim in step.claims]
        figure = step.figure(table, setting)
    except (KeyError, AttributeError) as missing:  # of a lesson that is being written
        st.warning(
            f"The answer has no {missing}: `tradeoffs lessons check` names the file and line."
        )
        return
    layout: dict[str, Any] = figure.to_dict().get("layout", {})
    with st.container(key="lesson-picture"):
        if here.presenter:  # for presenter.css: what all names downwards need
            st.html(f"<style>:root{{--least:{layout.get('height', 0)}px}}</style>")
        chart(
            figure if here.presenter else _with_guess(figure, entry, here.step),
            key=f"lesson-{entry.name}-{here.step}",
            text=" ".join(["Chart.", *told, *(() if here.presenter else (BELOW,))]),
            height=max(HEIGHT[here.presenter], layout.get("height", 0)),
        )
    meta: dict[str, str] = layout.get("meta") or {}
    captions = (step.look, meta.get("caption"))
    if any(captions):
        st.caption(" ".join(filter(None, captions)))
    if isinstance(step.source, TrainingSource):
        for small in excluded_groups_of(step.source.scenarios(setting), step.source.columns):
            st.caption(small)
    if not here.presenter:
        _verdict(entry, here, setting)
    st.markdown("\n".join(f"- {one}" for one in told))
    if not here.presenter:
        with st.expander("The numbers"):
            shown = step.shown(table, setting)  # not more: the answer may tell what comes later
            st.dataframe(shown, hide_index=True)
            download(shown, f"{entry.name}_{here.step + 1}.csv")


def _with_guess(figure: "go.Figure", entry: Lesson, step: int) -> "go.Figure":
    """Return the figure with the line that the learner drew, where its axis has the same places."""
    found = guesses.hand_drawn_line(entry, step)
    if found is not None and figure.layout.xaxis.type == "category":
        prediction, values = found
        figure.add_scatter(
            x=prediction.xs,
            y=[value / prediction.factor for value in values],
            name="your line",
            uid="guess",
            mode="lines",
            line={"color": "var(--st-text-color)", "dash": "dot", "width": 2},
        )
        figure.update_layout(showlegend=True)
    return figure


def _verdict(entry: Lesson, here: Route, setting: StepState) -> None:
    """Say guess and result, both at the setting that the guess was about."""
    told = guesses.verdict(entry, here.step, setting)
    if told is not None:
        draw, icon = NEARNESS[told.near]
        draw(told.text, icon=icon)
