"""The controls of the page Remedies: one for each selection that its level has."""

from collections.abc import Sequence
from contextlib import nullcontext

import streamlit as st

from pages.shared.remedies.address import key, put
from tradeoffs.field import LEVELS
from tradeoffs.language.translation import say
from tradeoffs.report.remedies.selection import Place, Selection, Values
from tradeoffs.report.remedies.selections import SELECTIONS

MOST_BUTTONS = 4  # side by side
SLIDER_WIDTH = 220  # pixels, beside the tabs


def controls(place: Place, values: Values) -> None:
    """Draw the controls that stand at a place."""
    for one in SELECTIONS:
        if one.place == place:
            control(one, values)


def control(one: Selection, values: Values) -> None:
    """Draw the control of a selection, unless there is nothing to choose at this level."""
    if LEVELS.index(one.level) > LEVELS.index(values["level"]) or not one.shown(values):
        return
    options = one.options(values)
    if one.several:
        _several(one, values)
    elif not options:
        put(one.name, values)
        st.text_input(one.label(values), key=key(one.name), help=one.help)
    elif len(options) > 1:
        few = one.place in ("answer", "part") and len(options) <= MOST_BUTTONS
        (_slider if one.ends else buttons if few else _select)(one, values)


def buttons(one: Selection, values: Values, some: Sequence[str] = ()) -> None:
    """Draw a choice as buttons side by side, without its title.

    Args:
        one: the selection.
        values: of all.
        some: of its options; all where none are given.
    """
    put(one.name, values)
    st.segmented_control(
        one.label(values),
        some or one.options(values),
        format_func=lambda option: one.words(option, values),
        required=True,
        key=key(one.name),
        label_visibility="collapsed",
    )


def _slider(one: Selection, values: Values) -> None:
    left, right = one.ends(values) if one.ends else ("", "")
    put(one.name, values)
    beside = one.place == "part"  # it stands in a row, where its ends have to stay below it
    with st.container(width=SLIDER_WIDTH, gap=None) if beside else nullcontext():
        st.select_slider(
            one.label(values),
            options=one.options(values),
            format_func=lambda option: one.words(option, values),
            key=key(one.name),
            help=say("{help} Left: {left}. Right: {right}.", help=one.help, left=left, right=right),
        )
        st.html(f'<div class="ends"><span>← {left}</span><span>{right} →</span></div>')


def _select(one: Selection, values: Values) -> None:
    put(one.name, values)
    st.selectbox(
        one.label(values),
        one.options(values),
        format_func=lambda option: one.words(option, values),
        key=key(one.name),
        help=one.help,
    )


def _several(one: Selection, values: Values) -> None:
    chosen = [part for part in values[one.name].split("+") if part]
    if st.session_state.get(key(one.name)) != chosen:
        st.session_state[key(one.name)] = chosen
    st.multiselect(
        one.label(values),
        one.options(values),
        format_func=lambda option: one.words(option, values),
        key=key(one.name),
        help=one.help,
    )
