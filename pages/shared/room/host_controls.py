"""Controls of the host's page: one button that leads on, and the rest behind a word."""

from typing import Literal

import streamlit as st

from pages.shared.room.host_key import host_key
from pages.shared.room.hosted_room import HostedRoom
from pages.shared.room.paper import paper
from pages.shared.room.record_downloads import record_downloads
from tradeoffs.language.translation import say, translate
from tradeoffs.rooms.room import Room, actions

LABELS = {
    "next": "Next question",
    "skip": "Skip this question",
    "open": "Let them answer",
    "close": "Close",
    "reveal": "Show the answers",
    "again": "Talk, then again",
}
SELDOM = "skip"


def controls(hosted: HostedRoom) -> None:
    """Draw the way on, what a host seldom needs, and the record."""
    with st.container(horizontal=True, key="room-controls"):
        usual, *others = actions(hosted.room) or ("",)
        over = hosted.room.phase == "revealed" and "next" not in (usual, *others)
        if usual:
            _button(hosted, usual, "secondary" if over else "primary")
        for action in others:
            _button(hosted, action, "tertiary" if action == SELDOM else "secondary")
    if over:  # what is left is to keep the record, then to delete the room
        record_downloads(hosted, expanded=True)
        _end(hosted, "secondary")
    with st.expander(say("More")):
        _more(hosted, over)
    if not over:
        record_downloads(hosted)


def label(room: Room, action: str) -> str:
    """Return what stands on a button."""
    if action == "next" and room.place < 0:
        return say("First question")
    if action == "open" and room.attempt > 1:
        return say("Let them answer again")
    return translate(LABELS[action])


def _button(
    hosted: HostedRoom, action: str, kind: Literal["primary", "secondary", "tertiary"]
) -> None:
    st.button(
        label(hosted.room, action),
        key=f"room {action}",
        type=kind,
        on_click=hosted.act,
        args=(action,),
    )


def _more(hosted: HostedRoom, over: bool) -> None:
    """Draw the door, answers on paper, the host's link, and the end where it is not above."""
    locked = hosted.room.locked
    with st.container(horizontal=True):
        st.button(
            say("Unlock the door") if locked else say("Lock the door"),
            help=say("Nobody else can join; phones that are in stay in."),
            on_click=hosted.act,
            args=("unlock" if locked else "lock",),
        )
        host_key(hosted.code, offered=True)
        if not over:
            _end(hosted, "secondary")
    paper(hosted)


def _end(hosted: HostedRoom, kind: Literal["primary", "secondary"]) -> None:
    with st.popover(say("End and delete"), type=kind):
        st.markdown(say("The room ends for everybody, and all that was answered is deleted."))
        label = say("End and delete now")
        st.button(label, key="room end", on_click=hosted.act, args=("end",))
