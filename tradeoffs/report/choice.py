"""Choice: what is marked on the screen, read from an address and written there.

What of a text cannot be used is refused with the reason, and the rest of it is kept.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from tradeoffs.catalogue import require_known
from tradeoffs.data.table_cache import table_cache
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.plan import resolve
from tradeoffs.fields import CURVES, FIELDS
from tradeoffs.fronts import OBJECTIVES
from tradeoffs.report.options import Values, texts
from tradeoffs.resources.purse import Purse, purse
from tradeoffs.scenario import Scenario
from tradeoffs.values.preferences.wish import Wish, parse

LEAST_COUNTED = 2  # with one objective alone there is no trade-off
MOST_PINS = 4
ESCAPED = {"%": "%25", ",": "%2C", "~": "%7E"}  # within a value of a pin

Refusals = tuple[InvalidInput, ...]
Read = tuple[Any, Refusals]


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """What somebody marked.

    Attributes:
        counted: objectives by which one setting can beat another, in the order of OBJECTIVES.
        at_least: objective -> the worst value accepted, in the unit of its column.
        pins: settings to compare, at most MOST_PINS.
        curves: fields along which the chart shows a curve.
        wish: what somebody wants of the objectives.
        place: a jurisdiction, or none.
        purse: who pays; None where nothing is left out for its price.
    """

    counted: tuple[str, ...]
    at_least: Mapping[str, float]
    pins: tuple[Scenario, ...]
    curves: tuple[str, ...]
    wish: Wish
    place: str
    purse: Purse | None

    @classmethod
    def of(cls, values: Values, own: str = "") -> "Choice":
        """Return the choice that some values say; what cannot be used of them is left out.

        Args:
            values: of all fields, as the address writes them.
            own: handle of the visitor's own table, which pins name.
        """
        found = {name: read(name, values[name], own)[0] for name in FORMS}
        return cls(**found, place=values["place"])


def read(field: str, text: str, own: str = "") -> Read:
    """Return what a text says of a field of FORMS, and why parts of it cannot be used.

    >>> read("at_least", "accuracy:0.84+fairness:0.05")[0]
    {'accuracy': 0.84, 'fairness': 0.05}
    >>> value, (refusal,) = read("counted", "accuracy+privacy+beauty")
    >>> value, refusal.code
    (('accuracy', 'privacy'), 'unknown')
    """
    return FORMS[field][0](text, own)


def normal(field: str, text: str, own: str = "") -> str:
    """Return the one way to write what of a text can be used.

    >>> normal("at_least", "fairness:0.050+accuracy:.84"), normal("pins", "rows:3000,epsilon:0.10")
    ('accuracy:0.84+fairness:0.05', 'epsilon:0.1')
    """
    return FORMS[field][1](read(field, text, own)[0])


def pin(here: Scenario) -> str:
    """Return a setting as a pin: what it differs in from the default one.

    >>> pin(Scenario(epsilon="none", width=8))
    'width:8,epsilon:none'
    """
    usual, own = texts(Scenario()), texts(here)
    if here.mechanism == "none":  # which follows from no epsilon
        own["mechanism"] = usual["mechanism"]
    parts = [f"{name}:{_escape(own[name])}" for name in FIELDS if own.get(name) != usual.get(name)]
    return ",".join(parts) or "epsilon:" + own["epsilon"]


def _counted(text: str, own: str) -> Read:
    del own
    names, refusals = _known("objective", text, OBJECTIVES)
    if len(names) >= LEAST_COUNTED:
        return names, refusals
    usual = tuple(FIELDS["counted"].default.split("+"))
    fault = InvalidInput(
        "counts_too_few", field="counted", value=text, least=LEAST_COUNTED, known=usual
    )
    return usual, (*refusals, fault)


def _curves(text: str, own: str) -> Read:
    del own
    return _known("curve", text, dict.fromkeys(CURVES))


def _known(kind: str, text: str, known: Mapping[str, Any]) -> tuple[tuple[str, ...], Refusals]:
    asked, refusals = _split(text), []
    for name in asked:
        try:
            require_known(kind, name, known)
        except InvalidInput as refusal:
            refusals.append(refusal)
    return tuple(name for name in known if name in asked), tuple(refusals)


def _red_lines(text: str, own: str) -> Read:
    del own
    found: dict[str, float] = {}
    refusals: list[InvalidInput] = []
    for line in _split(text):
        try:
            name, value = _red_line(line)
        except InvalidInput as refusal:
            refusals.append(InvalidInput("red_line_left_out", line=line, reason=refusal))
            continue
        first = found.setdefault(name, value)
        if first != value:
            fault = InvalidInput("red_line_twice", objective=name, first=first, second=value)
            refusals.append(fault)
    return {name: found[name] for name in OBJECTIVES if name in found}, tuple(refusals)


def _red_line(line: str) -> tuple[str, float]:
    name, colon, text = line.partition(":")
    if not colon:
        raise InvalidInput("not_of_the_form", field="at_least", value=line, example="accuracy:0.84")
    objective = OBJECTIVES[name]
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if objective.is_share and not 0 <= value <= 1:
        raise InvalidInput("not_a_number", field=name, value=text, low=0, high=1)
    if not (math.isfinite(value) and value >= 0 and objective.on_axis(value)):
        raise InvalidInput("not_positive", field=name, value=text)
    return name, value


@table_cache
@lru_cache(maxsize=500)
def _pins(text: str, own: str) -> Read:
    asked = [part for part in text.split("~") if part]
    found: dict[Scenario, None] = {}
    refusals: list[InvalidInput] = []
    for part in asked[:MOST_PINS]:
        try:
            found[read_pin(part, own)] = None
        except InvalidInput as refusal:
            refusals.append(InvalidInput("pin_left_out", pin=part, reason=refusal))
    if len(asked) > MOST_PINS:
        refusals.append(InvalidInput("pins_too_many", count=len(asked), most=MOST_PINS))
    return tuple(found), tuple(refusals)


def read_pin(text: str, own: str = "") -> Scenario:
    """Return the setting of a pin; InvalidInput if there is none, or it cannot be trained."""
    pairs = [part.partition(":") for part in text.split(",")]
    if wrong := [name for name, colon, _ in pairs if not colon]:
        raise InvalidInput(
            "not_of_the_form", field="pins", value=wrong[0], example="epsilon:0.1,max_gap:0.05"
        )
    fields = {name: unquote(value) for name, _, value in pairs}
    if own and fields.get("dataset") == own:
        fields["dataset"] = own  # the handle, which has the table
    if fields.get("epsilon") == "none":
        fields.pop("mechanism", None)
    return resolve(Scenario.from_query(fields)).scenario


def _wish(text: str, own: str) -> Read:
    del own
    found, refusals = parse("+".join(_split(text)), OBJECTIVES)
    return found, tuple(refusals)


def _purse(text: str, own: str) -> Read:
    del own
    kept: list[str] = []
    refusals: list[InvalidInput] = []
    for part in _split(text.removeprefix("none")):
        try:
            purse("+".join([*kept, part]))
        except InvalidInput as refusal:
            refusals.append(refusal)
        else:
            kept.append(part)
    return purse("+".join(kept)) if kept else None, tuple(refusals)


def _split(text: str) -> list[str]:
    """Return parts joined by +, which an address that is typed may turn into a space."""
    return list(dict.fromkeys(part for part in re.split(r"[+\s]", text) if part))


def _escape(value: str) -> str:
    for sign, code in ESCAPED.items():
        value = value.replace(sign, code)
    return value


def _lines(value: Mapping[str, float]) -> str:
    """Return red lines as text; the sign of an exponent would part them."""
    return "+".join(f"{name}:{one:.10g}".replace("e+", "e") for name, one in value.items())


FORMS: dict[str, tuple[Callable[[str, str], Read], Callable[[Any], str]]] = {
    "counted": (_counted, "+".join),  # field -> how it is read, and written
    "at_least": (_red_lines, _lines),
    "pins": (_pins, lambda value: "~".join(map(pin, value))),
    "curves": (_curves, "+".join),
    "wish": (_wish, lambda value: value.text),
    "purse": (_purse, lambda value: value.text if value else ""),
}
