"""A lesson's screen: text, guess, sliders, what models answer, and the summary at the end."""

import streamlit as st

from pages.shared.kit import language
from pages.shared.kit.chart import preload
from pages.shared.lesson import guesses, memory, route
from pages.shared.lesson.gate import gate
from pages.shared.lesson.level import level_text
from pages.shared.lesson.presenter import presenter
from pages.shared.lesson.reveal import reveal
from pages.shared.lesson.route import Route
from pages.shared.lesson.setting_link import setting_link
from pages.shared.lesson.sliders import sliders
from pages.shared.lesson.summary import summary
from pages.shared.lesson.tables import missing_tables
from pages.shared.room.opening_button import lesson_button
from pages.shared.settings.wording import sentence
from tradeoffs.errors import TradeoffsError
from tradeoffs.language.translation import say
from tradeoffs.lessons.catalogue import LESSONS
from tradeoffs.lessons.lesson import Lesson
from tradeoffs.lessons.lesson_paths import PATHS


def lesson() -> None:
    """Draw the lesson that the address names, at the step that it says."""
    name = st.query_params.get("lesson", "")
    try:
        entry = LESSONS[name]
    except TradeoffsError as refusal:
        st.title(say("Lesson"))
        cannot = say("The lesson {name} cannot be read: {why}.", name=name, why=str(refusal))
        st.warning(cannot if name in LESSONS else sentence(refusal))
        st.page_link("pages/lessons.py", label=say("All lessons"), query_params=language.kept())
        return
    if absent := missing_tables(entry):
        st.title(entry.title)
        st.info(absent)
        return
    here = route.arrive(entry)
    memory.recall(entry, shared=here.presenter)
    (presenter if here.presenter else _page)(entry, here)
    memory.keep(entry, shared=here.presenter)
    preload("preload")  # charts come after the question


def _page(entry: Lesson, here: Route) -> None:
    asking = guesses.open_step(entry, here.step, shared=False)
    _head(entry, here)
    if here.step == len(entry.steps):
        summary(entry)
    elif asking is None:
        st.markdown(entry.steps[here.step].text)
        here = sliders(entry, here)
        reveal(entry, here)
    elif asking < here.step:
        gate(entry, here, asking)
    else:
        st.markdown(entry.steps[here.step].text)
        guesses.ask(entry, here.step)
    route.ways(entry, here, onward=asking is None)
    _foot(entry, here, shown=asking is None)


def _head(entry: Lesson, here: Route) -> None:
    st.title(entry.title)
    if here.path:
        path = PATHS[here.path]
        place = path.lessons.index(entry.name) + 1
        st.caption(
            say(
                "{path}: lesson {place} of {all}",
                path=path.title,
                place=place,
                all=len(path.lessons),
            )
        )
    if here.step == 0:
        st.markdown(f"*{entry.role}* {entry.question}")
        st.caption(
            say(
                "About {minutes} minutes, {level}, on {sections} of the paper.",
                minutes=entry.minutes,
                level=level_text(entry),
                sections=entry.sections,
            )
        )
    if entry.synthetic:
        st.info(say("Made up: {what}", what=entry.synthetic))
    st.header(route.step_title(entry, here.step))


def _foot(entry: Lesson, here: Route, *, shown: bool) -> None:
    """Draw the ways elsewhere: this setting, other lessons, teacher's links."""
    st.divider()
    with st.container(horizontal=True, vertical_alignment="center", key="elsewhere"):
        if shown:  # that page draws what is asked
            setting = entry.setting(min(here.step, len(entry.steps) - 1), here.moved)
            link = setting_link(setting.scenario)
            st.page_link(link.page, label=link.label, query_params=language.kept(link.query))
        st.page_link("pages/lessons.py", label=say("All lessons"), query_params=language.kept())
        _neighbours(entry, here)
        if memory.holds(entry):
            st.button(
                say("Delete my answers here"),
                key="forget",
                type="tertiary",
                on_click=memory.forget,
                args=(entry,),
            )
    with st.expander(say("For teachers")):
        lesson_button(entry)
        route.links(entry, here)


def _neighbours(entry: Lesson, here: Route) -> None:
    """Draw the ways to the lessons before and after, on the path if there is one."""
    order = PATHS[here.path].lessons if here.path else tuple(LESSONS)
    place, ended = order.index(entry.name), here.step == len(entry.steps)
    for at, following in ((place - 1, False), (place + 1, True)):
        other = LESSONS.get(order[at]) if 0 <= at < len(order) else None
        if other is not None:
            onward = following and ended and here.path
            # A link to another address of the same page would leave the browser's as it is.
            st.button(
                say("Next: {title}", title=other.title)
                if following
                else say("Previous: {title}", title=other.title),
                key=f"to {other.name}",
                type="primary" if onward else "tertiary",
                on_click=route.go,
                args=(other, here, 0),
            )
