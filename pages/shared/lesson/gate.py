"""Gate: a step that a link leads to may show what earlier ones ask, so they are asked first."""

import streamlit as st

from pages.shared.lesson import guesses, route
from pages.shared.lesson.route import Route
from tradeoffs.language.translation import say
from tradeoffs.lessons.lesson import Lesson


def gate(entry: Lesson, here: Route, asking: int) -> None:
    """Offer to begin with what was not asked yet, or to go on without.

    Args:
        entry: the lesson.
        here: where the learner, or the class, is.
        asking: the first step before it whose guess is neither made nor left out.
    """
    st.markdown(
        say(
            "This step may show the answer to the question of step {step}: “{title}”.",
            step=asking + 1,
            title=entry.steps[asking].title,
        )
    )
    with st.container(horizontal=True):
        st.button(
            say("Begin with step {step}", step=asking + 1),
            type="primary",
            on_click=route.go,
            args=(entry, here, asking),
        )
        st.button(
            say("Go on without guessing"),
            on_click=guesses.leave_out,
            args=(entry, range(here.step)),
            kwargs={"shared": here.presenter},
        )
