"""Record of a room: what was revealed in it, and all that follows from that by computing.

It holds the settings with their results and the answers as they were shown, so that whoever has it
can compute every number of it again.
"""

import json
import math
from collections.abc import Iterator, Mapping
from statistics import quantiles
from typing import Any

from tradeoffs.errors import InvalidInput, require
from tradeoffs.language.translation import say
from tradeoffs.messages.message import Message
from tradeoffs.rooms.candidates import candidates
from tradeoffs.rooms.local_privacy import estimates
from tradeoffs.rooms.options import Options
from tradeoffs.rooms.red_lines import overlap
from tradeoffs.rooms.rules import decide, point_of
from tradeoffs.rooms.shipped_guesses import shipped_guess

FORMAT = "tradeoffs record of a room, 1"
PARTS = ("room", "seats", "rounds", "options", "skipped", "absent")
TOLERANCE = 1e-6  # relative: other machines add in another order
COMMAND = "tradeoffs rooms record"


def room_record(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return the record of a room, as JSON.

    `format`, what `Rooms.record` tells, and `computed`; see there.

    Args:
        told: by `Rooms.record`.
    """
    record = {"format": FORMAT} | {name: told[name] for name in PARTS}
    return _json(record | {"computed": recompute(record)})


def read_record(text: str) -> dict[str, Any]:
    """Return a record from a file; InvalidInput if it is none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise InvalidInput("room_record_unread", reason=str(fault)) from None
    right = isinstance(found, dict) and found.get("format") == FORMAT
    require(right, "room_record_unread", reason=Message("room_record_format", format=FORMAT))
    lacks = [name for name in (*PARTS, "computed") if name not in found]
    require(
        not lacks, "room_record_unread", reason=Message("room_record_lacks", parts=tuple(lacks))
    )
    return found


def recompute(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return all that follows from what a record holds.

    `guesses` (name of a round -> for each attempt `quartiles` of numbers and `estimates` of shares,
    where it has them), `answers` (name of a round -> what the models answer, see `shipped_guess`;
    None where that is not shipped here), and of a workshop `points` (the setting that each seat's
    points pick), `overlap` of the red lines, `candidates` of the vote (name -> setting), and the
    `decision`; each where the room got there.

    Raises:
        InvalidInput: the parts of the record do not fit each other.
    """
    try:
        found: dict[str, Any] = {"guesses": dict(_guesses(record))}
        asked = [one["round"] for one in record["rounds"] if one["round"]["kind"] == "guess"]
        found["answers"] = {one["name"]: shipped_guess(one) for one in asked}
        return found | (_workshop(record) if record["options"] else {})
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as fault:
        if isinstance(fault, InvalidInput):
            raise
        raise InvalidInput("room_record_unread", reason=repr(fault)) from None


def form_of(record: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return what a round asks; empty where there is none of that name that was revealed."""
    return next((one["round"]["asks"] for one in _called(record, name)), {})


def last(record: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return the last shown attempt at a round; empty where there is none."""
    attempts = next((one["attempts"] for one in _called(record, name)), [])
    return next((one for one in reversed(attempts) if one["shown"]), {})


def disagreements(record: Mapping[str, Any]) -> list[str]:
    """Return where a record tells another number than what it holds gives; empty if it agrees.

    What was shown to the room (`decision`, `overlap`, the candidates of the vote) is compared too,
    and what the models answer, where both the record and this installation have it.
    """
    now = _json(recompute(record))
    answers, told = now.pop("answers"), dict(record["computed"])
    found = []
    for name, answer in told.pop("answers", {}).items():
        if answer is not None and answers.get(name) is not None:
            found += _apart(f"answers.{name}", answer, answers[name])
    found += _apart("computed", told, now)
    vote, lines = last(record, "vote"), last(record, "lines")
    shown = {"decision": vote.get("decision"), "overlap": lines.get("overlap")}
    for name, told in shown.items():
        if told is not None:
            found += _apart(name, told, now.get(name))
    for name, attempts in now["guesses"].items():
        (one,) = _called(record, name)
        for told, again in zip(one["attempts"], attempts, strict=True):
            if "estimates" in told:
                found += _apart(f"{name}.estimates", told["estimates"], again["estimates"])
    if "candidates" in now:
        shown = {one["name"]: one["setting"] for one in form_of(record, "vote")["candidates"]}
        found += _apart("vote", shown, now["candidates"])
    return found


def unknown_answers(record: Mapping[str, Any]) -> list[str]:
    """Return the titles of rounds whose answer by the models is not shipped with this installation.

    Those of which the record has none are among them.
    """
    now, told = recompute(record)["answers"], record["computed"].get("answers", {})
    return [
        one["round"]["title"]
        for one in record["rounds"]
        if one["round"]["kind"] == "guess"
        and (now[one["round"]["name"]] is None or told.get(one["round"]["name"]) is None)
    ]


def numbers(part: object) -> int:
    """Return how many numbers a part of a record holds."""
    if isinstance(part, Mapping):
        return sum(map(numbers, part.values()))
    if isinstance(part, list):
        return sum(map(numbers, part))
    return int(isinstance(part, int | float) and not isinstance(part, bool))


def _called(record: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    return [one for one in record["rounds"] if one["round"]["name"] == name]


def _workshop(record: Mapping[str, Any]) -> dict[str, Any]:
    options = Options.from_json(record["options"])
    values = last(record, "values").get("profiles", [])
    lines = last(record, "lines").get("profiles", [])
    vote = last(record, "vote")
    found: dict[str, Any] = {}
    if values:
        found["points"] = [point_of(options, one) for one in values]
    if lines:
        found["overlap"] = overlap(options, lines)
    if vote:
        shown = candidates(options, values, lines)
        found["candidates"] = {one["name"]: one["setting"] for one in shown}
        if values:
            shown = form_of(record, "vote")["candidates"]
            found["decision"] = decide(options, values, shown, vote["approve"], lines)
    return found


def _guesses(record: Mapping[str, Any]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for one in record["rounds"]:
        if one["round"]["kind"] == "guess":
            yield one["round"]["name"], [*map(_guess, one["attempts"])]


def _guess(found: Mapping[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if "numbers" in found:
        told["quartiles"] = quantiles(found["numbers"], method="inclusive")
    if "estimates" in found:
        told["estimates"] = estimates(found["counts"], found["answered"], found["epsilon"])
    return told


def _apart(place: str, told: object, now: object) -> Iterator[str]:
    """Yield where two parts differ, with both values."""
    if isinstance(told, Mapping) and isinstance(now, Mapping):
        for name in dict.fromkeys([*told, *now]):
            yield from _apart(f"{place}.{name}", told.get(name), now.get(name))
    elif isinstance(told, list) and isinstance(now, list) and len(told) == len(now):
        for n, (one, other) in enumerate(zip(told, now, strict=True)):
            yield from _apart(f"{place}[{n}]", one, other)
    elif not _same(told, now):
        both = {"told": _short(told), "now": _short(now)}
        yield say("{place}: {told} in the record, {now} computed", place=place, **both)


def _same(told: object, now: object) -> bool:
    both = (told, now)
    if all(isinstance(one, int | float) and not isinstance(one, bool) for one in both):
        return math.isclose(told, now, rel_tol=TOLERANCE, abs_tol=TOLERANCE)  # type: ignore[arg-type]
    return told == now


def _short(part: object) -> str:
    text = json.dumps(part, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _json(part: Any) -> Any:
    """Return a part as a file of JSON gives it back: tuples are lists."""
    return json.loads(json.dumps(part, allow_nan=False))
