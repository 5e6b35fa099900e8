"""Sliders: what a learner moves in a step, as far as its link lets them."""

from collections.abc import Callable
from dataclasses import replace
from html import escape

import streamlit as st

from pages.shared.lesson import route
from pages.shared.lesson.route import Route
from pages.shared.lesson.seats import seats
from tradeoffs.lessons.lesson import Lesson, Seats, Slider, Value
from tradeoffs.scenario import as_text


def sliders(entry: Lesson, here: Route) -> Route:
    """Draw a step's sliders; return where they are now, as the address then says."""
    step = entry.steps[here.step]
    if not step.sliders or here.controls == "hidden":
        return here
    keys = {slider.name: f"{entry.name} {here.step} {slider.name}" for slider in step.sliders}
    # Where the browser went Back, the address has the last word; a slider in use is ahead of it.
    linked = here.linked and all(_rests(key) for key in keys.values())
    moved = {}
    with st.container(key="lesson-controls"):  # side by side, so that the picture stays in sight
        for one, column in zip(
            step.sliders, st.columns(len(step.sliders), gap="large"), strict=True
        ):
            with column:
                moved[one.name] = _slider(entry, here, one, keys[one.name], linked)
    here = replace(here, moved=moved)
    route.write(entry, here)
    return here


def _rests(key: str) -> bool:
    """Say whether a slider is where the last run drew it."""
    return st.session_state.get(key) == st.session_state.get(f"{key} drawn")


def _slider(entry: Lesson, here: Route, slider: Slider, key: str, linked: bool) -> Value:
    start = entry.setting(here.step, here.moved)[slider.name]
    choices = {as_text(choice): choice for choice in slider.choices}  # None is no option of theirs
    draw: Callable = st.select_slider if slider.ordered else st.selectbox
    locked = here.controls == "locked"
    if isinstance(slider, Seats):
        if linked and slider.name in here.moved:
            st.session_state[f"{key} held"] = start
        return seats(slider, key, start, draw, disabled=locked)
    if linked or key not in st.session_state:
        st.session_state[key] = as_text(start)
    value = draw(
        slider.title,
        options=list(choices),
        format_func=lambda text: slider.describe(choices[text]),
        key=key,
        disabled=locked,
    )
    st.session_state[f"{key} drawn"] = value
    if slider.ends:
        st.html(ends_html(*slider.ends))
    return choices[value]


def ends_html(left: str, right: str) -> str:
    """Return what the ends of a slider mean, as HTML; a lesson's words may hold any characters."""
    left, right = escape(left), escape(right)
    return f'<div class="ends"><span>← {left}</span><span>{right} →</span></div>'
