"""Origin: the lesson that this tab came from, and the way back to it."""

from collections.abc import Mapping

import streamlit as st

from pages.shared.kit import language
from tradeoffs.language.translation import say
from tradeoffs.lessons.catalogue import LESSONS

LAST = "last lesson"  # of the session: name and address


def remember(name: str, query: Mapping[str, str]) -> None:
    """Remember the lesson that is open."""
    st.session_state[LAST] = (name, dict(query))


def back() -> None:
    """Draw the way back to the lesson that this tab came from, if it did."""
    if LAST in st.session_state:
        name, query = st.session_state[LAST]
        label = say("← Back to “{title}”", title=LESSONS[name].title)
        st.page_link("pages/lesson.py", label=label, query_params=language.kept(query))
