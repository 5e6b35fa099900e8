"""Origin: the lesson that this tab came from, and the way back to it."""

from collections.abc import Mapping

import streamlit as st

LAST = "last lesson"  # of the session: title and address


def remember(title: str, query: Mapping[str, str]) -> None:
    """Remember the lesson that is open."""
    st.session_state[LAST] = (title, dict(query))


def back() -> None:
    """Draw the way back to the lesson that this tab came from, if it did."""
    if LAST in st.session_state:
        title, query = st.session_state[LAST]
        st.page_link("pages/lesson.py", label=f"← Back to “{title}”", query_params=query)
