"""The Explorer's screen: controls, front, cards, and what lies below.

A run draws the controls and mounts what the browser draws from the parts of a `Screen`; results
that arrive cause no run.
"""

import streamlit as st

from pages.shared.details.details import details
from pages.shared.details.group_outcomes import icon_array
from pages.shared.explorer import live
from pages.shared.explorer.controls import axes, chosen_axes, controls
from pages.shared.explorer.origin import back
from pages.shared.explorer.parts import KEY, clicked_setting, part
from pages.shared.explorer.screen import END, End, Screen, screen
from pages.shared.kit.channel import channel, follow
from pages.shared.settings import address, visitor_table
from pages.shared.settings.wording import rephrase, sentence
from tradeoffs.errors import TradeoffsError
from tradeoffs.report.text import describe
from tradeoffs.scenario import Scenario


def explorer() -> None:
    """Draw the whole screen; moving a control runs only this fragment again."""
    address.arrive()
    back()
    _screen()


@st.fragment
def _screen() -> None:
    """Draw the parts of the screen; style.css places them for the width of the window."""
    values, here = address.possible()
    level = values["level"]
    x, y = ("fairness", "accuracy") if level == "story" else chosen_axes(values)
    shown, refusal = _shown(here, x, y)  # first: it is painted while the controls are drawn
    with st.container(key="screen"):
        with st.container(key="controls"):
            controls(values, here)
            with st.container(key="story" if level == "story" else "charted"):  # for style.css
                address.write(values)
        with st.container(key="axes"):
            for notice in address.notices():
                st.warning(notice)
            for caution in visitor_table.cautions(here.dataset):
                st.caption(rephrase(caution))
            if level != "story":
                axes(values)
        if shown is None:
            with st.container(key="picture"):
                st.warning(refusal)
        elif level == "story":
            _story(shown)
        else:
            _results(shown)


def _shown(here: Scenario, x: str, y: str) -> tuple[Screen | None, str]:
    """Let the browser see a setting; return its screen, or why there is none."""
    channel().hide(END)  # of the setting before
    found = screen(here, x, y)
    try:
        found.submit(live.owner())
    except TradeoffsError as refusal:
        channel().hide(KEY)
        return None, sentence(refusal)
    channel().show(KEY, found)
    return found, ""


def _results(shown: Screen) -> None:
    with st.container(key="picture"):
        number = clicked_setting(part("front", shown), shown)
        if number is not None:
            st.toast(describe(shown.settings[number]))
    with st.container(key="below"):
        part("cards", shown)
        st.fragment(details)(shown)


def _story(shown: Screen) -> None:
    """Draw no chart, only what happens to people."""
    with st.container(key="below"):
        part("brief", shown)
        st.fragment(_people)(shown)


def _people(shown: Screen) -> None:
    job, here = shown.job, shown.here
    if job.active:
        follow(END, End(job))
    table = live.group_outcomes(job, job.version, here, here.protected)
    if table is not None:
        icon_array(table, here)
