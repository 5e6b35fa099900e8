"""Record of a room: who was there and who was not, and the files to keep."""

from functools import partial

import streamlit as st

from pages.shared.room.hosted_room import HostedRoom
from tradeoffs.rooms.record_documents import FORMATS
from tradeoffs.rooms.room_record import room_record
from tradeoffs.rooms.rooms import rooms
from tradeoffs.rooms.rounds import MOST_WORDS

KINDS = {  # format -> label, media type
    "html": ("Record to print", "text/html"),
    "json": ("Record as JSON", "application/json"),
    "csv": ("Record as CSV", "text/csv"),
    "md": ("Record as Markdown", "text/markdown"),
}


def record_downloads(hosted: HostedRoom, *, expanded: bool = False) -> None:
    """Draw the record once something was shown to the room; what it says, all have seen."""
    if not hosted.room.revealed:
        return
    with st.expander("Record", expanded=expanded):
        st.caption(
            "What this room was asked and answered, as it was shown to all. Keep it: the room and "
            "its answers are deleted at its end. `tradeoffs rooms record FILE.json` computes its "
            "numbers again."
        )
        heads, absent = f"heads {hosted.code}", f"absent {hosted.code}"
        st.number_input(
            "People in the room",
            0,
            500,
            hosted.room.heads,
            key=heads,
            placeholder="not counted",
            on_change=_keep,
            args=(hosted, "heads", "n", heads),
        )
        st.text_input(
            "Who was not in the room?",
            hosted.room.absent,
            key=absent,
            max_chars=MOST_WORDS,
            on_change=_keep,
            args=(hosted, "absent", "text", absent),
        )
        with st.container(horizontal=True):
            for name, (label, media) in KINDS.items():
                st.download_button(
                    label,
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
