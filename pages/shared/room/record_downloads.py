"""Record of a room: who was there and who was not, and the files to keep."""

from functools import partial

import streamlit as st

from pages.shared.room.hosted_room import HostedRoom
from tradeoffs.language.translation import say, translate
from tradeoffs.rooms.record_documents import FORMATS
from tradeoffs.rooms.room_record import room_record
from tradeoffs.rooms.rooms import rooms
from tradeoffs.rooms.rounds import MOST_WORDS

LABELS = {  # by format
    "html": "Record to print",
    "json": "Record as JSON",
    "csv": "Record as CSV",
    "md": "Record as Markdown",
}
MEDIA = {
    "html": "text/html",
    "json": "application/json",
    "csv": "text/csv",
    "md": "text/markdown",
}


def record_downloads(hosted: HostedRoom, *, expanded: bool = False) -> None:
    """Draw the record once something was shown to the room; what it says, all have seen."""
    if not hosted.room.revealed:
        return
    with st.expander(say("Record"), expanded=expanded):
        st.caption(
            say(
                "What this room was asked and answered, as it was shown to all. Keep it: the room "
                "and its answers are deleted at its end. `tradeoffs rooms record FILE.json` "
                "computes its numbers again."
            )
        )
        heads, absent = f"heads {hosted.code}", f"absent {hosted.code}"
        st.number_input(
            say("People in the room"),
            0,
            500,
            hosted.room.heads,
            key=heads,
            placeholder=say("not counted"),
            on_change=_keep,
            args=(hosted, "heads", "n", heads),
        )
        st.text_input(
            say("Who was not in the room?"),
            hosted.room.absent,
            key=absent,
            max_chars=MOST_WORDS,
            on_change=_keep,
            args=(hosted, "absent", "text", absent),
        )
        with st.container(horizontal=True):
            for name, media in MEDIA.items():
                st.download_button(
                    translate(LABELS[name]),
                    partial(record_text, hosted.code, hosted.key, name),  # made when pressed
                    file_name=f"room-{hosted.code}.{name}",
                    mime=media,
                    on_click="ignore",
                    key=f"record {name}",
                )


def record_text(code: str, key: str, name: str) -> str:
    """Return the record of a room in a format."""
    return FORMATS[name](room_record(rooms().record(code, key)))


def _keep(hosted: HostedRoom, action: str, detail: str, key: str) -> None:
    """Keep what the host typed for the record; a callback."""
    value = st.session_state[key]
    if value is not None:
        hosted.act(action, **{detail: value})
