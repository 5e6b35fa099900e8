"""Origin: the lesson that this tab came from, and the way back to it."""

from collections.abc import Mapping

import streamlit as st

LAST = "last lesson"  # of the session: name, title and address


def remember(name: str, title: str, query: Mapping[str, str]) -> None:
    """Remember the lesson that is open."""
    st.session_state[LAST] = (name, title, dict(query))


def back() -> None:
    """Draw the way back to the lesson that this tab came from, if it did."""
    if LAST in st.session_state:
        name, title, query = st.session_state[LAST]
        st.page_link(f"pages/{name}.py", label=f"← Back to “{title}”", query_params=query)
