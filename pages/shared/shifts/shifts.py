"""The screen of the page about shifts: choices, diagnostic, models along the intensity."""

from typing import TYPE_CHECKING

import streamlit as st

from pages.shared.explorer import live
from pages.shared.kit.bars import bars, legend, numbers
from pages.shared.kit.channel import follow
from pages.shared.kit.chart import chart, preload
from pages.shared.kit.download import download
from pages.shared.kit.sources import JobSource
from pages.shared.kit.worker_answers import show_answer
from pages.shared.settings.wording import sentence
from pages.shared.shifts.choices import choices, order
from tradeoffs.data.shifts.compose import TRAINING, causal_order
from tradeoffs.errors import InvalidInput, TradeoffsError
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.shift_diagnostics import (
    BEFORE_AND_AFTER,
    ShiftDiagnostics,
    shift_diagnostics,
)
from tradeoffs.experiments.shift_report import ShiftReport, shift_report
from tradeoffs.experiments.shift_sweeps import (
    SEEDS,
    alone_and_together,
    intensity_grid,
    side,
    side_by_side,
    stated_shifts,
    strength,
    trainings,
)
from tradeoffs.jobs.manager import Job
from tradeoffs.report.charts.shift_charts import (
    MEASURES,
    along_figure,
    along_table,
    display_along,
    display_side,
    display_together,
    measures,
    side_figure,
    side_table,
    together_sentence,
    together_table,
)
from tradeoffs.report.groups import excluded_groups, with_groups
from tradeoffs.report.job_status import queue_position
from tradeoffs.report.sentences.shift_headline import headline
from tradeoffs.report.shift_panels import (
    READING,
    SHORT,
    declared_panel,
    feature_panels,
    people_panels,
)
from tradeoffs.report.shift_table import (
    LIMITS,
    display_diagnostics,
    display_losses,
    loss_sentence,
    sentences,
)
from tradeoffs.report.titles import weighting
from tradeoffs.scenario import Scenario
from tradeoffs.values.fairness.cells import ComparedGroups

if TYPE_CHECKING:
    import pandas as pd

PLACES = ("people", "answer", "table")
PARTS = ("What moved", "Along the intensity", "Side by side", "Together and alone")


def shifts() -> None:
    """Draw the whole screen; where things stand is in shifts.css."""
    with st.container(key="shifts"):
        people, answer, table = (st.container(key=f"shifts-{name}") for name in PLACES)
        here = choices(people, table)
        with answer:
            _answer(here)


def _answer(here: Scenario) -> None:
    try:
        resolve(here)
    except InvalidInput as error:
        st.error(sentence(error))
        return
    if not stated_shifts(here):
        st.info("Pick a shift.")
        return
    part = st.segmented_control(
        "Part", PARTS, default=PARTS[0], required=True, key="part", label_visibility="collapsed"
    )
    if part == PARTS[0]:
        _moved(here)
    else:
        st.markdown(order(causal_order(stated_shifts(here))))
        _models(here, str(part))


def _moved(here: Scenario) -> None:
    """Draw what moved at once, and what a reference model loses when a worker has told it."""
    where = side(here)
    try:
        moved = shift_diagnostics(here, where)
        _pictures(moved)
        answer = live.ask(shift_report, here, where)
    except TradeoffsError as refusal:
        st.warning(sentence(refusal))
        return
    show_answer(
        answer,
        _expert,
        what="How the error rate of a reference model changes",
        meanwhile="A reference model is being trained.",
    )
    preload("preload")  # the other parts draw charts


def _pictures(moved: ShiftDiagnostics) -> None:
    st.header(headline(moved))
    st.caption(
        f"{moved.rows_before:,} people before, {moved.rows_after:,} rows after. "
        f"{weighting(moved.scenario, used=False)}"
    )
    legend(BEFORE_AND_AFTER)
    people, features = people_panels(moved), feature_panels(moved)
    declared = declared_panel(moved)
    bars([*people, declared])
    st.markdown("### Features, the one that moved most first")
    bars(features[:SHORT])
    if rest := features[SHORT:]:
        with st.expander(f"{len(rest)} more features"):
            bars(rest)
    st.caption(READING)
    numbers([*people, declared, *features], "what_moved.csv")


def _expert(report: ShiftReport) -> None:
    """Draw what the reference model tells, and all tests and parts for those who want them."""
    st.markdown(loss_sentence(report))
    title = "For experts: tests, distances and parts of the loss"
    experts = st.expander(title, key="experts", on_change="rerun")
    if experts.open:
        with experts:
            st.markdown("\n".join(f"- {text}" for text in sentences(report)))
            st.dataframe(display_diagnostics(report), hide_index=True)
            st.markdown("**Where the reference model's loss comes from**")
            st.dataframe(display_losses(report), hide_index=True)
            st.caption(LIMITS)


def _models(here: Scenario, part: str) -> None:
    intensity, shifts = strength(here), stated_shifts(here)
    wanted = {
        PARTS[1]: lambda: intensity_grid(here, shifts),
        PARTS[2]: lambda: side_by_side(here, intensity),
        PARTS[3]: lambda: alone_and_together(here, shifts),
    }[part]()
    if part == PARTS[3] and len(shifts) < 2:
        st.info("Pick two shifts or more.")
        return
    try:
        job = live.submit(trainings(wanted))
    except TradeoffsError as refusal:
        st.warning(sentence(refusal))
        return
    st.fragment(_measured)(job, here, part, intensity)


def _measured(job: Job, here: Scenario, part: str, intensity: float) -> None:
    if job.active:
        follow("models", JobSource(job, live.manager()))
    if job.state == "dropped":
        st.rerun()
    active = job.active
    if job.state == "failed":
        live.failure(job)
    elif active:
        doing = "Training" if side(here) == TRAINING else "Measuring"
        told = queue_position(job) or f"{doing}: {job.arrived} of {job.total} results are ready."
        st.progress(job.arrived / max(job.total, 1), text=told)
    among = job.comparison
    groups, by = among.of_setting(here), measures(job.results(), among)
    if small := excluded_groups(here, groups):
        st.caption(small)
    if part == PARTS[1]:
        _along(along_table(by, here, stated_shifts(here)), strength(here), groups)
    elif part == PARTS[2]:
        found = side_table(by, here, intensity)
        _side(found)
        st.caption(
            f"Change from no shift, at {100 * intensity:.0f} % of each, at ε = "
            f"{here.epsilon:g} without a constraint: mean over {SEEDS} seeds, lowest and "
            "highest."
        )
        _numbers(found, display_side(found), "side_by_side.csv", groups)
    else:
        found = together_table(by, here, stated_shifts(here))
        st.markdown(together_sentence(found))
        _numbers(found, display_together(found), "together.csv", groups)


def _along(table: "pd.DataFrame", intensity: float, groups: ComparedGroups) -> None:
    known = [title for name, title in MEASURES.items() if not all(table[name].isna())]
    if not known:
        st.info("Nothing is measurable here yet.")
        return
    chart(
        along_figure(table, intensity),
        key="along",
        text=f"Lines over the intensity of the shifts: {', '.join(known)}. The numbers are below.",
        height=180 * len(known) + 120,
    )
    missing = table.loc[table["accuracy"].isna(), "intensity"].unique()
    if len(missing):
        at = ", ".join(f"{100 * t:.0f} %" for t in missing)
        st.caption(f"Not measurable, or not there yet, at {at}.")
    _numbers(table, display_along(table), "along.csv", groups)


def _side(table: "pd.DataFrame") -> None:
    known = table.loc[table["accuracy"].notna()]
    if known.empty:
        return
    chart(
        side_figure(known),
        key="side by side",
        text=f"Changes under each of {len(known)} shifts with whiskers. The numbers are below.",
        height=24 * len(known) + 120,
    )


def _numbers(
    table: "pd.DataFrame", shown: "pd.DataFrame", name: str, groups: ComparedGroups
) -> None:
    """Show a table in words and offer its numbers as a file."""
    if table.empty:
        return
    st.dataframe(shown, hide_index=True)
    download(with_groups(table, groups), name)
