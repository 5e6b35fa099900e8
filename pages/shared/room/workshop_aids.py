"""Aids of a workshop's host: what to say, the cards of the tables, texts to approve, an export."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from pages.shared.kit.download import download
from pages.shared.room.hosted_room import HostedRoom
from tradeoffs.report.documents.stakeholder_cards import stakeholder_cards
from tradeoffs.report.stakeholders import Stakeholder
from tradeoffs.rooms.hidden_counts import HIDDEN, note
from tradeoffs.rooms.observers_export import observers_rows
from tradeoffs.rooms.room import Room
from tradeoffs.rooms.rooms import rooms
from tradeoffs.rooms.workshop_script import BY_NAME, Scene
from tradeoffs.rooms.workshop_sheet import workshop_sheet

if TYPE_CHECKING:
    import pandas as pd

TEXTS = "Texts to approve"


def arrival(hosted: HostedRoom) -> None:
    """Draw who sits at which table, before the first question of a workshop."""
    import pandas as pd

    options = rooms().options(hosted.code)
    if options is None:
        return
    count, asked = len(options.settings), options.people["question"]
    st.markdown(f"**What is decided.** Which of {count} settings to use, if any. {asked}")
    host = rooms().host(hosted.code, hosted.key)
    tables = host["by_table"]
    if tables:
        told = {name or "no table": _seats(count) for name, count in tables.items()}
        shown = pd.DataFrame({"seats": told.values()}, index=list(told)).rename_axis("table")
        st.table(shown)
        if why := note(tables, host["seats"]):
            st.caption(why)


def aids(hosted: HostedRoom) -> None:
    """Draw what helps the host of a workshop; nothing in a class."""
    options = rooms().options(hosted.code)
    if options is None:
        return
    scene = scene_of(hosted.room)
    with st.expander(f"What to say: {scene.title}, {scene.minutes} minutes"):
        st.markdown(" ".join(scene.do))
        st.markdown("\n".join(f"> {text}\n>" for text in scene.say).rstrip("\n>"))
    with st.container(horizontal=True):
        _prints(hosted, options.people)
    _texts(hosted)
    _observers(hosted)


def scene_of(room: Room) -> Scene:
    """Return the part of the script that a room is at."""
    if room.round is None:
        return BY_NAME["arrive"]
    name = room.round.name
    if name == "vote":
        if room.phase == "revealed":
            name = "rules" if room.attempt > 1 else "talk"
        elif room.attempt > 1:
            name = "talk" if room.phase == "waiting" else "revote"
    if room.phase == "revealed" and room.place + 1 == len(room.rounds):
        name = "record"
    return BY_NAME.get(name, BY_NAME["rule"])


def _seats(count: int | None) -> str:
    return HIDDEN if count is None else str(count)


def _prints(hosted: HostedRoom, people: Mapping[str, Any]) -> None:
    """Offer what is printed: the cards of the stakeholders, and a sheet for who has no phone."""
    cards = [Stakeholder.from_json(one) for one in people.get("stakeholders", ())]
    question, language = people["question"], hosted.room.language
    if cards:
        _print("Stakeholder cards", "cards", lambda: stakeholder_cards(cards, question, language))
    rounds = hosted.room.rounds
    _print("Sheet of paper", "sheet", lambda: workshop_sheet(rounds, question, language))


def _print(label: str, name: str, make: Callable[[], str]) -> None:
    st.download_button(
        f"{label} (print)",
        make,
        file_name=f"workshop-{name}.html",
        mime="text/html",
        on_click="ignore",
        key=f"room {name}",
    )


def _texts(hosted: HostedRoom) -> None:
    """Let the host approve or refuse what was written, out of the room's sight."""
    waiting: Sequence[Mapping[str, str]] = rooms().host(hosted.code, hosted.key)["awaiting"]
    if not waiting:
        return
    count = len(waiting)
    title = "1 text waits for approval" if count == 1 else f"{count} texts wait for approval"
    with st.expander(TEXTS):  # a title that counts would close it at each approval
        st.markdown(title)
        st.caption(
            "The projector shows this part, too, while it is open. Read the texts on another "
            "device: “Copy the host's link” under “More” leads there. Or turn the projector off "
            "for a moment."
        )
        for one in waiting:
            st.text(one["text"])
            with st.container(horizontal=True):
                for action, label in (("approve", "Approve"), ("refuse", "Refuse")):
                    st.button(
                        label,
                        key=f"room {action} {one['id']}",
                        on_click=hosted.act,
                        args=(action,),
                        kwargs={"statement": one["id"]},
                    )


def _observers(hosted: HostedRoom) -> None:
    """Offer counts for research, once everybody agreed."""
    if not hosted.room.revealed:
        return
    with st.expander("For research: counts only"):
        agreed = st.checkbox("Everybody in this room agreed that its counts are used for research.")
        st.caption("No single answer, no text and no count of fewer than 5 is in it.")
        if agreed:
            download(lambda: _counts(hosted.code), f"room-{hosted.code}-counts.csv", "Counts")


def _counts(code: str) -> "pd.DataFrame":
    import pandas as pd

    return pd.DataFrame(observers_rows(rooms(), code))
