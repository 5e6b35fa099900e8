"""The screen of the page about shifts: choices, diagnostic, models along the intensity."""

from concurrent.futures import Future

import pandas as pd
import streamlit as st

from pages.shared import live
from pages.shared.chart import chart
from pages.shared.download import download
from pages.shared.own import cautions, tables
from tradeoffs.data.catalogue import dataset
from tradeoffs.data.shifts.catalogue import SHIFTS, shift, titled
from tradeoffs.data.shifts.compose import Applied, ordered
from tradeoffs.data.shifts.compose import offered as shifts_offered
from tradeoffs.errors import InvalidInput, TradeoffsError
from tradeoffs.figures.shifted import LIMITS, losses_table, parts_table, sentences
from tradeoffs.figures.shifting import (
    MEASURES,
    along_figure,
    along_table,
    measures,
    side_table,
    together_sentence,
    together_table,
)
from tradeoffs.jobs.manager import Job
from tradeoffs.pipeline.fitting import fitting
from tradeoffs.pipeline.resolve import reported, resolve
from tradeoffs.pipeline.shifted import Shifted, shifted
from tradeoffs.pipeline.shifting import SEEDS, along, apart, replicated, side_by_side
from tradeoffs.scenario import Scenario

STEPS = (0.25, 0.5, 0.75, 1.0)
PARTS = ("What moved", "Along the intensity", "Side by side", "Together and alone")
BEAT_SECONDS = 0.3  # while a worker is at work
FIRST = "demographic"


def shifts() -> None:
    """Draw the whole screen."""
    left, right = st.columns([0.3, 0.7], gap="large")
    with left:
        here = _controls()
    with right:
        try:
            resolve(here)
        except InvalidInput as error:
            st.error(str(error))
            return
        if not here.other_shifts:
            st.info("Pick a shift.")
            return
        _order(here.other_shifts)
        part = st.segmented_control(
            "Part", PARTS, default=PARTS[0], required=True, key="part", label_visibility="collapsed"
        )
        if part == PARTS[0]:
            _diagnostic(here)
        else:
            _models(here, str(part))


def _controls() -> Scenario:
    """Draw the choices; they begin with those of the link and are written to it."""
    linked = _linked()
    names = tables()
    name = st.selectbox(
        "Table", names, index=_place(names, linked.dataset), format_func=lambda n: dataset(n).title
    )
    entry = dataset(name)
    for caution in cautions(name):
        st.caption(caution)
    label = st.selectbox(
        "Predicted",
        entry.labels,
        index=_place(entry.labels, linked.label),
        format_func=lambda one: entry.label(one).title,
        key=f"label of {name}",
    )
    groups = reported(entry)
    protected = st.selectbox(
        "Groups by",
        groups,
        index=_place(groups, linked.protected),
        key=f"groups of {name}",
    )
    book = entry.codebook
    choices = shifts_offered("deployment", book, entry.label(label), protected, False)
    stated = dict(linked.other_shifts)
    picked = st.multiselect(
        "Shifts",
        choices,
        default=[one for one in stated if one in choices],
        format_func=titled,
        key=f"shifts of {name} {label} {protected}",
        help="Several are composed in causal order: selection first, measurement last.",
    )
    chosen: list[Applied] = []
    for one in picked:
        chosen.append((one, _intensity(one, stated.get(one, 0.5))))
        st.caption(f"{shift(one).help} Stays: {shift(one).invariant}.")
    here = Scenario().but(
        dataset=name,
        label=label,
        protected=protected,
        rows=min(Scenario().rows, entry.label(label).train_rows),
        other_shifts=chosen,
    )
    st.query_params.from_dict(here.to_query())
    with st.expander("Sources and limits"):
        for one in dict.fromkeys(shift(name) for name in picked or SHIFTS):
            st.markdown(f"**{one.title}** ({one.family}). {one.limits} *{one.source}.*")
    st.page_link("app.py", label="To the Explorer")
    return here


def _intensity(name: str, value: float) -> float:
    return st.select_slider(
        f"Intensity of {titled(name)}",
        STEPS,
        value=value if value in STEPS else 0.5,
        format_func=lambda t: f"{100 * t:.0f} %",
        key=f"intensity of {name}",
    )


def _place(choices: tuple[str, ...], value: str) -> int:
    return choices.index(value) if value in choices else 0


def _linked() -> Scenario:
    """Return the setting that the page was opened with."""
    if "opened" not in st.session_state:
        query = {k: v for k, v in st.query_params.to_dict().items() if k in Scenario.model_fields}
        try:
            asked = Scenario.from_query(query) if query else Scenario.of(other_shifts=f"{FIRST}:1")
            st.session_state["opened"], _ = fitting(asked)
        except InvalidInput as error:
            st.warning(f"In the link, {error}. The default is used instead.")
            st.session_state["opened"] = Scenario.of(other_shifts=f"{FIRST}:1")
    return st.session_state["opened"]


def _order(stated: tuple[Applied, ...]) -> None:
    parts = [f"{titled(name)} ({100 * t:.0f} %)" for name, t in ordered(stated)]
    st.markdown(f"In this order: **{' → '.join(parts)}**")


def _diagnostic(here: Scenario) -> None:
    try:
        answer = live.manager().ask(shifted, here)
    except TradeoffsError as refusal:
        st.warning(str(refusal))
        return
    waiting = not answer.done()
    st.fragment(_told, run_every=BEAT_SECONDS if waiting else None)(answer, waiting)


def _told(answer: "Future[Shifted]", polled: bool) -> None:
    if not answer.done():
        st.caption("The tables are being compared.")
        return
    if polled:
        st.rerun()
    if (error := answer.exception()) is not None:
        told = str(error) if isinstance(error, TradeoffsError) else "the worker stopped"
        st.warning(f"Not measurable: {told}.")
        return
    report = answer.result()
    st.markdown("\n".join(f"- {text}" for text in sentences(report)))
    st.dataframe(parts_table(report), hide_index=True)
    st.markdown("**Where the reference model's loss comes from**")
    st.dataframe(losses_table(report), hide_index=True)
    st.caption(LIMITS)


def _models(here: Scenario, part: str) -> None:
    intensity = max(t for _, t in here.other_shifts)
    wanted = {
        PARTS[1]: lambda: along(here, here.other_shifts),
        PARTS[2]: lambda: side_by_side(here, intensity),
        PARTS[3]: lambda: apart(here, here.other_shifts),
    }[part]()
    if part == PARTS[3] and len(here.other_shifts) < 2:
        st.info("Pick two shifts or more.")
        return
    try:
        job = live.manager().submit(live.owner(), replicated(wanted))
    except TradeoffsError as refusal:
        st.warning(str(refusal))
        return
    beat = live.POLL_SECONDS if job.active else None
    st.fragment(_measured, run_every=beat)(job, here, part, intensity, job.active)


def _measured(job: Job, here: Scenario, part: str, intensity: float, polled: bool) -> None:
    job.touch()
    if job.state == "dropped":
        st.rerun()
    active = job.active
    if job.state == "failed":
        st.error(job.error or "The models could not be measured.")
    elif active:
        told = f"{job.arrived} of {job.total} results are there."
        st.progress(job.arrived / max(job.total, 1), text=told)
    by = measures(job.results())
    if part == PARTS[1]:
        _along(along_table(by, here, here.other_shifts))
    elif part == PARTS[2]:
        st.caption(
            f"Change from no shift at {100 * intensity:.0f} % of each, at ε = {here.epsilon:g} "
            f"without a constraint: mean over {SEEDS} seeds, lowest and highest."
        )
        _numbers(side_table(by, here, intensity), "side_by_side.csv")
    else:
        found = together_table(by, here, here.other_shifts)
        st.markdown(together_sentence(found))
        _numbers(found, "together.csv")
    if polled and not active:
        st.rerun()


def _along(table: pd.DataFrame) -> None:
    known = [title for name, title in MEASURES.items() if not all(table[name].isna())]
    if not known:
        st.info("Nothing is measurable here yet.")
        return
    chart(
        along_figure(table),
        key="along",
        text=f"Lines over the intensity of the shifts: {', '.join(known)}. Numbers stand below.",
        height=180 * len(known) + 120,
    )
    missing = table.loc[table["accuracy"].isna(), "intensity"].unique()
    if len(missing):
        at = ", ".join(f"{100 * t:.0f} %" for t in missing)
        st.caption(f"Not measurable, or not there yet, at {at}.")
    _numbers(table, "along.csv")


def _numbers(table: pd.DataFrame, name: str) -> None:
    if table.empty:
        return
    st.dataframe(table, hide_index=True)
    download(table, name)
