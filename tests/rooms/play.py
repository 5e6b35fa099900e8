"""Rooms to play in: rounds of each kind, a clock that can be set, and seats that answer."""

import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tradeoffs.rooms.room_store import RoomStore
from tradeoffs.rooms.rooms import Rooms
from tradeoffs.rooms.rounds import Round, epsilon_round

OBJECTIVES = [
    {"name": "accuracy", "title": "Accuracy", "from": "78 %", "to": "85 %"},
    {"name": "privacy", "title": "Privacy", "from": "50", "to": "0.1"},
]
LIMITS = [
    {**one, "better": "high", "unit": "%", "low": 0.0, "high": 100.0, "step": 0.1}
    for one in OBJECTIVES
]
CANDIDATES = [
    {"name": name, "title": name, "words": "", "setting": None, "reasons": []}
    for name in ("baseline", "setting-1", "do_not_build")
]
CHOICES = ("fewer", "the same", "more")
NUMBER = {"form": "number", "low": 0, "high": 100, "step": 0.5, "unit": "%", "label": "In %"}
LINE = {"form": "line", "xs": ["1", "2"], "low": 0.0, "high": 1.0}
LINE |= {"unit": "", "x_title": "x", "y_title": "y"}


def asks(name: str, kind: Any, **asked: Any) -> Round:
    return Round(name=name, kind=kind, title=name.capitalize(), question="?", asks=asked)


ROUNDS = {
    one.name: one
    for one in (
        epsilon_round(),
        asks("number", "guess", **NUMBER),
        asks("pick", "guess", form="choice", choices=list(CHOICES)),
        asks("line", "guess", **LINE),
        asks("values", "values", objectives=OBJECTIVES),
        asks("point", "point", settings=5),
        asks("lines", "lines", objectives=LIMITS),
        asks(
            "rule",
            "choice",
            choices=[{"name": n, "title": n, "help": ""} for n in ("majority", "compromise")],
        ),
        asks("vote", "vote", candidates=CANDIDATES),
        asks("words", "words", most=280),
    )
}


def answer(asked: Round, rng: random.Random) -> dict[str, Any]:
    """Return an answer at random."""
    kind, form = asked.kind, asked.asks.get("form")
    points = rng.randint(0, 100)
    found: dict[str, Any] = {
        "guess": {
            "number": lambda: {"guess": rng.randint(0, 200) / 2},
            "choice": lambda: {"guess": rng.choice(asked.asks["choices"])},
            "line": lambda: {"guess": [rng.random() for _ in asked.asks["xs"]]},
        }.get(str(form)),
        "values": lambda: {"points": {"accuracy": points, "privacy": 100 - points}, "else": ""},
        "point": lambda: {"setting": rng.choice([None, *range(asked.asks.get("settings", 1))])},
        "lines": lambda: {"accuracy": rng.choice([None, 80.0]), "privacy": None},
        "choice": lambda: {"choice": rng.choice(asked.asks["choices"])["name"]},
        "vote": lambda: {
            "approve": [one["name"] for one in CANDIDATES if rng.random() < rng.random()]
        },
        "words": lambda: {"text": f"I disagree {rng.random()}"},
    }
    return found[kind]()


@dataclass
class Play:
    """A room with its host.

    Attributes:
        names: of its rounds.
        path: of the file; None is memory.
        now: what the clock shows.
    """

    names: tuple[str, ...] = ("pick",)
    path: Path | None = None
    tables: tuple[str, ...] = ()
    now: float = 1_000_000.0
    rooms: Rooms = field(init=False)
    code: str = field(init=False)
    key: str = field(init=False)

    def __post_init__(self) -> None:
        """Open it."""
        self.rooms = Rooms(RoomStore(self.path), lambda: self.now, random.Random(0))
        rounds = [ROUNDS[name] for name in self.names]
        self.code, self.key = self.rooms.open(rounds, tables=self.tables)

    def act(self, *actions: str, **details: Any) -> Any:
        """Press buttons; return the room after the last."""
        return [self.rooms.act(self.code, self.key, one, **details) for one in actions][-1]

    def join(self, seats: int, table: str = "") -> list[str]:
        """Return the tokens of new seats."""
        return [self.rooms.join(self.code, table) for _ in range(seats)]

    def say(self, token: str, name: str, **said: Any) -> None:
        """Answer."""
        self.rooms.say(self.code, token, name, said)

    def round(self, tokens: list[str], said: list[dict[str, Any]], *, again: bool = False) -> Any:
        """Play the next round, or a second attempt, and return its results."""
        room = self.act("again" if again else "next", "open")
        for token, one in zip(tokens, said, strict=True):
            self.say(token, room.round.name, **one)
        self.act("close", "reveal")
        return self.rooms.results(self.code)
