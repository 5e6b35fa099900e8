"""Reveal: what the models answer, as chart and sentences, beside the guess; drawn as it arrives."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

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
from tradeoffs.language.translation import mark, say
from tradeoffs.lessons.lesson import Lesson, Step, StepState, TrainingSource
from tradeoffs.report.groups import excluded_groups_of

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

HEIGHT = {False: 420, True: 560}  # px, of the chart: on the page, in the presenter's view
BELOW = mark("The table below has the numbers.")
NEARNESS = {  # colour and sign of a verdict; its words say it too
    "near": (st.success, ":material/check_circle:"),
    "partly": (st.warning, ":material/adjust:"),
    "far": (st.error, ":material/cancel:"),
    "open": (st.info, ":material/help:"),
}


class Beside(Protocol):
    """What was guessed, as it stands beside an answer."""

    def figure(self, figure: "go.Figure", table: "pd.DataFrame") -> "go.Figure":
        """Return the figure of the answer with what was guessed."""
        ...

    def tell(self, table: "pd.DataFrame") -> None:
        """Say how what was guessed compares: above the figure before a class, else below."""
        ...


def reveal(entry: Lesson, here: Route, beside: Beside | None = None) -> None:
    """Draw the answer at a step's setting; only what is still arriving runs by itself.

    Args:
        entry: the lesson.
        here: where the learner, or the class, is.
        beside: what a room guessed; else a learner's own guess, outside of the presenter's view.
    """
    try:
        setting = entry.setting(here.step, here.moved)
        found = answer(entry.steps[here.step], setting)
    except TradeoffsError as refusal:
        st.warning(sentence(refusal))
        return
    if beside is None and not here.presenter:
        beside = OwnGuess(entry=entry, step=here.step, moved=setting)
    st.fragment(_draw)(entry, here, setting, found, beside)


def _draw(
    entry: Lesson, here: Route, setting: StepState, found: Answer, beside: Beside | None
) -> None:
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
        _draw_table(entry, here, setting, now.table, beside)


def _draw_table(
    entry: Lesson, here: Route, setting: StepState, table: "pd.DataFrame", beside: Beside | None
) -> None:
    step = entry.steps[here.step]
    try:
        told = [claim.describe(claim.of(table, setting)) for claim in step.claims]
        figure = step.figure(table, setting)
        figure = beside.figure(figure, table) if beside else figure
    except (KeyError, AttributeError) as missing:  # of a lesson that is being written
        st.warning(
            say(
                "The answer has no {missing}: `tradeoffs lessons check` names the file and line.",
                missing=str(missing),
            )
        )
        return
    if beside and here.presenter:
        beside.tell(table)
    layout: dict[str, Any] = figure.to_dict().get("layout", {})
    with st.container(key="lesson-picture"):
        if here.presenter:  # for presenter.css: what all names downwards need
            st.html(f"<style>:root{{--least:{layout.get('height', 0)}px}}</style>")
        chart(
            figure,
            key=f"lesson-{entry.name}-{here.step}",
            text=" ".join([say("Chart."), *told, *(() if here.presenter else (say(BELOW),))]),
            height=max(HEIGHT[here.presenter], layout.get("height", 0)),
        )
    meta: dict[str, str] = layout.get("meta") or {}
    captions = (_look(step, here), meta.get("caption"))
    if any(captions):
        st.caption(" ".join(filter(None, captions)))
    if isinstance(step.source, TrainingSource):
        for small in excluded_groups_of(step.source.scenarios(setting), step.source.columns):
            st.caption(small)
    if beside and not here.presenter:
        beside.tell(table)
    st.markdown("\n".join(f"- {one}" for one in told))
    if not here.presenter:
        with st.expander(say("The numbers")):
            shown = step.shown(table, setting)  # not more: the answer may tell what comes later
            st.dataframe(shown, hide_index=True)
            download(shown, f"{entry.name}_{here.step + 1}.csv")


def _look(step: Step, here: Route) -> str:
    """Return what to look at; nothing where it may ask to move a slider that is hidden."""
    return "" if step.sliders and here.controls == "hidden" else step.look


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnGuess:
    """What a learner guessed at a step; `moved` is where the sliders are now."""

    entry: Lesson
    step: int
    moved: StepState

    def figure(self, figure: "go.Figure", table: "pd.DataFrame") -> "go.Figure":
        """Return the figure with the line that was drawn, where its axis has the same places."""
        del table
        found = guesses.hand_drawn_line(self.entry, self.step)
        if found is not None and figure.layout.xaxis.type == "category":
            prediction, values = found
            figure.add_scatter(
                x=prediction.xs,
                y=[value / prediction.factor for value in values],
                name=say("your line"),
                uid="guess",
                mode="lines",
                line={"color": "var(--st-text-color)", "dash": "dot", "width": 2},
            )
            figure.update_layout(showlegend=True)
        return figure

    def tell(self, table: "pd.DataFrame") -> None:
        """Say guess and result, both at the setting that the guess was about."""
        del table
        told = guesses.verdict(self.entry, self.step, self.moved)
        if told is not None:
            draw, icon = NEARNESS[told.near]
            draw(told.text, icon=icon)
