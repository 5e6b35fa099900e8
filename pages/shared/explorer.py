"""The Explorer's screen: controls, front, cards, sentences, tables."""

from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from pages.shared import live
from pages.shared.chart import chart
from pages.shared.controls import axes, checked, controls, data_note, refused
from pages.shared.privacy import privacy
from tradeoffs.errors import TradeoffsError
from tradeoffs.figures.cards import Card
from tradeoffs.figures.front import front_table
from tradeoffs.figures.groups import group_table
from tradeoffs.figures.view import View, records, scenario_of
from tradeoffs.figures.words import describe, percent, setting
from tradeoffs.fronts import knee
from tradeoffs.fronts.remarks import REMARKS
from tradeoffs.jobs.manager import Job
from tradeoffs.pipeline.sections import SLIDERS, cloud, sections
from tradeoffs.scenario import Scenario

DETAILS = ("In words", "Table", "Groups", "Privacy", "About")


def explorer() -> None:
    """Draw the whole screen; moving a slider runs only this fragment again."""
    if "refused" not in st.session_state:
        st.session_state["refused"] = refused(st.query_params.to_dict())
    _screen()


@st.fragment
def _screen() -> None:
    left, right = st.columns([0.3, 0.7], gap="large")
    with left:
        here = checked(controls)
    if here is None:
        return
    with right:
        _warn(here)
        x, y = axes()
        job = _submitted(here)
        if job is None:
            return
        # A timer only while something is to come: it ends with the last chunk.
        beat = live.POLL_SECONDS if job.active else None
        st.fragment(_results, run_every=beat)(job, here, x, y, job.active)


def _warn(here: Scenario) -> None:
    """Say what of the link could not be used, until the first move."""
    first = st.session_state.setdefault("first", here)
    if here == first:
        for message in st.session_state["refused"]:
            st.warning(f"In the link, {message}. The default is used instead.")


def _submitted(here: Scenario) -> Job | None:
    try:
        return live.manager().submit(live.owner(), [*sections(here), *cloud(here)], first=here)
    except TradeoffsError as refusal:
        st.warning(str(refusal))
        return None


def _results(job: Job, here: Scenario, x: str, y: str, polled: bool) -> None:
    job.touch()
    if job.state == "dropped":  # nobody looked for a while: ask again
        st.rerun()
    active = job.active
    found = live.screen(job, job.version, here, x, y)
    _status(job)
    if found is None:
        st.info("The first models are being trained; the chart appears with them.")
    else:
        state = chart(
            found.figure,
            key="front",
            text=_alternative(found.view, found.sentences),
            height=500,
        )
        # Not in a callback: what a callback draws takes the place of the page's first element.
        if isinstance(state.clicked, str):
            st.toast(describe(Scenario.from_json(state.clicked)))
        _cards(found.cards)
        _details(found, job, here)
    if polled and not active:
        st.rerun()  # once, to end the timer


def _status(job: Job) -> None:
    """Say what is being waited for, or what went wrong."""
    for notice in (live.manager().store.notice, job.notice):
        if notice:
            st.warning(notice)
    if job.state == "failed":
        st.error(job.error or "The models could not be trained.")
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
    for column, card in zip(st.columns(4), told, strict=False):
        with column:
            st.metric(card.title, card.value)
            if card.change:
                st.caption(f"{card.change} against no constraint, no privacy")
            st.caption(card.detail)


def _details(found: live.Screen, job: Job, here: Scenario) -> None:
    """Draw one of the parts below the chart: the others cost nothing while nobody looks."""
    part = st.segmented_control(
        "Details",
        DETAILS,
        default=DETAILS[0],
        required=True,
        key="details",
        persist_state="session",
        label_visibility="collapsed",
    )
    if part == "Table":
        _table(found.view)
    elif part == "Groups":
        _groups(found.own, here)
    elif part == "Privacy":
        privacy(job, here)
    elif part == "About":
        _about()
    else:
        st.markdown("\n".join(f"- {sentence}" for sentence in found.sentences))


def _about() -> None:
    st.write(data_note())
    st.write(
        "This is a teaching tool: with a displayed seed the noise can be subtracted again, so do "
        "not release these models. Fronts are chosen on one half of the official test file "
        "(select) and everything shown is measured on the other (report)."
    )


def _table(shown: View) -> None:
    numbers = front_table(shown)
    st.caption(_hypervolume(shown))
    named = {field: [setting(field, v) for v in numbers[field]] for field in SLIDERS}
    rules = "\n".join(f"- {remark.name}: {remark.when}." for remark in REMARKS)
    st.dataframe(
        numbers.assign(**named),
        hide_index=True,
        height=320,
        column_config={"remarks": st.column_config.TextColumn(width="medium", help=rules)},
    )
    st.download_button(
        "Download these numbers (CSV)",
        numbers.to_csv(index=False),
        file_name="front.csv",
        mime="text/csv",
        on_click="ignore",
    )
    links = [scenario_of(row, shown.here) for row in records(shown.front.chosen)]
    names = [describe(scenario) for scenario in links]
    picked = st.selectbox(
        "Go to a setting on the front", range(len(names)), format_func=lambda i: names[i]
    )
    if picked is not None:
        st.link_button("Open this setting", f"?{urlencode(_query(links[picked]))}")


def _hypervolume(shown: View) -> str:
    front = shown.front
    if shown.here.shift_intensity:  # its reference is a constant answer to the people as they were
        told = "The hypervolume is not measured under a shift: its reference is without."
        return f"{told}{_bend(shown)}"
    told = f"Hypervolume of the front {front.hypervolume:.3f}"
    if front.interval:
        told += f" (95 % over seeds {front.interval[0]:.3f} to {front.interval[1]:.3f})"
    told += f"; on the rows it was chosen on {front.hypervolume_select:.3f}."
    return f"{told}{_bend(shown)}"


def _bend(shown: View) -> str:
    bend = knee(shown.front)
    if bend.index is None:
        return f" No knee: {bend.reason}."
    at = scenario_of(shown.row(bend.index), shown.here)
    return f" The front bends most at: {describe(at)}."


def _groups(own: pd.DataFrame, here: Scenario) -> None:
    if own.empty:
        st.info("The models at your setting are still being trained.")
        return
    for attribute in live.attributes(here):
        found = group_table(own, here, attribute)
        if found is None:
            continue
        st.markdown(f"**{attribute.replace('*', ' × ')}**")
        st.dataframe(
            pd.DataFrame(
                {
                    "group": found["group"],
                    "people": found["people"],
                    "get the positive decision": found["selected"].map(_rate),
                    "of those it is right for, get it": found["recognised"].map(_rate),
                }
            ),
            hide_index=True,
        )
    st.caption("Mean over seeds, on report. A rate over fewer than 30 people is not measurable.")


def _rate(share: float) -> str:
    return "not measurable" if pd.isna(share) else percent(share)


def _alternative(shown: View, said: list[str]) -> str:
    """Return the chart in words."""
    total, chosen = len(shown.table), len(shown.front.chosen)
    return (
        f"Scatter chart of {total} settings by {shown.x.title} and {shown.y.title}; {chosen} of "
        f"them form the front. {' '.join(said[:3])} The table below has all numbers."
    )


def _query(scenario: Scenario) -> dict[str, str]:
    """Return a setting as the URL of this page writes it."""
    from pages.shared.controls import DEFAULTS, default, options

    query = {}
    for field in DEFAULTS:
        if field in ("x", "y"):
            continue
        value = getattr(scenario, field)
        text = "none" if value is None else f"{value:g}"
        if text != default(field) and text in options(field):
            query[field] = text
    if scenario.seed:
        query["seed"] = str(scenario.seed)
    return query
