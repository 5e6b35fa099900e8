"""A page with every way of using a live chart, for tests in a browser."""

import sys
from pathlib import Path

import numpy as np
import plotly.graph_objects as go
import streamlit as st

sys.path.insert(0, str(Path(__file__).parents[3]))
from pages.shared.kit.chart import chart

UPDATES = 25
SIZES = (2, 8, 16)  # hidden units


def cloud(step: int) -> go.Figure:
    """Points of three series that arrive 8 at a time, and a line through the best."""
    rng = np.random.default_rng(7)
    privacy, noise = rng.uniform(0.1, 8, 8 * UPDATES), rng.normal(0, 0.015, 8 * UPDATES)
    accuracy = 0.74 + 0.1 * (1 - np.exp(-privacy / 1.5)) + noise
    size = rng.integers(0, len(SIZES), privacy.size)
    now = np.arange(privacy.size) < 8 * step
    traces = [
        go.Scatter(
            name=f"{units} hidden units",
            mode="markers",
            x=privacy[now & (size == index)],
            y=accuracy[now & (size == index)],
            customdata=np.flatnonzero(now & (size == index)),
            marker={"size": 9, "opacity": 0.8, "symbol": index},
            hovertemplate="epsilon %{x:.2f}<br>accuracy %{y:.3f}",
        )
        for index, units in enumerate(SIZES)
    ]
    x = np.linspace(0.1, 8, 60)
    line = {"color": "var(--st-text-color/0.6)", "width": 1.5, "dash": "dot"}
    traces.append(go.Scatter(name="expected", mode="lines", x=x, y=0.84 - 0.1 * np.exp(-x / 1.5)))
    traces[-1].update(line=line, hoverinfo="skip")
    figure = go.Figure(traces)
    figure.update_xaxes(
        title="Privacy budget epsilon: more privacy on the left, less privacy on the right"
    )
    return figure.update_yaxes(title="Accuracy on held-out people")


def groups(shift: float, color: str) -> go.Figure:
    """Four named points that move with `shift`."""
    points = go.Scatter(
        name="groups",
        ids=["a", "b", "c", "d"],
        x=np.array([1.0, 2.0, 3.0, 4.0]) * shift,
        y=np.array([1.0, 3.0, 2.0, 4.0]) * shift,
        mode="markers+text",
        text=["young", "old", "rural", "urban"],
        textposition="top center",
        marker={"size": 22, "color": color},
        customdata=["young", "old", "rural", "urban"],
    )
    figure = go.Figure(points, layout={"title": {"text": f"Groups at shift {shift:.1f}"}})
    return figure.update_yaxes(title=f"Rate x {shift:.1f}", range=[0, 9])


def remember(point: int) -> None:
    """Keep all points that the callback got."""
    st.session_state.setdefault("called", []).append(point)


def live() -> None:
    """One tick of the job: draw what is there, and stop the clock after the last."""
    running = st.session_state.get("running", False)
    st.session_state.step = min(st.session_state.get("step", 4) + running, UPDATES)
    state = chart(
        cloud(st.session_state.step),
        key="cloud",
        text=f"{8 * st.session_state.step} models by epsilon and accuracy.",
        height=440,
        on_click=remember,
    )
    if state.clicked is not None:
        st.session_state.clicked = state.clicked
    st.text(f"step {st.session_state.step}, clicked {st.session_state.get('clicked')}")
    st.text(f"callback got {st.session_state.get('called')}.")
    if st.session_state.step == UPDATES and running:
        st.session_state.running = False
        st.rerun()


st.title("Chart demo")
if st.button("Start"):
    st.session_state.update(step=-1, running=True)  # a job begins without any points
st.fragment(live, run_every=0.2 if st.session_state.get("running") else None)()
st.text("working" if st.session_state.get("running") else "at rest")

shift = st.slider("Shift", 0.5, 2.0, 1.0, 0.5)
first, second = st.tabs(["First tab", "Second tab"])
with second:
    color = "var(--st-no-color)" if st.checkbox("Unknown colour") else "var(--st-primary-color)"
    if st.checkbox("Show groups", value=True):
        figure = groups(shift, color)
        chosen = chart(figure, key="groups", text="Four groups.", height=360, on_select=list)
        st.text(f"selected {list(chosen.selected)}")
