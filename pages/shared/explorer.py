"""The Explorer's screen: controls, front, cards, and what lies below."""

import streamlit as st

from pages.shared import address, live, own
from pages.shared.channel import follow
from pages.shared.chart import chart
from pages.shared.controls import axes, controls
from pages.shared.details import details
from pages.shared.origin import back
from pages.shared.pays import hundred
from pages.shared.sources import Models
from tradeoffs.errors import TradeoffsError
from tradeoffs.figures.cards import Card
from tradeoffs.figures.groups import left_out
from tradeoffs.figures.view import View
from tradeoffs.figures.words import describe
from tradeoffs.jobs.manager import Job
from tradeoffs.pipeline.sections import cloud, sections
from tradeoffs.scenario import Scenario

HEIGHT = 500  # px, of the chart; style.css has less for phones


def explorer() -> None:
    """Draw the whole screen; moving a control runs only this fragment again."""
    address.arrive()
    back()
    _screen()


@st.fragment
def _screen() -> None:
    """Draw the parts of the screen; style.css places them for the width of the window."""
    values, here = address.possible()
    level = values["level"]
    with st.container(key="screen"):
        with st.container(key="controls"):
            controls(values, here)
            with st.container(key="story" if level == "story" else "charted"):  # for style.css
                address.write(values)
        with st.container(key="axes"):
            for notice in address.notices():
                st.warning(notice)
            for caution in own.cautions(here.dataset):
                st.caption(caution)
            x, y = ("fairness", "accuracy") if level == "story" else axes(values)
        job = _submitted(here)
        if job is None:
            return
        st.fragment(_story if level == "story" else _results)(job, here, x, y)


def _submitted(here: Scenario) -> Job | None:
    try:
        wanted = [*sections(here), *cloud(here)]
        return live.manager().submit(live.owner(), wanted, first=wanted[0])
    except TradeoffsError as refusal:
        with st.container(key="picture"):
            st.warning(str(refusal))
        return None


def _results(job: Job, here: Scenario, x: str, y: str) -> None:
    with st.container(key="picture"):
        found = _found(job, here, x, y)
        if found is not None:
            state = chart(
                found.figure,
                key="front",
                text=_alternative(found.view, found.sentences),
                height=HEIGHT,
            )
            # Not in a callback: what a callback draws takes the place of the page's first element.
            _clicked(job, state.clicked)
    with st.container(key="below"):
        if found is not None:
            _left_out(found, here)
            _cards(found.cards)
            details(found, job, here)


def _clicked(job: Job, told: object) -> None:
    """Name the setting of a point that was clicked; a browser may send anything."""
    number = told[0] if isinstance(told, list) and told else None
    every = [*live.settings(job).values()]
    if isinstance(number, int) and 0 <= number < len(every):
        st.toast(describe(every[number]))


def _story(job: Job, here: Scenario, x: str, y: str) -> None:
    """Draw no chart, only what happens to people."""
    with st.container(key="below"):
        found = _found(job, here, x, y)
        if found is not None:
            st.markdown("\n".join(f"- {sentence}" for sentence in found.sentences[:4]))
            _left_out(found, here)
            table = live.pays(job, job.version, here, here.protected)
            if table is not None:
                hundred(table, here)


def _left_out(found: live.Screen, here: Scenario) -> None:
    """Name the groups that no gap on the screen compares."""
    if small := left_out(here, found.view.groups):
        st.caption(small)


def _found(job: Job, here: Scenario, x: str, y: str) -> live.Screen | None:
    """Return what there is to draw, saying what is being waited for."""
    if job.active:
        follow("models", Models(job, live.manager()))
    if job.state == "dropped":  # nobody looked for a while: ask again
        st.rerun()
    # While models arrive, the axes only widen; when all are there, they fit.
    of = (here.dataset, here.label, here.protected, here.notion, x, y)
    before, kept = st.session_state.get("spans", (None, None))
    found = live.screen(job, job.version, here, x, y, kept if job.active and before == of else None)
    if found is not None:
        st.session_state["spans"] = (of, found.spans)
    _status(job)
    if found is None:
        st.info(_empty(job, here, x, y))
    return found


def _empty(job: Job, here: Scenario, x: str, y: str) -> str:
    """Say why there is nothing to draw."""
    why = live.unmeasured(job, here, x, y)
    if job.active or not job.arrived:
        return "The first models are being trained; the chart appears with them."
    if why:
        return f"No model here has a place on this chart: {'; '.join(why)}."
    return "No setting here has a value on both axes in all of its seeds."


def _status(job: Job) -> None:
    """Say what is being waited for, or what went wrong."""
    for notice in (live.manager().store.notice, job.notice):
        if notice:
            st.warning(notice)
    if job.state == "failed":
        live.failure(job)
        return
    if not job.active:
        st.progress(1.0, text=f"{job.total} models, all trained.")
        return
    worker = live.manager().state
    if worker == "starting":
        told = "The worker is starting, which takes a few seconds. Stored results are shown."
    elif job.position:
        told = f"Waiting for the machine: number {job.position} in line."
    else:
        told = f"Training: {job.arrived} of {job.total} models are there."
    st.progress(job.arrived / max(job.total, 1), text=told)


def _cards(told: list[Card]) -> None:
    with st.container(key="cards"):
        for column, card in zip(st.columns(4), told, strict=False):
            with column:
                st.metric(card.title, card.value)
                if card.change:
                    st.caption(f"{card.change} against no constraint, no privacy")
                st.caption(card.detail)


def _alternative(shown: View, said: list[str]) -> str:
    """Return the chart in words."""
    total, confirmed = len(shown.points), len(shown.front.confirmed)
    return (
        f"Scatter chart of {total} settings by {shown.x.title} and {shown.y.title}; {confirmed} of "
        f"them form the front. {' '.join(said[:3])} The table below has all numbers."
    )
