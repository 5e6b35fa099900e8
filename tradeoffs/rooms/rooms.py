"""Rooms: the one door to all rooms of a process, for routes, pages and commands."""

import json
import random
import secrets
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from tradeoffs.errors import InvalidInput, require
from tradeoffs.rooms.answer import check, encode
from tradeoffs.rooms.contents import Contents
from tradeoffs.rooms.host_acts import HostActs
from tradeoffs.rooms.options import Options
from tradeoffs.rooms.room import Room
from tradeoffs.rooms.room_store import RoomRow, RoomStore
from tradeoffs.rooms.room_views import host_view, phone_view
from tradeoffs.rooms.rounds import Round
from tradeoffs.rooms.seat import fits, hash_of, new_code, new_secret, plain_code
from tradeoffs.rooms.watchers import Tell, Watchers
from tradeoffs.settings import ROOMS

MOST_HOURS = 72.0
MOST_ROOMS, MOST_SEATS, MOST_ROUNDS, MOST_TABLES = 200, 500, 40, 12


class Rooms:
    """All rooms of a store; used from several threads.

    Every method that takes a code raises InvalidInput("room_unknown") where no room has it, or its
    end has come; every one that takes a host's key raises InvalidInput("room_key_wrong").

    Args:
        store: where they are kept.
        clock: unix time in seconds.
        rng: draws what is replaced at random.
    """

    def __init__(
        self,
        store: RoomStore,
        clock: Callable[[], float] = time.time,
        rng: random.Random | None = None,
    ) -> None:
        """Keep what they are made of."""
        self._store, self._clock = store, clock
        self._contents = Contents(store)
        draws = rng or secrets.SystemRandom()
        self._acts = HostActs(store=store, contents=self._contents, rng=draws)
        self._watchers = Watchers(store.change if store.path else None)
        # Rows were deleted, and the file was not written anew since; at first, by a former process.
        self._unclean = store.path is not None

    def open(
        self,
        rounds: Sequence[Round],
        *,
        tables: Sequence[str] = (),
        options: Options | None = None,
        hours: float = 24.0,
        language: str = "en",
    ) -> tuple[str, str]:
        """Open a room; return its code and the host's key, of which a hash alone is kept.

        Args:
            rounds: to go through, in their order.
            tables: names to choose from when joining.
            options: what a workshop chooses from.
            hours: after which all of it is deleted.
            language: of its texts.
        """
        if not 0 < hours <= MOST_HOURS:
            raise InvalidInput("out_of_range", field="hours", value=hours, low=0, high=MOST_HOURS)
        names = {one.name for one in rounds}
        require(0 < len(names) == len(rounds) <= MOST_ROUNDS, "room_rounds", most=MOST_ROUNDS)
        distinct = len({*tables, ""}) == len(tables) + 1 <= MOST_TABLES + 1
        require(distinct, "room_tables", most=MOST_TABLES)
        self.purge()
        key, ends = new_secret(), self._clock() + 3600 * hours
        told = None if options is None else json.dumps(options.to_json())
        parts = {"rounds": tuple(rounds), "tables": tuple(tables), "language": language}
        while self._store.rooms() < MOST_ROOMS:
            room = Room(code=new_code(), ends=ends, **parts)
            row = RoomRow(
                key_hash=hash_of(key), salt=secrets.token_bytes(16), version=0, state=_json(room)
            )
            if self._store.add_room(room.code, row, ends, told):
                return room.code, key
        raise InvalidInput("room_too_many", most=MOST_ROOMS)

    def room(self, code: str) -> Room:
        """Return a room."""
        return self._found(code)[0]

    def join(self, code: str, table: str = "") -> str:
        """Return the token of a new seat.

        Args:
            code: of the room.
            table: one of the room's, or empty.

        Raises:
            InvalidInput: the room is locked or full, or has no such table.
        """
        token = new_secret()
        with self._store.transaction():
            room, _ = self._found(code)
            require(not room.locked, "room_locked", code=room.code)
            if table and table not in room.tables:
                raise InvalidInput("not_offered", field="table", value=table, known=room.tables)
            left = self._store.seat_count(room.code) < MOST_SEATS
            require(left, "room_full", code=room.code, most=MOST_SEATS)
            self._store.add_seat(room.code, hash_of(token), table)
        self._watchers.tell(room.code, answer=True)
        return token

    def seated(self, code: str, token: str) -> bool:
        """Say whether a token is of a seat in a room."""
        return self._store.table(self.room(code).code, hash_of(token)) is not None

    def say(self, code: str, token: str, round_name: str, answer: object) -> None:
        """Keep the answer of a seat, in the place of an earlier one.

        Where a guess with choices has an epsilon, it is replaced at random before it is kept,
        unless the phone did so: then its answer has `"randomised": true`.  It is the only one then,
        as several would tell more than epsilon allows.

        Raises:
            InvalidInput: no such seat, the round is not open, or the answer is not allowed.
        """
        with self._store.transaction():
            room, _ = self._found(code)
            seat = hash_of(token)
            seated = self._store.table(room.code, seat) is not None
            require(seated, "room_seat_unknown", code=room.code)
            asked = room.rounds[room.place_of(round_name)]
            open_now = room.round is asked and room.phase == "open"
            require(open_now, "room_not_open", title=asked.title)
            found = check(asked, answer)
            if room.epsilon_of(asked) is not None:
                again = self._store.answer(room.code, asked.name, room.attempt, seat)
                require(again is None, "room_said_once")
            joined = found.get("join")
            if joined and joined not in {one["id"] for one in self._contents.approved(room)}:
                raise InvalidInput("room_statement_unknown")
            drawn = isinstance(answer, Mapping) and answer.get("randomised") is True
            said = encode(found if drawn else self._acts.randomise(room, asked, found))
            self._store.put_answer(room.code, asked.name, room.attempt, seat, said)
        self._watchers.tell(room.code, answer=True)

    def act(self, code: str, key: str, action: str, **details: Any) -> Room:
        """Return a room after its host pressed a button.

        Args:
            code: of the room.
            key: of its host.
            action: of `room.act`; approve or refuse (`statement`: id); heads (`n`: people whom the
                host counted); counts (`shown`: whether a first vote shows its counts); typed
                (`answers` on paper to the round that it is at, each `{"answer", "many"}`, in the
                place of those typed before).
            details: as said there; and `version`, that the host saw: if it is another one by now,
                nothing is done.

        Raises:
            InvalidInput: the phase does not allow it, or somebody else was faster.
        """
        with self._store.transaction():
            room, _ = self._hosted(code, key)
            version = details.pop("version", room.version)
            require(version == room.version, "room_moved_on")
            found = self._acts.after(room, action, details, self._clock())
            if action == "end":
                self._store.delete(room.code)
            else:
                self._store.put_room(room.code, _json(found), found.version, found.ends)
        if action == "end":
            self._clean(deleted=True)
        self._watchers.tell(room.code)
        return found

    def phone(self, code: str, token: str | None) -> dict[str, Any]:
        """Return what one phone shows now; see `phone_view`."""
        seat = hash_of(token) if token else b""
        return phone_view(self.room(code), seat, self._store, self._contents)

    def host(self, code: str, key: str) -> dict[str, Any]:
        """Return what a host sees now; see `host_view`."""
        room, _ = self._hosted(code, key)
        return host_view(room, self._store, self._contents)

    def results(
        self, code: str, place: int | None = None, attempt: int | None = None
    ) -> dict[str, Any]:
        """Return `version`, and what `Summary.of` tells of a round that was revealed.

        It is the same as long as the version is.

        Args:
            code: of the room.
            place: of the round; None: the one that the room is at.
            attempt: at it; None: the last one that was revealed.

        Raises:
            InvalidInput: it was not revealed.
        """
        room = self.room(code)
        at = room.place if place is None else place
        shown = [one for where, one in room.revealed if where == at]
        which = max(shown, default=0) if attempt is None else attempt
        require(which in shown, "room_not_revealed")
        return self._contents.results(room, at, which)

    def options(self, code: str) -> Options | None:
        """Return what a room chooses from; None where it is no workshop."""
        return self._contents.options(self.room(code))

    def version(self, code: str) -> int:
        """Return the version of a room: it counts the changes of what phones and results show."""
        found = self._store.version(plain_code(code))
        if found is None or found[1] <= self._clock():
            raise InvalidInput("room_unknown", code=code)
        return found[0]

    def watch(self, code: str, tell: Tell, *, answers: bool = True) -> Callable[[], None]:
        """Call `tell` after each change of a room, and return what ends that.

        It is called in the thread that made the change, and has to return at once; some calls have
        no cause.

        Args:
            code: of the room.
            tell: what is called.
            answers: whether of joins and answers, too, which leave the version as it is.
        """
        return self._watchers.add(plain_code(code), tell, answers=answers)

    def record(self, code: str, key: str) -> dict[str, Any]:
        """Return all that was revealed.

        `room` (code, ends, language, heads), `seats`, `rounds` (each `place`, `round` and
        `attempts`: results), `options` (JSON; None where there are none), `skipped` (titles of
        rounds that were not revealed) and `absent` (who was not in the room, by its host).
        """
        room, _ = self._hosted(code, key)
        attempts: dict[int, list[dict[str, Any]]] = {}
        for place, attempt in room.revealed:
            attempts.setdefault(place, []).append(self.results(code, place, attempt))
        options = self._contents.options(room)
        return {
            "room": {name: getattr(room, name) for name in ("code", "ends", "language", "heads")},
            "seats": self._store.seat_count(room.code),
            "rounds": [
                {"place": place, "round": room.rounds[place].to_json(), "attempts": found}
                for place, found in attempts.items()
            ],
            "options": options.to_json() if options else None,
            "skipped": [one.title for n, one in enumerate(room.rounds) if n not in attempts],
            "absent": room.absent,
        }

    def purge(self) -> int:
        """Delete the rooms that have ended, out of the file too; return how many there were."""
        codes = self._store.ended(self._clock())
        for code in codes:
            self._store.delete(code)
        self._contents.forget_gone()  # those that another process deleted, too
        self._clean(deleted=bool(codes))
        for code in codes:
            self._watchers.tell(code)
        return len(codes)

    def _clean(self, *, deleted: bool) -> None:
        """Write the file anew where rows were deleted; at the next purge where it cannot be now."""
        if deleted or self._unclean:
            self._contents.forget_gone()
            self._unclean = not self._store.clean()

    def _found(self, code: str) -> tuple[Room, RoomRow]:
        row = self._store.room(plain_code(code))
        if row is None:
            self._contents.forget_gone()
        room = Room.of(json.loads(row.state)) if row else None
        if row is None or room is None or room.ends <= self._clock():
            raise InvalidInput("room_unknown", code=code)
        return room, row

    def _hosted(self, code: str, key: str) -> tuple[Room, RoomRow]:
        room, row = self._found(code)
        require(fits(key, row.key_hash), "room_key_wrong", code=room.code)
        return room, row


def rooms() -> Rooms:
    """Return the rooms of this process, kept where TRADEOFFS_ROOMS says.

    Raises:
        InvalidInput: rooms are off here.
        StoreError: the file cannot be opened.
    """
    with _OPENING:  # two threads that ask first must not get rooms of their own
        return _opened()


_OPENING = threading.Lock()


@lru_cache(maxsize=1)
def _opened() -> Rooms:
    place = ROOMS.read()
    if place == "off":
        raise InvalidInput("rooms_off")
    return Rooms(RoomStore(None if place == "memory" else place))


def _json(room: Room) -> str:
    return json.dumps(room.to_json(), ensure_ascii=False)
