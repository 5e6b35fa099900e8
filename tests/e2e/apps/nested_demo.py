"""A page whose fragment grows at each click and ends with a fragment of its own."""

import time

import streamlit as st

from pages.shared.kit import callbacks

callbacks.protect()


def more() -> None:
    """Count."""
    st.session_state["count"] = st.session_state.get("count", 0) + 1


@st.fragment
def inner() -> None:
    """Draw what follows."""
    st.write(f"end of {st.session_state.get('count', 0)}")


@st.fragment
def outer() -> None:
    """Draw a line more for each click, and do not let the browser be told meanwhile."""
    st.button("More", on_click=more)
    time.sleep(0.3)
    for place in range(5 * st.session_state.get("count", 0)):
        st.write(f"line {place}")
    inner()


outer()
