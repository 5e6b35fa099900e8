"""A workshop that was played: what a room tells of it, from answers drawn at random."""

import random
from dataclasses import replace
from typing import Any

from tests.rooms.front import options
from tests.rooms.test_rules import drawn
from tradeoffs.rooms.candidates import candidates
from tradeoffs.rooms.pool import Pool, summarise
from tradeoffs.rooms.red_lines import overlap
from tradeoffs.rooms.room import Room
from tradeoffs.rooms.rounds import Round, workshop_rounds
from tradeoffs.rooms.rules import decide, point_of

STATEMENTS = [
    {"id": "a", "text": "We asked nobody who was refused."},
    {"id": "b", "text": "<script>alert(1)</script> | *one*"},
]


def told(seats: int = 12, seed: int = 0) -> dict[str, Any]:
    """Return what a room tells of a workshop of some seats, in random order."""
    rng = random.Random(seed)
    values = drawn(seats, seed)
    lines = [
        {"accuracy": rng.choice([None, 78.0, 81.0]), "fairness": rng.choice([None, 12.0, 3.0])}
        | {"privacy": None, "explainability": None}
        for _ in range(seats)
    ]
    shown = candidates(options(), values, lines)
    answers: dict[str, list[dict[str, Any]]] = {
        "values": [{"points": one, "else": ""} for one in values],
        "point": [{"setting": rng.choice([None, point_of(options(), one)])} for one in values],
        "lines": lines,
        "rule": [{"choice": rng.choice(["majority", "compromise"])} for _ in range(seats)],
        "vote": [
            {"approve": [one["name"] for one in shown if rng.random() < 0.5]} for _ in range(seats)
        ],
        "words": [{"join": "a"} for _ in range(seats)],
    }
    rounds = workshop_rounds(options())
    room = Room(code="abcde", rounds=rounds, ends=0.0, counts_shown=True)
    found = {
        one.name: summarise(room, one, [_pool(answers[one.name])], STATEMENTS, rng)
        for one in (_asked(one, shown) for one in rounds)
    }
    if seats >= 5:
        found["values"]["profiles"], found["lines"]["profiles"] = values, lines
        found["lines"]["overlap"] = overlap(options(), lines)
        approve = found["vote"]["approve"]
        found["vote"]["decision"] = decide(options(), values, shown, approve, lines)
    return {
        "room": {"code": "abcde", "ends": 0.0, "language": "en", "epsilon": None, "heads": 14},
        "seats": seats,
        "rounds": [
            {"place": n, "round": _asked(one, shown).to_json(), "attempts": [found[one.name]]}
            for n, one in enumerate(rounds)
        ],
        "options": options().to_json(),
        "skipped": ["Talk about it"],
        "absent": "Those who were refused.",
    }


def _asked(one: Round, shown: list[dict[str, Any]]) -> Round:
    return replace(one, asks={"candidates": shown}) if one.kind == "vote" else one


def _pool(answers: list[dict[str, Any]]) -> Pool:
    seats = [n.to_bytes() for n in range(len(answers))]
    said = dict(zip(seats, answers, strict=True))
    return Pool(said=said, tables=dict.fromkeys(seats, ""), paper=[])
