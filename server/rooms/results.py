"""Results: what a room answered, in words and tables for a phone or a screen reader."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from statistics import quantiles
from typing import Any

from server.rooms.texts import number, write
from tradeoffs.language.notation import labelled, semicolon_text
from tradeoffs.lessons.effect import with_unit
from tradeoffs.rooms.charts.room_front import band_text
from tradeoffs.rooms.hidden_counts import hidden_text
from tradeoffs.rooms.round_texts import text as round_text
from tradeoffs.rooms.rounds import Kind, Round
from tradeoffs.rooms.suppression import LEAST

Results = Mapping[str, Any]  # what `Rooms.results` returns
SHARE = ("share", "low", "high")  # of an estimate
Rows = Iterable[tuple[str, str]]


def results_html(asked: Round, results: Results) -> str:
    """Return what all may see of a round that was revealed.

    Args:
        asked: the round.
        results: as the room tells them: with small counts hidden.
    """
    if not results["shown"]:
        answered = "results_later" if results["kept_back"] else "results_few_phones"
        why = "results_few" if results["answered"] < LEAST else answered
        return f"<p>{_text(why, least=LEAST)}</p>"
    told = _TOLD.get(asked.kind)
    inner = told(asked, results) if told else ""
    if _cell(hidden_text()) in inner:
        inner += f'<p class="small">{_text("results_why", least=LEAST)}</p>'
    return f"<h2>{_text('results_title')}</h2>{inner}" if inner else ""


def answer_html(asked: Round, state: Mapping[str, Any]) -> str:
    """Return what this phone answered, in words, or what was sent in its place.

    Args:
        asked: the round.
        state: of the room, for this phone.
    """
    answer = state["answer"]
    if answer is None:
        return f"<p>{_text('no_answer')}</p>"
    if asked.kind == "point":
        words = _point_words(answer, state["yours"])
    else:
        words = _WORDS[asked.kind](asked.asks, answer)
    name = "your_answer" if state["epsilon"] is None else "sent_answer"
    return f"<p>{_text(name, answer=words)}</p>" if words else ""


def losses_html(losses: Mapping[str, Mapping[str, float | None]]) -> str:
    """Return what this seat loses under each rule, in its own points."""
    if not losses:
        return ""
    rows = ((round_text(f"rule.{rule}"), _loss(one)) for rule, one in losses.items())
    title, told = _text("losses_title"), _text("losses")
    return f"<h2>{title}</h2><p>{told}</p>{_table(rows)}"


def _loss(told: Mapping[str, float | None]) -> str:
    """Return a loss in points, with its interval where it was trained more than once."""
    ends = {name: number(one, ".1f") for name, one in told.items() if one is not None}
    return write("loss", **ends) if "low" in ends else ends["value"]


def _guess(asked: Round, results: Results) -> str:
    if "estimates" in results:
        return _table(
            (
                choice,
                write("results_share", **dict(zip(SHARE, map(_percent, one), strict=True)))
                if one
                else hidden_text(),
            )
            for choice, one in results["estimates"].items()
        )
    if "bounds" in results:
        return _table((one, _band(known)) for one, known in results["bounds"].items())
    if "numbers" not in results:
        return ""
    low, median, high = quantiles(results["numbers"], n=4, method="inclusive")
    unit, least = asked.asks["unit"], _digits(asked.asks["step"])
    values = {"low": low, "median": median, "high": high}
    told = {
        name: with_unit(number(value, f".{_digits_of(value, least)}f"), value, unit)
        for name, value in values.items()
    }
    return f"<p>{_text('results_median', n=len(results['numbers']), **told)}</p>"


def _choice(asked: Round, results: Results) -> str:
    titles = {one["name"]: one["title"] for one in asked.asks["choices"]}
    bounds = results["bounds"]
    return _table((titles[name], _band(known)) for name, known in bounds.items())


def _vote(asked: Round, results: Results) -> str:
    titles = {one["name"]: one["title"] for one in asked.asks["candidates"]}
    approve = results["approve"]
    return _table((titles[name], _band(known)) for name, known in approve.items())


def _words(asked: Round, results: Results) -> str:
    del asked
    told = results["statements"]
    return _table((one["text"], _band(one["joined"])) for one in told) if told else ""


def _table(rows: Rows) -> str:
    cells = (f"<tr><th>{escape(name)}</th>{_cell(value)}</tr>" for name, value in rows)
    return f"<table>{''.join(cells)}</table>"


def _cell(text: str) -> str:
    return f"<td>{escape(text)}</td>"


def _band(known: Sequence[int] | None) -> str:
    """Return how many, or between which numbers it lies."""
    if known is None:
        return hidden_text()
    return band_text(known)


def _percent(share: float) -> str:
    """Return a share that was estimated, and so may lie outside of what a share can be."""
    share = min(max(share, 0.0), 1.0)
    return f"{100 * share:.0f}"


def _digits_of(value: float, least: int) -> int:
    """Return how many digits a number is told with: those of a step, and one more between two."""
    return least if value == round(value, least) else least + 1


def _digits(step: float) -> int:
    """Return how many digits a number of a step has behind the point.

    >>> _digits(1), _digits(0.05)
    (0, 2)
    """
    return len(f"{step:.10g}".partition(".")[2])


def _guess_words(asks: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
    value = answer["guess"]
    if asks["form"] == "choice":
        return value
    if asks["form"] == "number":
        return with_unit(number(value), value, asks["unit"])
    drawn = zip(asks["xs"], value, strict=True)
    told = ((x, with_unit(number(one, ".4g"), one, asks["unit"])) for x, one in drawn)
    return semicolon_text(labelled(x, one) for x, one in told)


def _point_words(answer: Mapping[str, Any], own: Mapping[str, Any]) -> str:
    """Return a setting in the words in which it was on offer."""
    if answer["setting"] is None:
        return write("point_none")
    offered = [own["point"], *own["point"]["neighbours"]] if "point" in own else []
    return next((one["words"] for one in offered if one["setting"] == answer["setting"]), "")


def _values_words(asks: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
    points = ((one["title"], answer["points"][one["name"]]) for one in asks["objectives"])
    return semicolon_text(labelled(name, one) for name, one in points)


def _lines_words(asks: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
    drawn = [
        write(
            "limit_least_is" if one["better"] == "high" else "limit_most_is",
            title=one["title"],
            value=with_unit(number(answer[one["name"]]), answer[one["name"]], one["unit"]),
        )
        for one in asks["objectives"]
        if answer.get(one["name"]) is not None
    ]
    return semicolon_text(drawn) or write("none")


def _choice_words(asks: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
    return next(one["title"] for one in asks["choices"] if one["name"] == answer["choice"])


def _vote_words(asks: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
    approved = [one["title"] for one in asks["candidates"] if one["name"] in answer["approve"]]
    return semicolon_text(approved) or write("none")


def _text(name: str, /, **values: object) -> str:
    return escape(write(name, **values))


_TOLD: dict[Kind, Callable[[Round, Results], str]] = {
    "guess": _guess,
    "choice": _choice,
    "vote": _vote,
    "words": _words,
}
_WORDS: dict[Kind, Callable[[Mapping[str, Any], Mapping[str, Any]], str]] = {
    "guess": _guess_words,
    "values": _values_words,
    "lines": _lines_words,
    "choice": _choice_words,
    "vote": _vote_words,
    "words": lambda _, answer: answer.get("text", ""),
}
