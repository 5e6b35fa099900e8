"""Pool: the answers of one attempt at a round, in an order that tells nothing."""

import json
import random
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tradeoffs.rooms.room import Room
from tradeoffs.rooms.room_store import RoomStore
from tradeoffs.rooms.suppression import LEAST

Answer = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Pool:
    """The answers of one attempt at a round.

    Attributes:
        said: by phones, by the hash of the seat.
        paper: how often each answer was given on paper, as the host typed them; keys are JSON.
        tables: of all seats in the room.
        salt: seeds what is drawn at random: always the same, and foreseen by nobody.
    """

    said: Mapping[bytes, Answer]
    paper: Mapping[str, int]
    tables: Mapping[bytes, str]
    salt: bytes

    @property
    def rng(self) -> random.Random:
        """Draws for what is shown of this pool, from the start."""
        return random.Random(self.salt)

    @cached_property
    def answers(self) -> list[Answer]:
        """All of them, in random order."""
        every = [*(self.said[seat] for seat in sorted(self.said)), *self.typed]
        return self.rng.sample(every, len(every))

    @cached_property
    def typed(self) -> list[Answer]:
        """Those on paper, which whoever typed them can subtract from all."""
        return [json.loads(said) for said, many in sorted(self.paper.items()) for _ in range(many)]

    @property
    def enough(self) -> bool:
        """Whether something can be shown: LEAST answers, and not fewer of phones beside paper."""
        return self.answered >= LEAST and (not self.said or len(self.said) >= LEAST)

    @property
    def answered(self) -> int:
        """How many there are, on paper too."""
        return len(self.said) + self.on_paper

    @property
    def on_paper(self) -> int:
        """How many there are on paper."""
        return sum(self.paper.values())


def seats_by_table(room: Room, chosen: Iterable[str]) -> dict[str, int]:
    """Return how many chose each table of a room, and "" where anybody chose none."""
    counts = Counter(chosen)
    return {table: counts[table] for table in room.tables} | (
        {"": counts[""]} if counts[""] else {}
    )


def load_pool(store: RoomStore, code: str, name: str, attempt: int, salt: bytes) -> Pool:
    """Return the answers that are kept.

    Args:
        store: where.
        code: of the room.
        name: of the round.
        attempt: at it.
        salt: of the room.
    """
    said = store.answers(code, name, attempt)
    return Pool(
        said={seat: json.loads(one) for seat, one in said.items()},
        paper=store.paper(code, name, attempt),
        tables=store.seats(code),
        salt=salt + f"{name} {attempt}".encode(),
    )
