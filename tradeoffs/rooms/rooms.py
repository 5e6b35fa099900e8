"""Rooms: the one door to all rooms of a process, for routes, pages and commands."""

import json
import random
import secrets
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from tradeoffs.errors import InvalidInput, require
from tradeoffs.rooms import room as moves
from tradeoffs.rooms.answer import check, encode
from tradeoffs.rooms.local_privacy import randomise
from tradeoffs.rooms.options import Options
from tradeoffs.rooms.pool import Pool, summarise
from tradeoffs.rooms.room import Room
from tradeoffs.rooms.room_store import RoomRow, RoomStore
from tradeoffs.rooms.rounds import EPSILONS, Round
from tradeoffs.rooms.seat import fits, hash_of, new_code, new_secret, plain_code, text_id
from tradeoffs.rooms.suppression import suppress
from tradeoffs.settings import ROOMS

MOST_HOURS = 72.0
MOST_ROOMS, MOST_SEATS, MOST_ROUNDS, MOST_TABLES = 200, 500, 40, 12
MOST_PAPER = 500  # answers on paper, in a round
Tell = Callable[[], None]


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
        self._rng = rng or secrets.SystemRandom()
        self._lock = threading.RLock()
        self._watchers: dict[str, dict[object, Tell]] = {}
        self._results: dict[tuple[str, int, int, int], dict[str, Any]] = {}

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
        require(len(set(tables)) == len(tables) <= MOST_TABLES, "room_tables", most=MOST_TABLES)
        self.purge()
        require(self._store.rooms() < MOST_ROOMS, "room_too_many", most=MOST_ROOMS)
        key, ends = new_secret(), self._clock() + 3600 * hours
        told = None if options is None else json.dumps(options.to_json())
        for _ in range(100):
            room = Room(
                code=new_code(),
                rounds=tuple(rounds),
                tables=tuple(tables),
                ends=ends,
                language=language,
            )
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
        with self._store.transaction():
            room, _ = self._found(code)
            require(not room.locked, "room_locked", code=room.code)
            if table and table not in room.tables:
                raise InvalidInput("not_offered", field="table", value=table, known=room.tables)
            full = len(self._store.seats(room.code)) >= MOST_SEATS
            require(not full, "room_full", code=room.code, most=MOST_SEATS)
            token = new_secret()
            self._store.add_seat(room.code, hash_of(token), table)
        self._tell(room.code)
        return token

    def seated(self, code: str, token: str) -> bool:
        """Say whether a token is of a seat in a room."""
        return self._store.table(self.room(code).code, hash_of(token)) is not None

    def say(self, code: str, token: str, round_name: str, answer: object) -> None:
        """Keep the answer of a seat, in the place of an earlier one.

        A guess with choices is replaced at random before it is kept where the room has an epsilon,
        unless the phone did so: then it says `"randomised": true` in its answer.

        Raises:
            InvalidInput: no such seat, the round is not open, or the answer is not allowed.
        """
        with self._store.transaction():
            room, _ = self._found(code)
            seat = hash_of(token)
            seated = self._store.table(room.code, seat) is not None
            require(seated, "room_seat_unknown", code=room.code)
            asked = room.rounds[room.place_of(round_name)]
            here = room.round is asked and room.phase == "open"
            require(here, "room_not_open", title=asked.title)
            found = check(asked, answer)
            if "join" in found and found["join"] not in room.approved:
                raise InvalidInput("room_statement_unknown")
            drawn = isinstance(answer, Mapping) and answer.get("randomised") is True
            said = encode(found if drawn else self._randomised(room, asked, found))
            self._store.put_answer(room.code, asked.name, room.attempt, seat, said)
        self._tell(room.code)

    def act(self, code: str, key: str, action: str, **details: Any) -> Room:
        """Return a room after its host pressed a button.

        Args:
            code: of the room.
            key: of its host.
            action: of `room.act`; approve or refuse (`statement`: id), heads (`n`), typed
                (`answers`: of the round that it is at, as given on paper, each `{"answer", "many"}`
                , in the place of those typed before), counts (`shown`: whether a first vote shows
                its counts).
            details: as said there; and `version`, that the host saw: if it is another one by now,
                nothing is done.

        Raises:
            InvalidInput: the phase does not allow it, or somebody else was faster.
        """
        with self._store.transaction():
            room, _ = self._hosted(code, key)
            version = details.pop("version", room.version)
            require(version == room.version, "room_moved_on")
            found = self._acted(room, action, details)
            if action == "end":
                self._store.delete(room.code)
            else:
                self._store.put_room(room.code, _json(found), found.version, found.ends)
        if action == "end":
            self._store.clean()
        self._tell(room.code)
        return found

    def phone(self, code: str, token: str | None) -> dict[str, Any]:
        """Return what one phone shows now.

        `version`, `code`, `language`, `ends`, `locked`, `tables`, `phase`, `attempt`, `place`,
        `rounds` (how many), `epsilon`, `round` (JSON of Round; None before the first), and of the
        seat: `seated`, `table`, `answer` (None where it gave none), `yours` (what is computed for
        it alone), `statements` (approved ones, to join: id and text).
        """
        room, _ = self._found(code)
        seat = hash_of(token) if token else b""
        table = self._store.table(room.code, seat)
        own = None
        if room.round is not None and table is not None:
            own = self._store.answer(room.code, room.round.name, room.attempt, seat)
        return {
            "version": room.version,
            "code": room.code,
            "language": room.language,
            "ends": room.ends,
            "locked": room.locked,
            "tables": list(room.tables),
            "phase": room.phase,
            "attempt": room.attempt,
            "place": room.place,
            "rounds": len(room.rounds),
            "epsilon": room.epsilon,
            "round": room.round.to_json() if room.round else None,
            "seated": table is not None,
            "table": table or "",
            "answer": json.loads(own) if own else None,
            "yours": {},
            "statements": self._statements(room),
        }

    def host(self, code: str, key: str) -> dict[str, Any]:
        """Return what a host sees: how many are here, how many answered, and what awaits approval.

        `room` (JSON of Room), `actions` (those that move on, the usual one first), `seats`,
        `heads`, `answered` (of the round and attempt that it is at, those on paper too), `paper`,
        `by_table` (None is hidden), `awaiting` and `approved` (each id, round, text).
        """
        room, row = self._hosted(code, key)
        seats = self._store.seats(room.code)
        pool = self._pool(room, room.place, room.attempt) if room.round else None
        rng = random.Random(row.salt + b"tables")
        tables = {table: list(seats.values()).count(table) for table in ("", *room.tables)}
        texts = [one | {"state": self._state(room, one["id"])} for one in self._texts(room)]
        return {
            "room": room.to_json(),
            "actions": list(moves.actions(room)),
            "seats": len(seats),
            "heads": room.heads,
            "answered": pool.answered if pool else 0,
            "paper": pool.on_paper if pool else 0,
            "by_table": suppress(tables, rng) if room.tables else {},
            "awaiting": [one for one in texts if one["state"] == "awaiting"],
            "approved": [one for one in texts if one["state"] == "approved"],
        }

    def results(
        self, code: str, place: int | None = None, attempt: int | None = None
    ) -> dict[str, Any]:
        """Return what all may see of a round that was revealed; it is the same for a version.

        Args:
            code: of the room.
            place: of the round; None: the one that the room is at.
            attempt: at it; None: the last one that was revealed.

        Raises:
            InvalidInput: it was not revealed.
        """
        room, row = self._found(code)
        at = room.place if place is None else place
        shown = [one for where, one in room.revealed if where == at]
        which = max(shown, default=0) if attempt is None else attempt
        require(which in shown, "room_not_revealed")
        cached = (room.code, room.version, at, which)
        with self._lock:
            if cached not in self._results:
                found = self._revealed(room, row, at, which)
                self._results[cached] = found | {"version": room.version}
            return self._results[cached]

    def options(self, code: str) -> Options | None:
        """Return what a room chooses from; None where it is no workshop."""
        stored = self._store.options(self.room(code).code)
        return _options(stored) if stored else None

    def version(self, code: str) -> int:
        """Return the version of a room: it counts the changes of what phones and results show."""
        return self.room(code).version

    def watch(self, code: str, tell: Tell) -> Callable[[], None]:
        """Call `tell` after each change of a room: acts, and joins and answers, too.

        It is called in the thread that made the change, and has to return at once.  Those who show
        what phones show compare versions; a join and an answer leave the version as it is.

        Returns:
            What ends it.
        """
        plain, key = plain_code(code), object()
        with self._lock:
            self._watchers.setdefault(plain, {})[key] = tell

        def unwatch() -> None:
            with self._lock:
                self._watchers.get(plain, {}).pop(key, None)

        return unwatch

    def record(self, code: str, key: str) -> dict[str, Any]:
        """Return all that was revealed, for the record: room, results of each round, and options.

        `room` (code, ends, language, epsilon, heads), `seats`, `rounds` (each with round, place,
        attempts: results), `options` (JSON; None where there are none).
        """
        room, _ = self._hosted(code, key)
        attempts: dict[int, list[dict[str, Any]]] = {}
        for place, attempt in room.revealed:
            attempts.setdefault(place, []).append(self.results(code, place, attempt))
        stored = self._store.options(room.code)
        return {
            "room": {
                name: getattr(room, name)
                for name in ("code", "ends", "language", "epsilon", "heads")
            },
            "seats": len(self._store.seats(room.code)),
            "rounds": [
                {"place": place, "round": room.rounds[place].to_json(), "attempts": found}
                for place, found in attempts.items()
            ],
            "options": json.loads(stored) if stored else None,
        }

    def purge(self) -> int:
        """Delete the rooms that have ended; return how many there were."""
        codes = self._store.ended(self._clock())
        for code in codes:
            self._store.delete(code)
        if codes:
            self._store.clean()
        for code in codes:
            self._tell(code)
        return len(codes)

    def _found(self, code: str) -> tuple[Room, RoomRow]:
        plain = plain_code(code)
        row = self._store.room(plain)
        room = _room(row.state) if row else None
        if row is None or room is None or room.ends <= self._clock():
            raise InvalidInput("room_unknown", code=code)
        return room, row

    def _hosted(self, code: str, key: str) -> tuple[Room, RoomRow]:
        room, row = self._found(code)
        require(fits(key, row.key_hash), "room_key_wrong", code=room.code)
        return room, row

    def _acted(self, room: Room, action: str, details: Mapping[str, Any]) -> Room:
        """Return a room after an act of any kind."""
        if action in ("approve", "refuse"):
            return self._judged(room, action, details.get("statement"))
        if action == "heads":
            return replace(room, heads=_count(details.get("n"), MOST_SEATS))
        if action == "counts":
            shown = details.get("shown") is True
            return replace(room, counts_shown=shown, version=room.version + 1)
        if action == "typed":
            self._typed(room, details.get("answers"))
            return room
        found = moves.act(room, action, self._clock())
        if action == "reveal" and room.round is not None and room.round.name == "epsilon":
            return replace(found, epsilon=self._epsilon(room))
        return found

    def _judged(self, room: Room, action: str, statement: object) -> Room:
        """Return a room after its host approved or refused a text."""
        if statement not in {one["id"] for one in self._texts(room)}:
            raise InvalidInput("room_statement_unknown")
        one = str(statement)
        approved = tuple(other for other in room.approved if other != one)
        refused = tuple(other for other in room.refused if other != one)
        if action == "approve":
            approved = (*approved, one)
        else:
            refused = (*refused, one)
        return replace(room, approved=approved, refused=refused, version=room.version + 1)

    def _typed(self, room: Room, answers: object) -> None:
        """Keep what was answered on paper in the round that a room is at."""
        asked = room.round
        here = asked is not None and room.phase in ("open", "closed")
        require(here, "room_no_paper")
        assert asked is not None
        require(isinstance(answers, list), "room_answer_shape", round=asked.name)
        assert isinstance(answers, list)
        many: dict[str, int] = {}
        for one in answers[:MOST_PAPER]:
            require(isinstance(one, Mapping), "room_answer_shape", round=asked.name)
            found = check(asked, one.get("answer"))
            for _ in range(_count(one.get("many"), MOST_PAPER)):
                said = encode(self._randomised(room, asked, found))
                many[said] = many.get(said, 0) + 1
        _count(sum(many.values()), MOST_PAPER)
        self._store.put_paper(room.code, asked.name, room.attempt, many)

    def _randomised(self, room: Room, asked: Round, answer: dict[str, Any]) -> dict[str, Any]:
        if room.epsilon is None or asked.asks.get("form") != "choice":
            return answer
        choices = asked.asks["choices"]
        return {"guess": randomise(answer["guess"], choices, room.epsilon, self._rng)}

    def _epsilon(self, room: Room) -> float | None:
        """Return the epsilon most seats chose, the smallest among equals; None: as they are."""
        pool = self._pool(room, room.place, room.attempt)
        chosen = [one["choice"] for one in pool.answers]
        by_name = {f"{one:g}": one for one in EPSILONS}
        order = [*sorted(by_name, key=lambda name: by_name[name]), "none"]
        winner = max(order, key=chosen.count)
        return by_name.get(winner) if chosen else None

    def _pool(self, room: Room, place: int, attempt: int) -> Pool:
        name = room.rounds[place].name
        answers = self._store.answers(room.code, name, attempt)
        return Pool(
            said={seat: json.loads(said) for seat, said in answers.items()},
            tables=self._store.seats(room.code),
            paper=[
                json.loads(said)
                for said, many in self._store.paper(room.code, name, attempt).items()
                for _ in range(many)
            ],
        )

    def _revealed(self, room: Room, row: RoomRow, place: int, attempt: int) -> dict[str, Any]:
        asked = room.rounds[place]
        rng = random.Random(row.salt + f"{place} {attempt}".encode())
        pools = [self._pool(room, place, one) for one in range(1, attempt + 1)]
        texts = [one for one in self._texts(room) if one["round"] == asked.name]
        approved = [one for one in texts if one["id"] in room.approved]
        found = summarise(room, asked, pools, approved, rng)
        return found | {
            "round": asked.name,
            "kind": asked.kind,
            "place": place,
            "attempt": attempt,
        }

    def _texts(self, room: Room) -> list[dict[str, str]]:
        """Return what was written in a room: each text with id and round, ordered by id."""
        found = []
        for asked in room.rounds:
            if asked.kind not in ("values", "words"):
                continue
            for attempt in range(1, moves.ATTEMPTS + 1):
                for seat, said in self._store.answers(room.code, asked.name, attempt).items():
                    answer = json.loads(said)
                    written = answer.get("text") or answer.get("else")
                    if written:
                        one = {"id": text_id(seat, asked.name, written), "round": asked.name}
                        found.append(one | {"text": written})
        return sorted({one["id"]: one for one in found}.values(), key=lambda one: one["id"])

    def _state(self, room: Room, text: str) -> str:
        if text in room.approved:
            return "approved"
        return "refused" if text in room.refused else "awaiting"

    def _statements(self, room: Room) -> list[dict[str, str]]:
        if room.round is None or room.round.kind != "words":
            return []
        return [
            {"id": one["id"], "text": one["text"]}
            for one in self._texts(room)
            if one["id"] in room.approved and one["round"] == room.round.name
        ]

    def _tell(self, code: str) -> None:
        with self._lock:
            watchers = list(self._watchers.get(code, {}).values())
        for tell in watchers:
            tell()


@lru_cache(maxsize=1)
def rooms() -> Rooms:
    """Return the rooms of this process, kept where TRADEOFFS_ROOMS says.

    Raises:
        InvalidInput: rooms are off here.
        StoreError: the file cannot be opened.
    """
    place = ROOMS.read()
    if place == "off":
        raise InvalidInput("rooms_off")
    return Rooms(RoomStore(None if place == "memory" else place))


@lru_cache(maxsize=256)
def _room(state: str) -> Room:
    return Room.of(json.loads(state))


@lru_cache(maxsize=8)
def _options(stored: str) -> Options:
    return Options.from_json(json.loads(stored))


def _json(room: Room) -> str:
    return json.dumps(room.to_json(), ensure_ascii=False)


def _count(value: object, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise InvalidInput("not_a_number", field="count", value=value, low=0, high=most)
    return value
