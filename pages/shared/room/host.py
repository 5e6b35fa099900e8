"""The host's page: one room for everybody to see, one button at a time.

Nothing of what was answered is drawn before its host reveals it: the server does not even tell.
"""

from collections.abc import Mapping

import streamlit as st

from pages.shared.kit.channel import follow
from pages.shared.kit.language import turn_to
from pages.shared.lesson.keys import keys as clicker
from pages.shared.room import guess_view, host_key, workshop_view
from pages.shared.room.host_controls import controls
from pages.shared.room.hosted_room import REFUSAL, HostedRoom, View
from pages.shared.room.room_head import head
from pages.shared.room.room_source import RoomPhase, watch
from pages.shared.room.workshop_aids import aids, arrival
from pages.shared.settings.wording import sentence
from tradeoffs import settings
from tradeoffs.errors import InvalidInput, TradeoffsError
from tradeoffs.language.translation import say
from tradeoffs.rooms.room import Room
from tradeoffs.rooms.rooms import rooms
from tradeoffs.rooms.rounds import Kind
from tradeoffs.rooms.seat import plain_code

VIEWS: Mapping[Kind, View] = {"guess": guess_view.VIEW, **workshop_view.VIEWS}


def host() -> None:
    """Draw the room that the address names, if this tab has its key."""
    code = plain_code(st.query_params.get("code", ""))
    if not code or settings.ROOMS.read() == "off":
        _where_to_open()
        return
    key = host_key.known_keys().get(code, "")
    if not key:
        host_key.host_key(code, offered=False)
        _no_key(code)
        return
    try:
        room = _hosted(code, key)
    except TradeoffsError as refusal:
        host_key.known_keys().pop(code, None)
        st.warning(sentence(refusal))
        _where_to_open()
        return
    turn_to(room.language)  # of its questions and answers
    watch(code)
    _room(HostedRoom(code=code, key=key, room=room))


def _hosted(code: str, key: str) -> Room:
    """Return a room whose key fits; to whom guesses, no room is the same as a wrong key."""
    try:
        rooms().host(code, key)
        return rooms().room(code)
    except InvalidInput as refusal:
        if refusal.code in ("room_unknown", "room_key_wrong"):
            raise InvalidInput("room_host_unknown", code=code) from None
        raise


def _room(hosted: HostedRoom) -> None:
    """Draw a room: how to join, the question or its answers, and what comes next."""
    follow("room-phase", RoomPhase(hosted.code, hosted.key))
    with st.container(key="presenter"):
        head(hosted)
        if refusal := st.session_state.pop(REFUSAL, ""):
            st.warning(refusal)
        if hosted.room.round is None:
            arrival(hosted)
        else:
            _question(hosted)
        controls(hosted)
        aids(hosted)
        clicker()


def _question(hosted: HostedRoom) -> None:
    room, view = hosted.room, VIEWS[hosted.round.kind]
    numbers = {"place": room.place + 1, "places": len(room.rounds)}
    head = say("{place} of {places}: {title}", title=hosted.round.title, **numbers)
    st.header(head, anchor=False)
    if room.phase == "revealed":
        view.tell(hosted)
    else:
        view.ask(hosted)


def _where_to_open() -> None:
    st.title(say("Room"), anchor=False)
    if settings.ROOMS.read() == "off":
        st.info(say("There are no rooms on this server."))
        return
    st.markdown(
        say(
            "In a room, a class guesses together, or a workshop decides together, on phones that "
            "join by a code. Open one for a lesson, below its page under “For teachers”, or on a "
            "front, in the Explorer's part “Choose” or on the page Remedies."
        )
    )
    st.page_link("pages/lessons.py", label=say("All lessons"))
    st.markdown(say("[Join a room with a code](r/)"))
    for code in (*host_key.known_keys(),):
        st.button(say("Back to the room {code}", code=code), on_click=_back, args=(code,))


def _back(code: str) -> None:
    """Go to a room that this tab hosts; a callback."""
    st.query_params["code"] = code


def _no_key(code: str) -> None:
    st.title(say("Room"), anchor=False)
    st.markdown(
        say(
            "This page is for the host of the room {code}. Its key comes with the host's link; in "
            "the tab that opened the room, it is there already.",
            code=code,
        )
    )
    st.markdown(f"[{say('Join the room with this device')}](r/{code})")
