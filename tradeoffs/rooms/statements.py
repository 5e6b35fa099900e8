"""Statements: what was written in a room, which nobody sees before the host approved it."""

import json
from collections.abc import Iterable, Mapping
from typing import Literal

from tradeoffs.rooms.room import Room
from tradeoffs.rooms.seat import text_id

State = Literal["awaiting", "approved", "refused"]
Text = dict[str, str]  # id, round, text


def texts(round_name: str, answers: Iterable[Mapping[bytes, str]]) -> list[Text]:
    """Return what was written in a round, ordered by id, which tells nothing of who wrote it.

    Args:
        round_name: of a round of values or words.
        answers: of each attempt, as they are kept, by the hash of the seat.
    """
    found = {}
    for attempt in answers:
        for seat, said in attempt.items():
            answer = json.loads(said)
            text = answer.get("text") or answer.get("else")
            if text:
                name = text_id(seat, round_name, text)
                found[name] = {"id": name, "round": round_name, "text": text}
    return sorted(found.values(), key=lambda one: one["id"])


def state(room: Room, text: Text) -> State:
    """Return what the host said of a text."""
    if text["id"] in room.approved:
        return "approved"
    return "refused" if text["id"] in room.refused else "awaiting"
