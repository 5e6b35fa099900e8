"""A workshop that is played to its end, with answers drawn at random."""

import random
from typing import Any

from tests.rooms.front import options
from tests.rooms.test_rules import drawn
from tradeoffs.rooms.room_store import RoomStore
from tradeoffs.rooms.rooms import Rooms
from tradeoffs.rooms.rounds import workshop_rounds
from tradeoffs.rooms.rules import point_of

TEXTS = ("We asked nobody who was refused.", "<script>alert(1)</script> | *one*")


def told(seats: int = 12, seed: int = 0, *, again: bool = True) -> dict[str, Any]:
    """Return what a room tells of a workshop.

    Args:
        seats: how many, at least two.
        seed: of the answers.
        again: whether they vote twice.
    """
    rng = random.Random(seed)
    rooms = Rooms(RoomStore(), lambda: 0.0, rng)
    code, key = rooms.open(workshop_rounds(options()), options=options())
    tokens = [rooms.join(code) for _ in range(seats)]
    values = drawn(seats, seed)

    def play(answers: list[dict[str, Any]], *first: str) -> None:
        for action in (*first, "open"):
            room = rooms.act(code, key, action)
        assert room.round is not None
        for token, answer in zip(tokens, answers, strict=True):
            rooms.say(code, token, room.round.name, answer)
        rooms.act(code, key, "close")
        rooms.act(code, key, "reveal")

    def lines() -> dict[str, float | None]:
        given = {"accuracy": rng.choice([None, 78, 81]), "fairness": rng.choice([None, 12, 3])}
        return {**given, "privacy": None, "explainability": None}

    def votes() -> list[dict[str, Any]]:
        shown = rooms.room(code).rounds[4].asks["candidates"]
        names = [one["name"] for one in shown]
        return [{"approve": [n for n in names if rng.random() < 0.5]} for _ in tokens]

    play([{"points": one, "else": ""} for one in values], "next")
    play([{"setting": rng.choice([None, point_of(options(), one)])} for one in values], "next")
    play([lines() for _ in tokens], "next")
    play([{"choice": "majority" if n > 4 else "compromise"} for n in range(seats)], "next")
    rooms.act(code, key, "next")
    play(votes())
    if again:
        play(votes(), "again")
    rooms.act(code, key, "next")
    rooms.act(code, key, "open")
    for token, text in zip(tokens[:2], TEXTS, strict=True):
        rooms.say(code, token, "words", {"text": text})
    for one in rooms.host(code, key)["awaiting"]:
        rooms.act(code, key, "approve", statement=one["id"])
    joined = next(one for one in rooms.host(code, key)["approved"] if one["text"] == TEXTS[0])
    for token in tokens[2:]:
        rooms.say(code, token, "words", {"join": joined["id"]})
    rooms.act(code, key, "close")
    rooms.act(code, key, "reveal")
    rooms.act(code, key, "heads", n=14)
    rooms.act(code, key, "absent", text="Those who were\nrefused.")
    return rooms.record(code, key)
