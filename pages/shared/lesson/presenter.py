"""The presenter's view: for a screen before a class, which guesses by a show of hands."""

from dataclasses import replace

import streamlit as st

from pages.shared.lesson import guesses, route
from pages.shared.lesson.gate import gate
from pages.shared.lesson.keys import keys
from pages.shared.lesson.memory import DECIDED
from pages.shared.lesson.reveal import reveal
from pages.shared.lesson.route import Route
from pages.shared.lesson.sliders import sliders
from pages.shared.lesson.summary import conclusion, discussion
from tradeoffs.language.translation import say
from tradeoffs.lessons.lesson import Lesson


def presenter(entry: Lesson, here: Route) -> None:
    """Draw a step, or the end, of a lesson."""
    asking = guesses.open_step(entry, here.step, shared=True)
    with st.container(key="presenter"):
        st.title(entry.title)
        st.header(route.step_title(entry, here.step))
        if here.step == len(entry.steps):
            conclusion(entry, shared=True)
            st.markdown(f"**{say(DECIDED)}**")
            guesses.offer_choices(entry.answers)
            discussion(entry)
        elif asking is None:
            here = _shown(entry, here)
        elif asking < here.step:
            gate(entry, here, asking)
        else:
            _ask(entry, here)
        if entry.synthetic:
            st.caption(say("Made up: {what}", what=entry.synthetic))
        route.ways(entry, here, onward=asking is None)
        st.button(
            say("Leave the presenter's view"),
            key="leave",
            type="tertiary",
            on_click=route.go,
            args=(entry, replace(here, presenter=False), here.step),
        )
        keys()


def _ask(entry: Lesson, here: Route) -> None:
    step = entry.steps[here.step]
    assert step.prediction is not None
    if here.step == 0:
        st.markdown(f"*{entry.role}* {entry.question}")
    st.markdown(step.text)
    guesses.question(step.prediction)
    guesses.offer(step.prediction, f"class {entry.name} {here.step}")
    st.button(
        say(guesses.SHOW),
        type="primary",
        on_click=guesses.leave_out,
        args=(entry, range(here.step, here.step + 1)),
        kwargs={"shared": True},
    )


def _shown(entry: Lesson, here: Route) -> Route:
    """Draw the chart first, then what moves it, then the words."""
    picture = st.container()
    here = sliders(entry, here)
    with picture:
        reveal(entry, here)
    st.markdown(entry.steps[here.step].text)
    return here
