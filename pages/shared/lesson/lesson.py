"""A lesson's screen: text, guess, sliders, what models answer, and the summary at the end."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from pages.shared.explorer import live
from pages.shared.kit.channel import follow
from pages.shared.kit.chart import chart
from pages.shared.kit.download import download
from pages.shared.lesson import guesses, route
from pages.shared.lesson.index import missing_tables
from pages.shared.lesson.route import Route
from pages.shared.lesson.seats import seats
from pages.shared.lesson.step_answer import Answer, answer
from pages.shared.lesson.summary import summary
from pages.shared.settings.wording import sentence
from tradeoffs.errors import TradeoffsError
from tradeoffs.lessons.catalogue import LESSONS
from tradeoffs.lessons.lesson import Lesson, Seats, Slider, StepState, TrainingSource, Value
from tradeoffs.report.groups import excluded_groups_of
from tradeoffs.scenario import as_text

if TYPE_CHECKING:
    import plotly.graph_objects as go

HEIGHT = 420  # px, of the chart
SHOW_SHORTCUT = "Down"
STEPS_SHORTCUT = {"back": "Left", "on": "Right"}  # in the presenter's view, which has no sliders


def lesson() -> None:
    """Draw the lesson that the address names, at the step that it says."""
    try:
        entry = LESSONS[st.query_params.get("lesson", "")]
    except TradeoffsError as refusal:
        st.title("Lesson")
        st.warning(sentence(refusal))
        st.page_link("pages/lessons.py", label="All lessons")
        return
    if absent := missing_tables(entry):
        st.title(entry.title)
        st.info(absent)
        return
    here = route.arrive(entry)
    with st.container(key="presenter" if here.presenter else "lesson"):
        _head(entry, here)
        if here.step < len(entry.steps):
            here = _step(entry, here)
        else:
            summary(entry)
        _ways(entry, here)
    if not here.presenter:
        _foot(entry, here)


def _head(entry: Lesson, here: Route) -> None:
    st.title(entry.title)
    if here.step == 0:
        st.markdown(f"*{entry.role}* {entry.question}")
        st.caption(
            f"The paper, section {entry.section}: {entry.claim} About {entry.minutes} minutes, "
            f"{entry.level}."
        )
    if entry.synthetic:
        st.info(f"Made up: {entry.synthetic}")
    total = len(entry.steps)
    told = "What did you see?"
    if here.step < total:
        told = f"{here.step + 1} of {total}: {entry.steps[here.step].title}"
    st.header(told)


def _step(entry: Lesson, here: Route) -> Route:
    """Draw a step; return where the sliders are now."""
    step = entry.steps[here.step]
    st.markdown(step.text)
    if step.prediction is not None and not guesses.is_made(entry, here.step):
        guesses.ask(entry, here.step, SHOW_SHORTCUT if here.presenter else None)
        return here
    if step.sliders and here.controls != "hidden":
        with st.container(key="lesson-controls"):
            moved = {slider.name: _slider(entry, here, slider) for slider in step.sliders}
        here = replace(here, moved=moved)
        route.write(entry, here)
    _answered(entry, here)
    return here


def _answered(entry: Lesson, here: Route) -> None:
    """Draw the answer; only what is still arriving runs by itself."""
    try:
        setting = entry.setting(here.step, here.moved)
        found = answer(entry.steps[here.step], setting)
    except TradeoffsError as refusal:
        st.warning(sentence(refusal))
        return
    st.fragment(_drawn)(entry, here, setting, found)


def _slider(entry: Lesson, here: Route, slider: Slider) -> Value:
    key = f"{entry.name} {here.step} {slider.name}"
    start = entry.setting(here.step, here.moved)[slider.name]
    choices = {as_text(choice): choice for choice in slider.choices}  # None is no option of theirs
    draw: Callable = st.select_slider if slider.ordered else st.selectbox
    if isinstance(slider, Seats):
        return seats(slider, key, start, draw, disabled=here.controls == "locked")
    if key not in st.session_state:
        st.session_state[key] = as_text(start)
    value = draw(
        slider.title,
        options=list(choices),
        format_func=lambda text: slider.describe(choices[text]),
        key=key,
        disabled=here.controls == "locked",
    )
    if slider.ends:
        left, right = slider.ends
        st.html(f'<div class="ends"><span>← {left}</span><span>{right} →</span></div>')
    return choices[value]


def _drawn(entry: Lesson, here: Route, setting: StepState, found: Answer) -> None:
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
    table = now.table
    if table is not None and len(table):
        step = entry.steps[here.step]
        table = step.seen(table, setting)
        told = [claim.describe(claim.of(table, setting)) for claim in step.claims]
        figure = step.figure(table, setting)
        with st.container(key="lesson-picture"):
            chart(
                _with_guess(figure, entry, here.step),
                key=f"lesson-{entry.name}-{here.step}",
                text=f"Chart. {' '.join(told)} The table below has the numbers.",
                height=HEIGHT,
            )
        meta: dict[str, str] = figure.to_dict().get("layout", {}).get("meta") or {}
        captions = (step.look, meta.get("caption"))
        if any(captions):
            st.caption(" ".join(filter(None, captions)))
        if isinstance(step.source, TrainingSource):
            for small in excluded_groups_of(step.source.scenarios(setting), step.source.columns):
                st.caption(small)
        _compared(entry, here)
        st.markdown("\n".join(f"- {sentence}" for sentence in told))
        if not here.presenter:
            with st.expander("The numbers"):
                shown = step.shown(table, setting) if step.shown else table
                st.dataframe(shown, hide_index=True)
                download(table, f"{entry.name}_{here.step + 1}.csv")


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


def _compared(entry: Lesson, here: Route) -> None:
    """Say guess and result, both at the setting that the guess was about."""
    told = guesses.compare(entry, here.step)
    if told:
        st.success(told, icon=":material/compare_arrows:")


def _ways(entry: Lesson, here: Route) -> None:
    """Draw the way back and on; in the presenter's view by the arrow keys too."""
    keys = STEPS_SHORTCUT if here.presenter else {"back": None, "on": None}
    last = len(entry.steps)
    on = "Next →" if here.step < last - 1 else "What did you see? →"
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        for key, label, to in (("back", "← Back", here.step - 1), ("on", on, here.step + 1)):
            if 0 <= to <= last:
                st.button(
                    label,
                    key=key,
                    shortcut=keys[key],
                    type="primary" if key == "on" else "secondary",
                    on_click=route.go,
                    args=(entry, here, to),
                )


def _foot(entry: Lesson, here: Route) -> None:
    """Draw the ways elsewhere: the Explorer at this setting, other lessons, teacher's links."""
    st.divider()
    order = list(LESSONS)
    place = order.index(entry.name)
    with st.container(horizontal=True, key="elsewhere"):
        setting = entry.setting(min(here.step, len(entry.steps) - 1), here.moved)
        st.page_link(
            "app.py",
            label="This setting in the Explorer",
            query_params={"level": "explore", **setting.scenario.to_query()},
        )
        st.page_link("pages/lessons.py", label="All lessons")
        for name, word in ((place - 1, "Previous"), (place + 1, "Next")):
            if 0 <= name < len(order):
                other = LESSONS[order[name]]
                # A link to another address of the same page would leave the browser's as it is.
                st.button(
                    f"{word}: {other.title}",
                    key=f"to {other.name}",
                    type="tertiary",
                    on_click=route.go,
                    args=(other, here, 0),
                )
    with st.expander("For teachers"):
        route.links(entry, here)
