"""Sources of a room: what its host's page shows of it as it changes, without asking."""

import json
import weakref
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from server.hub import HUB
from tradeoffs.errors import InvalidInput
from tradeoffs.language.current import in_own_language
from tradeoffs.language.translation import say
from tradeoffs.messages.message import Message
from tradeoffs.messages.wording import WORDING
from tradeoffs.rooms.addresses import phone_links
from tradeoffs.rooms.qr import svg
from tradeoffs.rooms.room import Room
from tradeoffs.rooms.rooms import rooms
from tradeoffs.rooms.workshop_script import BY_NAME

COMMAND = "tradeoffs app --room"  # starts a server that phones reach
TALK = 2.0  # minutes, between two guesses


@dataclass(frozen=True, slots=True)
class RoomHead:
    """How a room is joined, how many are there and have answered, and how long they have.

    Attributes:
        code: of the room.
        key: of its host.
        page: address of this server, as the host's browser has it.
        listens: address on which this server listens.
        names: host names to which it answers.
        language: that it is told in.
    """

    code: str
    key: str
    page: str
    listens: str
    names: tuple[str, ...]
    language: str

    def version(self) -> Hashable:
        """Return what changes whenever there is something new to draw; None after the end."""
        try:
            return rooms().room(self.code).version, json.dumps(self._numbers())
        except InvalidInput:
            return None

    @in_own_language
    def parts(self) -> Mapping[str, bytes]:
        """Return JSON by the name of each part; none after the end."""
        try:
            room, numbers = rooms().room(self.code), self._numbers()
        except InvalidInput:
            return {}
        told = {
            "join": {"code": self.code, "locked": room.locked, **self._ways()},
            "large": room.place < 0,
            "numbers": numbers,
            "timer": timer(room),
        }
        return {name: json.dumps(part).encode() for name, part in told.items()}

    def touch(self) -> None:
        """Do nothing: a room lasts until it ends."""

    def _ways(self) -> dict[str, Any]:
        """Return under which addresses phones find the room, or why they find it under none."""
        found = phone_links(self.page, self.code, self.listens, self.names)
        if not found:
            here = f"{self.page.partition('://')[2]}/r/{self.code}"
            why = Message("room_alone", command=COMMAND, address=here)
            return {"address": "", "note": WORDING.sentence(why), "picture": ""}
        address, *more = found
        return {
            "address": address.partition("://")[2],
            "note": " · ".join(one.partition("://")[2] for one in more),
            "picture": svg(address, WORDING.sentence(Message("room_qr", address=address))),
        }

    def _numbers(self) -> dict[str, Any]:
        """Return how many there are, in words, and their share that has answered."""
        host = rooms().host(self.code, self.key)
        seats, answered = host["seats"], host["answered"]
        if rooms().room(self.code).place < 0:
            return {"text": WORDING.write(Message("room_seats", seats=seats)), "share": None}
        text = WORDING.write(Message("room_answers", seats=seats, answered=answered))
        return {"text": text, "share": answered / max(seats, answered, 1)}


@dataclass(frozen=True, slots=True)
class RoomPhase:
    """Where a room is, whoever of its hosts brought it there, and what waits for their approval."""

    code: str
    key: str

    def version(self) -> Hashable:
        """Return what changes whenever the page must be drawn anew; None after the end."""
        try:
            found = rooms().room(self.code)
            host = rooms().host(self.code, self.key)
        except InvalidInput:
            return None
        waiting = [one["id"] for one in host["awaiting"]]
        tables = [*host["by_table"].items()] if found.place < 0 else []  # drawn before the first
        where = found.place, found.phase, found.attempt, found.locked, found.ends
        return *where, *waiting, *tables

    def touch(self) -> None:
        """Do nothing: a room lasts until it ends."""


class Watch:
    """Wakes the painter at each change of a room, as long as somebody holds this."""

    def __init__(self, code: str) -> None:
        """Begin to watch."""
        weakref.finalize(self, rooms().watch(code, HUB.wake))


def watch(code: str) -> None:
    """Have this session told at once of what changes in a room, until it ends."""
    held = st.session_state.setdefault("room watches", {})
    if code not in held:
        held[code] = Watch(code)


def timer(room: Room) -> dict[str, Any] | None:
    """Return the time that is given now; None where nobody waits for anything."""
    if room.round is None:
        return None
    name = f"{room.code} {room.place} {room.attempt} {room.phase}"
    if room.phase == "open":
        return {"name": name, "minutes": room.round.minutes, "label": say("to answer")}
    if room.phase == "waiting" and room.attempt > 1:
        workshop = room.round.kind == "vote"
        minutes = BY_NAME["talk"].minutes if workshop else TALK
        return {"name": name, "minutes": minutes, "label": say("to talk")}
    return None
