"""Aids of a workshop's host: what to say, the cards of the tables, texts to approve, an export."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from pages.shared.kit.download import download
from pages.shared.room.hosted_room import HostedRoom
from tradeoffs.language.current import language
from tradeoffs.language.translation import say
from tradeoffs.report.documents.stakeholder_cards import stakeholder_cards
from tradeoffs.report.stakeholders import Stakeholder
from tradeoffs.rooms.hidden_counts import hidden_text, note
from tradeoffs.rooms.observers_export import observers_rows
from tradeoffs.rooms.room import Room
from tradeoffs.rooms.room_language import in_room_language
from tradeoffs.rooms.rooms import rooms
from tradeoffs.rooms.workshop_script import BY_NAME, Scene
from tradeoffs.rooms.workshop_sheet import workshop_sheet

if TYPE_CHECKING:
    import pandas as pd


def arrival(hosted: HostedRoom) -> None:
    """Draw who sits at which table, before the first question of a workshop."""
    import pandas as pd

    options = rooms().options(hosted.code)
    if options is None:
        return
    count, asked = len(options.settings), options.people["question"]
    st.markdown(
        say(
            "**What is decided.** Which of {count} settings to use, if any. {question}",
            count=count,
            question=asked,
        )
    )
    host = rooms().host(hosted.code, hosted.key)
    tables = host["by_table"]
    if tables:
        told = {name or say("no table"): _seats(count) for name, count in tables.items()}
        shown = pd.DataFrame({say("seats"): told.values()}, index=list(told))
        st.table(shown.rename_axis(say("table")))
        if why := note(tables, host["seats"]):
            st.caption(why)


def aids(hosted: HostedRoom) -> None:
    """Draw what helps the host of a workshop; nothing in a class."""
    options = rooms().options(hosted.code)
    if options is None:
        return
    scene = scene_of(hosted.room)
    about = {"title": scene.title, "minutes": scene.minutes}
    with st.expander(say("What to say: {title}, {minutes} minutes", **about)):
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
    return hidden_text() if count is None else str(count)


def _prints(hosted: HostedRoom, people: Mapping[str, Any]) -> None:
    """Offer what is printed: the cards of the stakeholders, and a sheet for who has no phone."""
    cards = [Stakeholder.from_json(one) for one in people.get("stakeholders", ())]
    question, room = people["question"], hosted.room
    if cards:
        _print(room, say("Stakeholder cards (print)"), "cards", lambda: _cards(cards, question))
    label = say("Sheet of paper (print)")
    _print(room, label, "sheet", lambda: workshop_sheet(room.rounds, question))


def _cards(cards: Sequence[Stakeholder], question: str) -> str:
    return stakeholder_cards(cards, question, language())


def _print(room: Room, label: str, name: str, make: Callable[[], str]) -> None:
    def made() -> str:  # when it is pressed, outside of any run
        with in_room_language(room.language):
            return make()

    st.download_button(
        label,
        made,
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
    title = say("{count:text waits|texts wait} for approval", count=count)
    head = say("Texts to approve")  # one that counts would close it at each approval
    with st.expander(head):
        st.markdown(title)
        st.caption(
            say(
                "The projector shows this part, too, while it is open. Read the texts on another "
                "device: “Copy the host's link” under “More” leads there. Or turn the projector "
                "off for a moment."
            )
        )
        for one in waiting:
            st.text(one["text"])
            with st.container(horizontal=True):
                for action, label in (("approve", say("Approve")), ("refuse", say("Refuse"))):
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
    with st.expander(say("For research: counts only")):
        agreed = st.checkbox(
            say("Everybody in this room agreed that its counts are used for research.")
        )
        st.caption(say("No single answer, no text and no count of fewer than 5 is in it."))
        if agreed:
            file = f"room-{hosted.code}-counts.csv"
            download(lambda: _counts(hosted.code), file, say("Counts"))


def _counts(code: str) -> "pd.DataFrame":
    import pandas as pd

    return pd.DataFrame(observers_rows(rooms(), code))
