"""A page whose button takes a while, and says how often it was pressed."""

import time

import streamlit as st

from pages.shared.kit import callbacks

callbacks.protect()


def pressed() -> None:
    """Count, after a while in which the browser says something else."""
    for _ in range(10):
        time.sleep(0.05)
        count = st.session_state.get("count", 0)
    st.session_state["count"] = count + 1


st.button("Press", on_click=pressed)
st.button(f"pressed {st.session_state.get('count', 0)} times")
