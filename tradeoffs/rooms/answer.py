"""Answer: what a phone says in a round, checked once, and brought to one form."""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tradeoffs.errors import InvalidInput, require
from tradeoffs.rooms.rounds import MOST_ELSE, POINTS, Kind, Round

MOST_BYTES = 300  # of an answer as it is stored, but a statement
Answer = dict[str, Any]


def check(asked: Round, answer: object) -> Answer:
    """Return an answer in the one form of its kind.

    Forms, by kind: guess `{"guess": number | choice | [numbers]}`; values `{"points": {objective:
    whole number}, "else": text}`, the points summing to 100; point `{"setting": row | None}`; lines
    `{objective: number | None}`; choice `{"choice": name}`; vote `{"approve": [names]}`; words
    `{"text": text}` or `{"join": id of a statement}`.

    Args:
        asked: the round that it answers.
        answer: anything at all, as it came from outside.

    Raises:
        InvalidInput: it names the value and its bound.
    """
    if not isinstance(answer, Mapping):
        raise InvalidInput("room_answer_shape", title=asked.title)
    found = _CHECKS[asked.kind](asked.asks, answer)
    size = len(encode(found).encode())
    fits = asked.kind == "words" or size <= MOST_BYTES  # a text has its own bound, in characters
    require(fits, "content_too_long", field="answer", value=size, most=MOST_BYTES)
    return found


def encode(answer: Mapping[str, Any]) -> str:
    """Return an answer as it is stored."""
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _guess(asks: Mapping[str, Any], answer: Mapping[str, Any]) -> Answer:
    value = answer.get("guess")
    if asks["form"] == "choice":
        return {"guess": _one_of("guess", value, asks["choices"])}
    if asks["form"] == "number":
        return {"guess": _stepped(value, asks)}
    xs = asks["xs"]
    if not isinstance(value, list) or len(value) != len(xs):
        raise InvalidInput("room_line", places=len(xs))
    return {"guess": [round(_number("guess", one, asks), 4) for one in value]}


def _values(asks: Mapping[str, Any], answer: Mapping[str, Any]) -> Answer:
    names = [one["name"] for one in asks["objectives"]]
    points = answer.get("points")
    if not isinstance(points, Mapping):
        raise InvalidInput("room_points_shape")
    _known("objective", points, names)
    bounds = {"low": 0, "high": POINTS}
    found = {name: _whole(name, points.get(name, 0), bounds) for name in names}
    total = sum(found.values())
    require(total == POINTS, "room_points", total=total, most=POINTS)
    return {"points": found, "else": one_line("else", answer.get("else", ""), MOST_ELSE)}


def _point(asks: Mapping[str, Any], answer: Mapping[str, Any]) -> Answer:
    setting = answer.get("setting")
    if setting is None:
        return {"setting": None}
    return {"setting": _whole("setting", setting, {"low": 0, "high": asks["settings"] - 1})}


def _lines(asks: Mapping[str, Any], answer: Mapping[str, Any]) -> Answer:
    bounds = {one["name"]: one for one in asks["objectives"]}
    _known("objective", answer, list(bounds))
    given = {name: answer.get(name) for name in bounds}
    return {
        name: None if value is None else _number(name, value, bounds[name])
        for name, value in given.items()
    }


def _choice(asks: Mapping[str, Any], answer: Mapping[str, Any]) -> Answer:
    names = [one["name"] for one in asks["choices"]]
    return {"choice": _one_of("choice", answer.get("choice"), names)}


def _vote(asks: Mapping[str, Any], answer: Mapping[str, Any]) -> Answer:
    names = [one["name"] for one in asks["candidates"]]
    given = answer.get("approve")
    if not isinstance(given, list):
        raise InvalidInput("room_approve_shape")
    approved = {_one_of("approve", one, names) for one in given[: len(names) + 1]}
    return {"approve": [name for name in names if name in approved]}


def _words(asks: Mapping[str, Any], answer: Mapping[str, Any]) -> Answer:
    if answer.get("join"):
        return {"join": one_line("join", answer["join"], asks["most"])}
    return {"text": one_line("text", answer.get("text", ""), asks["most"])}


def _stepped(value: object, asks: Mapping[str, Any]) -> float:
    """Return a number on the steps that its form offers, from the lowest."""
    low, high, step = asks["low"], asks["high"], asks["step"]
    steps = round((_number("guess", value, asks) - low) / step)
    return min(high, round(low + steps * step, 10))


def _number(name: str, value: object, bounds: Mapping[str, Any]) -> float:
    low, high = bounds["low"], bounds["high"]
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    if not (plain and low <= value <= high and math.isfinite(value)):  # type: ignore[operator]
        raise InvalidInput("not_a_number", field=name, value=value, low=low, high=high)
    assert isinstance(value, int | float)
    return value


def _whole(name: str, value: object, bounds: Mapping[str, Any]) -> int:
    number = _number(name, value, bounds)
    if number != int(number):
        raise InvalidInput("room_whole_number", field=name, value=value)
    return int(number)


def _one_of(name: str, value: object, known: Sequence[str]) -> str:
    if not isinstance(value, str) or value not in known:
        raise InvalidInput("not_offered", field=name, value=value, known=tuple(known))
    return value


def _known(kind: str, given: Mapping[str, Any], names: Sequence[str]) -> None:
    for name in given:
        if name not in names:
            raise InvalidInput("unknown", kind=kind, name=name, known=tuple(names))


def one_line(name: str, value: object, most: int) -> str:
    """Return a text on one line, without signs that cannot be seen."""
    if not isinstance(value, str):
        raise InvalidInput("room_text", field=name)
    seen = "".join(one if one.isprintable() else " " for one in value[: 4 * most])
    found = " ".join(seen.split())
    require(len(found) <= most, "room_text_too_long", field=name, count=len(found), most=most)
    return found


_CHECKS: dict[Kind, Callable[[Mapping[str, Any], Mapping[str, Any]], Answer]] = {
    "guess": _guess,
    "values": _values,
    "point": _point,
    "lines": _lines,
    "choice": _choice,
    "vote": _vote,
    "words": _words,
}
