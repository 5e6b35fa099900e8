"""A page with a line to draw, and one that is locked, for tests in a browser."""

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parents[3]))
from pages.shared.lesson.sketch import sketch

XS = ("0.1", "0.3", "1", "3", "10")

st.session_state.runs = st.session_state.get("runs", 0) + 1
st.title("Sketch demo")
found = sketch("free", XS, 50, 100, "%", "privacy budget", "Accuracy")
st.text(f"drawn {found}, run {st.session_state.runs}")
st.button("Run again")
locked = sketch(
    "held", XS, 0, 1, "", "privacy budget", "Gap", drawn=[0, 0.25, 0.5, 0.75, 1], locked=True
)
st.text(f"held {locked}")
