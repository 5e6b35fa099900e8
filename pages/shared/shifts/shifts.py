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
from tradeoffs.data.codebook_words import words
from tradeoffs.data.shifts.compose import DEPLOYMENT, TRAINING, causal_order
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
from tradeoffs.language.translation import say, translate
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
from tradeoffs.report.text import percent
from tradeoffs.report.titles import weighting
from tradeoffs.scenario import Scenario
from tradeoffs.values.fairness.cells import ComparedGroups

if TYPE_CHECKING:
    import pandas as pd

PLACES = ("people", "answer", "table")
MOVED, ALONG, SIDE, TOGETHER = (
    "What moved", "Along the intensity", "Side by side", "Together and alone",
)  # fmt: skip
PARTS = {one: one for one in (MOVED, ALONG, SIDE, TOGETHER)}
DOING = {
    TRAINING: "Training: {arrived} of {total} results are ready.",
    DEPLOYMENT: "Measuring: {arrived} of {total} results are ready.",
}


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
        st.info(say("Pick a shift."))
        return
    part = st.segmented_control(
        say("Part"),
        list(PARTS),
        default=MOVED,
        format_func=lambda one: translate(PARTS[one]),
        required=True,
        key="part",
        label_visibility="collapsed",
    )
    if part == MOVED:
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
        what=say("How the error rate of a reference model changes"),
        meanwhile=say("A reference model is being trained."),
    )
    preload("preload")  # the other parts draw charts


def _pictures(moved: ShiftDiagnostics) -> None:
    st.header(headline(moved))
    st.caption(
        say(
            "{before:,} people before, {after:,} rows after. {weighting}",
            before=moved.rows_before,
            after=moved.rows_after,
            weighting=weighting(moved.scenario, used=False),
        )
    )
    legend(words(BEFORE_AND_AFTER))
    people, features = people_panels(moved), feature_panels(moved)
    declared = declared_panel(moved)
    bars([*people, declared])
    st.markdown(say("### Features, the one that moved most first"))
    bars(features[:SHORT])
    if rest := features[SHORT:]:
        with st.expander(say("{n} more features", n=len(rest))):
            bars(rest)
    st.caption(translate(READING))
    numbers([*people, declared, *features], "what_moved.csv")


def _expert(report: ShiftReport) -> None:
    """Draw what the reference model tells, and all tests and parts for those who want them."""
    st.markdown(loss_sentence(report))
    title = say("For experts: tests, distances and parts of the loss")
    experts = st.expander(title, key="experts", on_change="rerun")
    if experts.open:
        with experts:
            st.markdown("\n".join(f"- {text}" for text in sentences(report)))
            st.dataframe(display_diagnostics(report), hide_index=True)
            st.markdown(say("**Where the reference model's loss comes from**"))
            st.dataframe(display_losses(report), hide_index=True)
            st.caption(translate(LIMITS))


def _models(here: Scenario, part: str) -> None:
    intensity, shifts = strength(here), stated_shifts(here)
    wanted = {
        ALONG: lambda: intensity_grid(here, shifts),
        SIDE: lambda: side_by_side(here, intensity),
        TOGETHER: lambda: alone_and_together(here, shifts),
    }[part]()
    if part == TOGETHER and len(shifts) < 2:
        st.info(say("Pick two shifts or more."))
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
        doing = say(DOING[side(here)], arrived=job.arrived, total=job.total)
        told = queue_position(job) or doing
        st.progress(job.arrived / max(job.total, 1), text=told)
    among = job.comparison
    groups, by = among.of_setting(here), measures(job.results(), among)
    if small := excluded_groups(here, groups):
        st.caption(small)
    if part == ALONG:
        _along(along_table(by, here, stated_shifts(here)), strength(here), groups)
    elif part == SIDE:
        found = side_table(by, here, intensity)
        _side(found)
        st.caption(
            say(
                "Change from no shift, at {intensity} of each, at ε = {epsilon:g} without a "
                "constraint: mean over {seeds} seeds, lowest and highest.",
                intensity=percent(intensity, 0),
                epsilon=here.epsilon,
                seeds=SEEDS,
            )
        )
        _numbers(found, display_side(found), "side_by_side.csv", groups)
    else:
        found = together_table(by, here, stated_shifts(here))
        st.markdown(together_sentence(found))
        _numbers(found, display_together(found), "together.csv", groups)


def _along(table: "pd.DataFrame", intensity: float, groups: ComparedGroups) -> None:
    known = [title for name, title in MEASURES.items() if not all(table[name].isna())]
    if not known:
        st.info(say("Nothing is measurable here yet."))
        return
    chart(
        along_figure(table, intensity),
        key="along",
        text=say(
            "Lines over the intensity of the shifts: {measures}. The numbers are below.",
            measures=", ".join(known),
        ),
        height=180 * len(known) + 120,
    )
    missing = table.loc[table["accuracy"].isna(), "intensity"].unique()
    if len(missing):
        at = ", ".join(percent(t, 0) for t in missing)
        st.caption(say("Not measurable, or not there yet, at {intensities}.", intensities=at))
    _numbers(table, display_along(table), "along.csv", groups)


def _side(table: "pd.DataFrame") -> None:
    known = table.loc[table["accuracy"].notna()]
    if known.empty:
        return
    chart(
        side_figure(known),
        key="side by side",
        text=say(
            "Changes under each of {n} shifts with whiskers. The numbers are below.", n=len(known)
        ),
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
