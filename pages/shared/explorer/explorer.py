"""The Explorer's screen: a question, controls and what they bring about, and what lies below.

A run draws the controls and mounts what the browser draws from the parts of a `Screen`; results
that arrive cause no run.  style.css places the containers for the width of the window.
"""

from collections.abc import Sequence

import streamlit as st

from pages.shared.details.details import details
from pages.shared.details.numbers import as_table
from pages.shared.explorer import live
from pages.shared.explorer.choice import choice
from pages.shared.explorer.controls import axes, chosen_axes, controls, levels
from pages.shared.explorer.moves import announce
from pages.shared.explorer.origin import back
from pages.shared.explorer.parts import KEY, part
from pages.shared.explorer.pick import KEY as PICK
from pages.shared.explorer.pick import mark_pick
from pages.shared.explorer.points import leave, points
from pages.shared.explorer.screen import END, Screen, screen
from pages.shared.explorer.visits import visit
from pages.shared.kit.channel import channel
from pages.shared.kit.chart import preload
from pages.shared.kit.visit import pace_notices
from pages.shared.settings import address, history, visitor_table
from pages.shared.settings.wording import rephrase, sentence
from tradeoffs.errors import TradeoffsError
from tradeoffs.report.choice import Choice
from tradeoffs.report.options import Values
from tradeoffs.report.pins import Pin, pin
from tradeoffs.report.question import question
from tradeoffs.scenario import Scenario


def explorer() -> None:
    """Draw the whole screen; moving a control runs only this fragment again."""
    address.arrive()
    back()
    _screen()


@st.fragment
def _screen() -> None:
    values, here = address.possible()
    story = values["level"] == "story"
    x, y = ("fairness", "accuracy") if story else chosen_axes(values)
    marked = Choice.of(values, visitor_table.own_name() or "")
    pins = () if story else [pin(one, here) for one in marked.pins]
    kept = [one.setting for one in pins if not one.why]
    found = screen(here, x, y, kept, charted=not story, who=None if story else marked.purse)
    shown, refusal = _shown(found)  # first: it is painted while controls are drawn
    with st.container(key="screen"):
        with st.container(key="head"):
            _head(values, here, refusal)
        with st.container(key="upper"):
            with st.container(key="controls"):
                controls(values, here)
                choice(values)
            if shown is not None:
                mark_pick(shown, marked)
                with st.container(key="consequence"):
                    _consequence(shown, story)
        if shown is not None:
            with st.container(key="rest"):
                if story:
                    leave()
                    part("story", shown)
                else:
                    _rest(values, shown, pins)


def _shown(found: Screen) -> tuple[Screen | None, str]:
    """Let the browser see a screen; return it, or why there is nothing to see."""
    channel().hide(END)  # of the setting before
    try:
        found.submit(live.owner(), live.payer())
    except TradeoffsError as refusal:
        channel().hide(KEY)
        channel().hide(PICK)
        return None, sentence(refusal)
    visit(found.here, channel().shown().get(KEY))
    channel().show(KEY, found)
    return found, ""


def _head(values: Values, here: Scenario, refusal: str) -> None:
    """Draw how much is shown, the question, and what there is to tell about the setting."""
    with st.container(key="levels", horizontal=True, horizontal_alignment="right"):
        history.write(values)
        levels(values)
    st.title(question(here), anchor=False)
    for notice in [*address.notices(), *pace_notices(), *([refusal] if refusal else [])]:
        st.warning(notice)
    for caution in visitor_table.cautions(here.dataset):
        st.caption(rephrase(caution))


def _consequence(shown: Screen, story: bool) -> None:
    """Draw what a move brings about: people as icons, and the objectives as scales."""
    part("icons", shown)
    announce(shown)
    part("compact" if story else "scales", shown)


def _rest(values: Values, shown: Screen, pins: Sequence[Pin]) -> None:
    """Draw the figure, the selected point, sentences, and details."""
    preload("preload")
    with st.container(key="figure"):
        axes(values)
        part("front", shown)
        st.fragment(as_table)(shown)
        part("pairs", shown)
    points(shown, pins)
    part("cards", shown)
    with st.container(key="below"):
        st.fragment(details)(shown)
