"""Questions: a round as HTML, with a label for every field and no need of script."""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from server.rooms.fields import Fields
from server.rooms.texts import number, write
from tradeoffs.language.notation import labelled
from tradeoffs.lessons.effect import with_unit
from tradeoffs.rooms.rounds import MOST_ELSE, POINTS, Kind, Round

TICKS = (0.0, 0.5, 1.0)  # of the upward axis of a chart to draw in, as shares of it
MOST_PLACES = 5  # that are named along it


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A round as one phone shows it.

    Attributes:
        asked: the round.
        fields: what is filled in, see `fields.fields_of`.
        yours: what the room computed for this seat, by kind of round.
        statements: that were approved, each with id and text.
        epsilon: at which the choice is replaced at random before it is sent; None: it is not.
    """

    asked: Round
    fields: Fields = field(default_factory=dict)
    yours: Mapping[str, Any] = field(default_factory=dict)
    statements: Sequence[Mapping[str, str]] = ()
    epsilon: float | None = None

    def html(self) -> str:
        """Return what is asked, and the fields of the form."""
        return _DRAWN[self.asked.kind](self, self.asked.asks)

    def paragraph(self) -> str:
        """Return what is asked above fields that each have a label of their own."""
        return f"<p>{escape(self.asked.question)}</p>"

    def attributes(self) -> str:
        """Return what a script has to know of the form, as attributes of it."""
        if not self.randomised:
            return ""
        choices = escape(json.dumps(self.asked.asks["choices"]))
        return f' data-epsilon="{self.epsilon:g}" data-choices="{choices}"'

    @property
    def randomised(self) -> bool:
        """Whether what is sent may be another choice than the one that was made."""
        return self.epsilon is not None

    def text(self, name: str, **values: object) -> str:
        """Return a text of the page as HTML."""
        return escape(write(name, **values))

    def number(self, value: float) -> str:
        """Return a number as people read it."""
        return number(value)

    def first(self, name: str) -> str:
        """Return what is filled in at a field, as HTML."""
        return escape(self.fields.get(name, [""])[0])


def _guess(one: Question, asks: Mapping[str, Any]) -> str:
    if asks["form"] == "number":
        return one.paragraph() + _number(
            one, "value", asks["label"], asks, one.first("value"), required=True
        )
    if asks["form"] == "line":
        return _line(one, asks)
    options = [(name, escape(name), "") for name in asks["choices"]]
    return _privacy(one, asks) + _choices(one, "value", one.asked.question, options)


def _privacy(one: Question, asks: Mapping[str, Any]) -> str:
    """Return the sentence on what happens to a choice before it is sent, if anything does."""
    if not one.randomised or one.epsilon is None:
        return ""
    weight = math.exp(one.epsilon)
    kept = f"{100 * weight / (weight + len(asks['choices']) - 1):.0f}"
    told = one.text("randomised", epsilon=one.number(one.epsilon), kept=kept)
    return f'<p class="note small">{told}</p>'


def _line(one: Question, asks: Mapping[str, Any]) -> str:
    values = [*one.fields.get("value", ()), *[""] * len(asks["xs"])]
    bounds = {**asks, "step": asks.get("step") or _step(asks)}
    numbers = "".join(
        _number(
            one,
            "value",
            labelled(asks["x_title"], x),
            bounds,
            escape(value),
            place=place,
            required=True,
        )
        for place, (x, value) in enumerate(zip(asks["xs"], values, strict=False))
    )
    hint = one.text("line_help", low=one.number(asks["low"]), high=one.number(asks["high"]))
    return (
        f"{one.paragraph()}<fieldset data-pad{_axes(one, asks)}>"
        f"<legend>{escape(asks['y_title'])}</legend>"
        f'<p class="small">{hint}</p>{numbers}</fieldset>'
    )


def _axes(one: Question, asks: Mapping[str, Any]) -> str:
    """Return the ticks of the chart that a script draws, as attributes: share or place, and text.

    Of many places as many are told as fit on a phone.
    """
    span = asks["high"] - asks["low"]
    ticks = [(share, one.number(asks["low"] + share * span)) for share in TICKS]
    places = [*enumerate(asks["xs"])][:: math.ceil(len(asks["xs"]) / MOST_PLACES)]
    told = (escape(json.dumps(each, ensure_ascii=False)) for each in (ticks, places))
    return ' data-ticks="{}" data-places="{}"'.format(*told)


def _step(asks: Mapping[str, Any]) -> float:
    """Return a step that divides a range into some hundred parts: 1 for 0 to 100."""
    return 10.0 ** (math.floor(math.log10(asks["high"] - asks["low"])) - 2)


def _values(one: Question, asks: Mapping[str, Any]) -> str:
    rows = []
    for each in asks["objectives"]:
        name = f"points.{each['name']}"
        span = one.text("points_span", worst=each["from"], best=each["to"])
        rows.append(
            f'<div class="field"><label for="{_id(name)}">{escape(each["title"])}'
            f"<small><br>{span}</small></label>"
            f'<input type="number" inputmode="numeric" id="{_id(name)}" name="{escape(name)}" '
            f'min="0" max="{POINTS}" step="1" value="{one.first(name)}" data-points></div>'
        )
    left = escape(write("points_left", n="{n}"))
    return (
        f'{one.paragraph()}{"".join(rows)}<p data-left="{left}" aria-live="polite"></p>'
        f'<div class="field"><label for="else">{one.text("else_label")}</label>'
        f'<input type="text" id="else" name="else" maxlength="{MOST_ELSE}" '
        f'value="{one.first("else")}"></div>'
    )


def _point(one: Question, asks: Mapping[str, Any]) -> str:
    options = [("none", one.text("point_none"), "")]
    if own := one.yours.get("point"):
        words = "<br>".join(escape(told) for told in (own["words"], own["people"]) if told)
        beside = [
            (str(each["setting"]), escape(each["title"]), escape(each["words"]))
            for each in own["neighbours"]
        ]
        options = [(str(own["setting"]), one.text("point_yours"), words), *beside, *options]
    told = "" if own else f'<p class="note">{one.text("point_without_values")}</p>'
    return told + _same(one, asks) + _choices(one, "setting", one.asked.question, options)


def _lines(one: Question, asks: Mapping[str, Any]) -> str:
    rows = []
    for each in asks["objectives"]:
        label = "limit_least" if each["better"] == "high" else "limit_most"
        name = f"limit.{each['name']}"
        told = write(label, title=each["title"])
        free = {**each, "step": None}
        rows.append(_number(one, name, told, free, one.first(name), hint="limit_help"))
    return one.paragraph() + "".join(rows)


def _choice(one: Question, asks: Mapping[str, Any]) -> str:
    options = [(c["name"], escape(c["title"]), escape(c["help"])) for c in asks["choices"]]
    return _choices(one, "choice", one.asked.question, options)


def _vote(one: Question, asks: Mapping[str, Any]) -> str:
    options = []
    for each in asks["candidates"]:
        reasons = " · ".join(escape(reason) for reason in each["reasons"])
        words = escape(each["words"])
        options.append(
            (each["name"], escape(each["title"]), "<br>".join(filter(None, (words, reasons))))
        )
    return _same(one, asks) + _choices(one, "approve", one.asked.question, options, kind="checkbox")


def _same(one: Question, asks: Mapping[str, Any]) -> str:
    """Return what all settings have, said once above them."""
    told = one.text("same", same=asks["same"]) if asks["same"] else ""
    return f'<p class="small">{told}</p>' if told else ""


def _words(one: Question, asks: Mapping[str, Any]) -> str:
    joins = "".join(
        f'<div class="note"><p>{escape(each["text"])}</p><button class="second" name="join" '
        f'value="{escape(each["id"])}">{one.text("join")}</button></div>'
        for each in one.statements
    )
    below = f"<h2>{one.text('words_join')}</h2>{joins}" if joins else ""
    label, help_ = one.text("words_label", most=asks["most"]), one.text("words_help")
    return (
        f'{one.paragraph()}<p><label for="text">{label}</label></p>'
        f'<textarea id="text" name="text" maxlength="{asks["most"]}" aria-describedby="text-help">'
        f'{one.first("text")}</textarea><p class="small" id="text-help">{help_}</p>'
        f"<p><button>{one.text('send')}</button></p>{below}"
    )


def _number(
    one: Question,
    name: str,
    label: str,
    bounds: Mapping[str, Any],
    value: str,
    *,
    place: int | None = None,
    hint: str = "number_help",
    required: bool = False,
) -> str:
    """Return a field for a number, with its label, bounds and unit."""
    help_ = ""
    if place is None:  # a line says it once for all of its numbers
        high = with_unit(one.number(bounds["high"]), bounds["high"], bounds.get("unit") or "")
        told = one.text(hint, low=one.number(bounds["low"]), high=high)
        help_ = f"<small><br>{told}</small>"
    step = "any" if bounds["step"] is None else f"{bounds['step']:.10g}"
    identity = _id(name if place is None else f"{name}.{place}")
    return (
        f'<div class="field"><label for="{identity}">{escape(label)}{help_}</label>'
        f'<input type="number" inputmode="decimal" id="{identity}" name="{escape(name)}" '
        f'min="{bounds["low"]:.10g}" max="{bounds["high"]:.10g}" step="{step}" '
        f'value="{value}"{" required" if required else ""}></div>'
    )


def _choices(
    one: Question,
    name: str,
    legend: str,
    options: Sequence[tuple[str, str, str]],
    kind: str = "radio",
) -> str:
    """Return a group of choices; each has a value, and its title and help as HTML."""
    chosen = one.fields.get(name, ())
    rows = []
    for place, (value, title, help_) in enumerate(options):
        identity = f"{_id(name)}-{place}"
        state = " checked" if value in chosen else ""
        state += " required" if kind == "radio" else ""
        small = f"<small>{help_}</small>" if help_ else ""
        rows.append(
            f'<label class="one" for="{identity}"><input type="{kind}" id="{identity}" '
            f'name="{name}" value="{escape(value)}"{state}><span>{title}{small}</span></label>'
        )
    return f"<fieldset><legend>{escape(legend)}</legend>{''.join(rows)}</fieldset>"


def _id(name: str) -> str:
    return escape(name.replace(".", "-"))


_DRAWN: dict[Kind, Callable[[Question, Mapping[str, Any]], str]] = {
    "guess": _guess,
    "values": _values,
    "point": _point,
    "lines": _lines,
    "choice": _choice,
    "vote": _vote,
    "words": _words,
}
