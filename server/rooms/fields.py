"""Fields: the answer of a round as fields of a form, and a form's fields as an answer."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from server.rooms.body import Form
from tradeoffs.rooms.rounds import Kind, Round

Fields = dict[str, list[str]]  # name of a field -> its values, as a form sends them
Answer = dict[str, Any]


def answer_of(asked: Round, form: Form) -> Answer:
    """Return the answer that a form holds, with its values as they came: `Rooms.say` checks them.

    Args:
        asked: the round that it answers.
        form: fields, named as `fields_of` names them.
    """
    return _READ[asked.kind](asked.asks, form)


def fields_of(asked: Round, answer: Mapping[str, Any] | None) -> Fields:
    """Return the fields that an answer fills; empty without one.

    >>> fields_of(Round(name="words", kind="words", title="", question="", asks={}), {"text": "No"})
    {'text': ['No']}
    """
    return _WRITTEN[asked.kind](asked.asks, answer) if answer else {}


def _first(form: Form, name: str) -> str:
    return form.get(name, ("",))[0].strip()


def _number(text: str) -> float | int | str:
    """Return the number that a text states, as people type it; the text itself if it is none."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return text
    if not math.isfinite(value):
        return text
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _plain(value: float | None) -> list[str]:
    return ["" if value is None else f"{value:.10g}"]


def _read_guess(asks: Mapping[str, Any], form: Form) -> Answer:
    if asks["form"] == "choice":
        done = {"randomised": True} if _first(form, "randomised") else {}
        return {"guess": _first(form, "value"), **done}
    if asks["form"] == "number":
        return {"guess": _number(_first(form, "value"))}
    return {"guess": [_number(one.strip()) for one in form.get("value", ())]}


def _read_values(asks: Mapping[str, Any], form: Form) -> Answer:
    names = [one["name"] for one in asks["objectives"]]
    points = {name: _number(_first(form, f"points.{name}") or "0") for name in names}
    return {"points": points, "else": _first(form, "else")}


def _read_point(asks: Mapping[str, Any], form: Form) -> Answer:
    del asks
    text = _first(form, "setting")
    return {"setting": None if text == "none" else _number(text)}


def _read_lines(asks: Mapping[str, Any], form: Form) -> Answer:
    names = [one["name"] for one in asks["objectives"]]
    given = {name: _first(form, f"limit.{name}") for name in names}
    return {name: _number(text) if text else None for name, text in given.items()}


def _read_words(asks: Mapping[str, Any], form: Form) -> Answer:
    del asks
    join = _first(form, "join")
    return {"join": join} if join else {"text": _first(form, "text")}


def _write_guess(asks: Mapping[str, Any], answer: Mapping[str, Any]) -> Fields:
    value = answer["guess"]
    if asks["form"] == "choice":
        return {"value": [value]}
    return {"value": [f"{one:.10g}" for one in (value if asks["form"] == "line" else [value])]}


def _write_values(asks: Mapping[str, Any], answer: Mapping[str, Any]) -> Fields:
    del asks
    points = {f"points.{name}": [str(value)] for name, value in answer["points"].items()}
    return {**points, "else": [answer["else"]]}


_READ: dict[Kind, Callable[[Mapping[str, Any], Form], Answer]] = {
    "guess": _read_guess,
    "values": _read_values,
    "point": _read_point,
    "lines": _read_lines,
    "choice": lambda _, form: {"choice": _first(form, "choice")},
    "vote": lambda _, form: {"approve": list(form.get("approve", ()))},
    "words": _read_words,
}
_WRITTEN: dict[Kind, Callable[[Mapping[str, Any], Mapping[str, Any]], Fields]] = {
    "guess": _write_guess,
    "values": _write_values,
    "point": lambda _, answer: {
        "setting": ["none"] if answer["setting"] is None else [str(answer["setting"])]
    },
    "lines": lambda _, answer: {f"limit.{name}": _plain(v) for name, v in answer.items()},
    "choice": lambda _, answer: {"choice": [answer["choice"]]},
    "vote": lambda _, answer: {"approve": list(answer["approve"])},
    "words": lambda _, answer: {name: [value] for name, value in answer.items()},
}
