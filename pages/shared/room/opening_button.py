"""Opening a room: from a lesson or a front; its host's page follows."""

from typing import Any

import streamlit as st

from pages.shared.room.host_key import known_keys
from pages.shared.settings.wording import sentence
from tradeoffs import settings
from tradeoffs.errors import TradeoffsError
from tradeoffs.lessons.lesson import Lesson
from tradeoffs.rooms.rooms import rooms
from tradeoffs.rooms.rounds import Round, class_rounds

PAGE = "pages/room.py"
_NEW = "room new"  # in the session: code of the room to go to, or why there is none


def open_room(rounds: tuple[Round, ...], **options: Any) -> None:
    """Open a room; `enter` goes there at the run that follows. A callback.

    Args:
        rounds: what it is asked.
        options: of `Rooms.open`.
    """
    try:
        code, key = rooms().open(rounds, **options)
    except TradeoffsError as refusal:
        st.session_state[_NEW] = "", sentence(refusal)
        return
    known_keys()[code] = key
    st.session_state[_NEW] = code, ""


def enter() -> None:
    """Go to the room that was opened just now, or say why there is none; call it when drawing."""
    code, why = st.session_state.pop(_NEW, ("", ""))
    if why:
        st.warning(why)
    if code:
        st.switch_page(PAGE, query_params={"code": code})


def lesson_button(entry: Lesson) -> None:
    """Offer to open a room in which a class guesses together, where rooms are on."""
    if settings.ROOMS.read() == "off" or not any(step.prediction for step in entry.steps):
        return
    st.caption(
        "In a room, everybody guesses on a phone, without an account or a name; all guesses are "
        "then shown in the lesson's figure, beside what the models say."
    )
    st.button(
        "Open a room for this lesson",
        key="open-room",
        icon=":material/groups:",
        on_click=_open_lesson,
        args=(entry,),
    )
    enter()


def _open_lesson(entry: Lesson) -> None:
    open_room(class_rounds(entry))
