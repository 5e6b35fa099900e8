"""Host's acts: buttons that move a room on, and those that need to know what it holds."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tradeoffs.errors import InvalidInput
from tradeoffs.rooms.answer import Answer, one_line
from tradeoffs.rooms.contents import Contents
from tradeoffs.rooms.local_privacy import randomise
from tradeoffs.rooms.paper import tally, whole
from tradeoffs.rooms.room import Room, act
from tradeoffs.rooms.room_language import in_room_language
from tradeoffs.rooms.room_store import RoomStore
from tradeoffs.rooms.rounds import EPSILON, EPSILONS, MOST_WORDS, NO_EPSILON, Round

MOST_HEADS = 10_000


@dataclass(frozen=True, kw_only=True, slots=True)
class HostActs:
    """What a host can do to a room.

    Attributes:
        store: where answers on paper are kept.
        contents: of rooms.
        rng: draws what is replaced at random.
    """

    store: RoomStore
    contents: Contents
    rng: random.Random

    def after(self, room: Room, action: str, details: Mapping[str, Any], now: float) -> Room:
        """Return a room after an act of its host; see `Rooms.act`."""
        own: dict[str, Callable[[Room, Mapping[str, Any]], Room]] = {
            "approve": self._approve,
            "refuse": self._refuse,
            "absent": self._absent,
            "heads": self._heads,
            "counts": self._counts,
            "typed": self._typed,
        }
        if action in own:
            return own[action](room, details)
        found = act(room, action, now, own)
        asked = found.round
        if action == "reveal" and asked is not None and asked.name == EPSILON:
            return replace(found, epsilon=self._epsilon(room))
        if action in ("next", "skip") and asked is not None and asked.kind == "vote":
            return self._nominate(found, asked)
        return found

    def randomise(self, room: Room, asked: Round, answer: Answer) -> Answer:
        """Return what is kept of an answer: itself, or what chance puts in its place."""
        epsilon = room.epsilon_of(asked)
        if epsilon is None:
            return answer
        return {"guess": randomise(answer["guess"], asked.asks["choices"], epsilon, self.rng)}

    def _approve(self, room: Room, details: Mapping[str, Any]) -> Room:
        text = self._text(room, details)
        refused = tuple(one for one in room.refused if one != text)
        approved = tuple(dict.fromkeys((*room.approved, text)))
        return replace(room, approved=approved, refused=refused, version=room.version + 1)

    def _refuse(self, room: Room, details: Mapping[str, Any]) -> Room:
        text = self._text(room, details)
        approved = tuple(one for one in room.approved if one != text)
        refused = tuple(dict.fromkeys((*room.refused, text)))
        return replace(room, approved=approved, refused=refused, version=room.version + 1)

    def _text(self, room: Room, details: Mapping[str, Any]) -> str:
        """Return the id of a text; InvalidInput if there is no such text."""
        text = details.get("statement")
        if text not in {one["id"] for one in self.contents.texts(room)}:
            raise InvalidInput("room_statement_unknown")
        return str(text)

    def _absent(self, room: Room, details: Mapping[str, Any]) -> Room:
        return replace(room, absent=one_line("absent", details.get("text"), MOST_WORDS))

    def _heads(self, room: Room, details: Mapping[str, Any]) -> Room:
        return replace(room, heads=whole(details.get("n"), MOST_HEADS))

    def _counts(self, room: Room, details: Mapping[str, Any]) -> Room:
        shown = details.get("shown") is True
        return replace(room, counts_shown=shown, version=room.version + 1)

    def _typed(self, room: Room, details: Mapping[str, Any]) -> Room:
        """Keep what was answered on paper in the round that a room is at."""
        asked = room.round
        if asked is None or room.phase not in ("open", "closed"):
            raise InvalidInput("room_no_paper")
        many = tally(asked, details.get("answers"), lambda one: self.randomise(room, asked, one))
        self.store.put_paper(room.code, asked.name, room.attempt, many)
        return room

    def _nominate(self, room: Room, asked: Round) -> Room:
        """Return a room with the candidates of its vote, which follow from what it answered."""
        if self.contents.options(room) is None:
            return room
        rounds = list(room.rounds)
        with in_room_language(room.language):
            found = self.contents.summary(room).candidates()
        rounds[room.place] = replace(asked, asks={**asked.asks, "candidates": found})
        return replace(room, rounds=tuple(rounds))

    def _epsilon(self, room: Room) -> float | None:
        """Return the epsilon that most chose, the smallest among equals; None: none is wanted.

        Phones alone decide where there are any: answers typed to make a tie would tell of theirs.
        """
        pool = self.contents.pool(room, EPSILON, room.attempt)
        chosen = [one["choice"] for one in pool.said.values() or pool.answers]
        names = {f"{one:g}": one for one in sorted(EPSILONS)}
        return names.get(max((*names, NO_EPSILON), key=chosen.count)) if pool.enough else None
