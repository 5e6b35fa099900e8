"""Contents: what a room holds, read from the store; what is costly is computed once."""

import json
import threading
from collections.abc import Callable
from typing import Any

from tradeoffs.rooms.options import Options
from tradeoffs.rooms.own_point import yours
from tradeoffs.rooms.pool import Pool, load_pool
from tradeoffs.rooms.room import ATTEMPTS, Room
from tradeoffs.rooms.room_language import in_room_language
from tradeoffs.rooms.room_store import RoomStore
from tradeoffs.rooms.round_summary import Summary, View
from tradeoffs.rooms.statements import Text, state, texts

MOST = 1000  # results and options that are kept ready


class Contents:
    """What the rooms of a store hold; used from several threads.

    Args:
        store: where they are kept.
    """

    def __init__(self, store: RoomStore) -> None:
        """Keep nothing ready yet."""
        self._store = store
        self._lock = threading.Lock()
        self._ready: dict[tuple[object, ...], Any] = {}

    def options(self, room: Room) -> Options | None:
        """Return what a room chooses from; None where it is no workshop."""

        def read() -> Options | None:
            stored = self._store.options(room.code)
            return Options.from_json(json.loads(stored)) if stored else None

        return self._keep((self._store.salt(room.code), "options"), read)

    def pool(self, room: Room, name: str, attempt: int) -> Pool:
        """Return the answers of an attempt at a round."""
        return load_pool(self._store, room.code, name, attempt, self._store.salt(room.code))

    def texts(self, room: Room) -> list[Text]:
        """Return all that was written in a room."""
        return [
            text
            for one in room.rounds
            if one.kind in ("values", "words")
            for text in texts(
                one.name,
                [self._store.answers(room.code, one.name, k + 1) for k in range(ATTEMPTS)],
            )
        ]

    def approved(self, room: Room) -> list[Text]:
        """Return what was written and approved."""
        return [one for one in self.texts(room) if state(room, one) == "approved"]

    def summary(self, room: Room) -> Summary:
        """Return what all may see of a room."""
        return Summary(
            room=room,
            options=self.options(room),
            pool=lambda name, attempt: self.pool(room, name, attempt),
            texts=self.approved(room),
        )

    def results(self, room: Room, place: int, attempt: int) -> View:
        """Return `version`, and what all may see of an attempt at a round."""
        key = (self._store.salt(room.code), room.version, place, attempt)
        return self._keep(
            key, lambda: {"version": room.version} | self.summary(room).of(place, attempt)
        )

    def yours(self, room: Room, seat: bytes) -> View:
        """Return what is computed for one seat alone, in a round of points and in a vote."""
        asked, options = room.round, self.options(room)
        if options is None or asked is None or asked.kind not in ("point", "vote"):
            return {}
        answers = {}
        for one in room.rounds:
            for attempt in range(1, ATTEMPTS + 1):
                said = self._store.answer(room.code, one.name, attempt, seat)
                answers |= {one.kind: json.loads(said)} if said else {}
        decision = None
        if asked.kind == "vote" and room.phase == "revealed":
            decision = self.results(room, room.place, room.attempt).get("decision")
        with in_room_language(room.language):
            return yours(options, answers, decision)

    def forget_gone(self) -> None:
        """Keep nothing ready any more of rooms that are gone, whoever deleted them."""
        if self._ready:
            salts = self._store.salts()
            with self._lock:
                self._ready = {key: one for key, one in self._ready.items() if key[0] in salts}

    def _keep(self, key: tuple[object, ...], make: Callable[[], Any]) -> Any:
        """Return what was made under a key before, or make it."""
        with self._lock:
            if key in self._ready:
                return self._ready[key]
        found = make()
        with self._lock:
            if len(self._ready) >= MOST:
                self._ready.clear()
            return self._ready.setdefault(key, found)
