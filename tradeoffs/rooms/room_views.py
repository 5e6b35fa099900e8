"""Room views: what one phone, and what the host, is shown of a room now."""

import json
import random
from typing import Any

from tradeoffs.rooms.contents import Contents
from tradeoffs.rooms.pool import seats_by_table
from tradeoffs.rooms.room import Room, actions
from tradeoffs.rooms.room_store import RoomStore
from tradeoffs.rooms.statements import state
from tradeoffs.rooms.suppression import suppress

SHOWN = ("version", "code", "language", "ends", "locked", "phase", "attempt", "place")


def phone_view(room: Room, seat: bytes, store: RoomStore, contents: Contents) -> dict[str, Any]:
    """Return what one phone shows now.

    `version`, `code`, `language`, `ends`, `locked`, `tables`, `phase`, `attempt`, `place`, `rounds`
    (how many), `round` (JSON of Round; None before the first), `epsilon` (at which the phone
    replaces its choice in this round; None: it does not), and of the seat: `seated`, `table`,
    `answer` (None where it gave none), `yours` (see `own_point.yours`; empty in other rounds than
    point and vote), `statements` (approved ones, to join: id and text).

    Args:
        room: as it is now.
        seat: hash of the phone's token, which may be of no seat.
        store: where answers are kept.
        contents: of rooms.
    """
    table = store.table(room.code, seat)
    asked, own = room.round, None
    if asked is not None and table is not None:
        own = store.answer(room.code, asked.name, room.attempt, seat)
    words = asked.name if asked is not None and asked.kind == "words" else None
    return {name: getattr(room, name) for name in SHOWN} | {
        "tables": list(room.tables),
        "rounds": len(room.rounds),
        "round": asked.to_json() if asked else None,
        "epsilon": room.epsilon_of(asked) if asked else None,
        "seated": table is not None,
        "table": table or "",
        "answer": json.loads(own) if own else None,
        "yours": contents.yours(room, seat) if table is not None else {},
        "statements": [
            {"id": one["id"], "text": one["text"]}
            for one in (contents.approved(room) if words else ())
            if one["round"] == words
        ],
    }


def host_view(room: Room, store: RoomStore, contents: Contents) -> dict[str, Any]:
    """Return what a host sees: how many are here, how many answered, and what awaits approval.

    `room` (JSON of Room), `actions` (those that move on, the usual one first), `seats`, `heads`,
    `answered` (in the round and attempt that it is at, on paper too), `paper`, `by_table` (seats,
    "" for those at none, if any; None is hidden), `awaiting` and `approved` (texts: id, round,
    text).
    """
    pool = contents.pool(room, room.round.name, room.attempt) if room.round else None
    seats = store.seats(room.code).values()
    tables = suppress(seats_by_table(room, seats), random.Random(store.salt(room.code)))
    written = contents.texts(room)
    return {
        "room": room.to_json(),
        "actions": list(actions(room)),
        "seats": len(seats),
        "heads": room.heads,
        "answered": pool.answered if pool else 0,
        "paper": pool.on_paper if pool else 0,
        "by_table": tables,
        "awaiting": [one for one in written if state(room, one) == "awaiting"],
        "approved": [one for one in written if state(room, one) == "approved"],
    }
