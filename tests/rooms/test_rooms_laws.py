"""Laws of rooms, whatever phones and hosts do: answers are kept, rooms apart, and all ends."""

import random
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.rooms.play import ROUNDS, answer
from tradeoffs.errors import InvalidInput
from tradeoffs.rooms.answer import check
from tradeoffs.rooms.room_store import RoomStore
from tradeoffs.rooms.rooms import Rooms

NAMES = ("number", "values", "vote", "words")
ORDER = ("waiting", "open", "closed", "revealed")
ACTIONS = (
    "next",
    "skip",
    "open",
    "open",
    "open",
    "close",
    "reveal",
    "again",
    "lock",
    "unlock",
    "heads",
)


@dataclass
class Model:
    """What a room should be: where it is, and what each seat said last."""

    code: str
    key: str
    at: tuple[int, int, int] = (-1, 1, 0)
    version: int = 0
    locked: bool = False
    said: dict[tuple[str, int, str], object] = field(default_factory=dict)
    seats: list[str] = field(default_factory=list)


@dataclass
class World:
    """Two rooms in one store, two doors to it, and a clock that jumps."""

    rng: random.Random
    doors: list[Rooms] = field(default_factory=list)
    models: list[Model] = field(default_factory=list)
    now: float = 1e6

    def start(self, path: Path | None) -> None:
        """Open both rooms."""
        store = RoomStore(path)
        stores = [store, RoomStore(path) if path else store]
        self.doors = [Rooms(one, lambda: self.now, self.rng) for one in stores]
        for door in self.doors:
            self.models.append(Model(*door.open([ROUNDS[name] for name in NAMES])))

    def step(self) -> None:
        """Do something at random, and do the same to the model."""
        door, model = self.rng.choice(self.doors), self.rng.choice(self.models)
        what = self.rng.choice((self.join, self.say, self.say, self.say, self.act, self.act))
        if self.rng.random() < 0.05:
            self.now += self.rng.choice((-7200, 60, 3000))
        what(door, model)

    def join(self, door, model):
        if model.locked:
            with pytest.raises(InvalidInput):
                door.join(model.code)
        else:
            model.seats.append(door.join(model.code))

    def say(self, door, model):
        others = [one for each in self.models for one in each.seats]
        token = self.rng.choice([*model.seats, *others, "forged"])
        asked = ROUNDS[self.rng.choice((*NAMES, *[NAMES[max(0, model.at[0])]] * 4))]
        given = answer(asked, self.rng) if self.rng.random() < 0.9 else {"guess": 1e9}
        try:
            door.say(model.code, token, asked.name, given)
        except InvalidInput:
            return
        place, attempt, phase = model.at
        assert token in model.seats and NAMES[place] == asked.name and ORDER[phase] == "open"
        model.said[asked.name, attempt, token] = check(asked, given)

    def act(self, door, model):
        action = self.rng.choice(ACTIONS)
        key = model.key if self.rng.random() < 0.9 else "guess"
        try:
            room = door.act(model.code, key, action, **({"n": 7} if action == "heads" else {}))
        except InvalidInput:
            return
        at = room.place, room.attempt, ORDER.index(room.phase)
        assert key == model.key and at >= model.at and room.version >= model.version
        model.at, model.version, model.locked = at, room.version, room.locked

    def hold(self) -> None:
        """Assert that both doors show what the models say."""
        for door in self.doors:
            for model in self.models:
                host = door.host(model.code, model.key)
                place, attempt, _ = model.at
                name = NAMES[place] if place >= 0 else ""
                now = {k[2]: v for k, v in model.said.items() if k[:2] == (name, attempt)}
                assert (host["seats"], host["answered"]) == (len(model.seats), len(now))
                for token in model.seats[:5]:
                    state = door.phone(model.code, token)
                    assert state["answer"] == now.get(token) and state["seated"]


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_done_answers_are_kept_and_rooms_stay_apart(seed, tmp_path):
    world = World(random.Random(seed))
    world.start(tmp_path / "rooms.sqlite" if seed % 2 else None)
    for step in range(250):
        world.step()
        if step % 10 == 0:
            world.hold()
    world.hold()
    assert sum(len(model.said) for model in world.models) >= 3
    one, two = world.models
    world.doors[0].act(one.code, one.key, "end")
    with pytest.raises(InvalidInput):
        world.doors[1].room(one.code)
    assert world.doors[1].host(two.code, two.key)["seats"] == len(two.seats)
    world.now += 1e9
    assert world.doors[1].purge() == 1 and world.doors[0].purge() == 0
