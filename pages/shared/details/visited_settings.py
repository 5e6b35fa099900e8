"""Visited: the settings that were looked at in this session as a table, and a way to each."""

import streamlit as st

from pages.shared.explorer.screen import Screen
from pages.shared.explorer.visits import Values, values, visits
from pages.shared.settings.address import go
from pages.shared.settings.fields import values_of
from tradeoffs.fronts import OBJECTIVES
from tradeoffs.language.translation import mark, say
from tradeoffs.report.points import what_differs
from tradeoffs.scenario import Scenario

ABSENT = mark("not all models were trained")


def visited_settings(shown: Screen) -> None:
    """Draw the table, the newest first, and the choice of one to go to."""
    found = {**visits(), shown.here: values(shown)}  # in its place among them
    st.dataframe([_row(one, told) for one, told in found.items()], hide_index=True)
    st.caption(
        say(
            "Settings are described by their differences from the default one; values are those "
            "that the screen showed."
        )
    )
    if others := [one for one in found if one != shown.here]:
        _way(others)


def _row(one: Scenario, told: Values) -> dict[str, str]:
    cells = {axis.title: told.get(name, say(ABSENT)) for name, axis in OBJECTIVES.items()}
    return {say("Setting"): _words(one), **cells}


def _words(one: Scenario) -> str:
    return what_differs(one, Scenario()) or say("the default setting")


def _way(others: list[Scenario]) -> None:
    picked = st.selectbox(
        say("Go to a setting"),
        range(len(others)),
        format_func=lambda number: _words(others[number]),
    )
    there = None if picked is None else values_of(others[picked], st.session_state["setting"])
    if st.button(
        say("Go there"), disabled=there is None, on_click=go, args=(there,), key="visit-go"
    ):
        st.rerun()  # the controls are outside of this fragment
