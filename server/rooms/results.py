"""Results: what a room answered, in words and tables for a phone or a screen reader."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from statistics import quantiles
from typing import Any

from server.rooms.texts import number, write
from tradeoffs.rooms.round_texts import text as round_text
from tradeoffs.rooms.rounds import Kind, Round
from tradeoffs.rooms.suppression import LEAST

Results = Mapping[str, Any]  # what `Rooms.results` returns
SHARE = ("share", "low", "high")  # of an estimate
Rows = Iterable[tuple[str, str]]


def results_html(asked: Round, results: Results, language: str) -> str:
    """Return what all may see of a round that was revealed.

    Args:
        asked: the round.
        results: as the room tells them: with small counts hidden.
        language: of the texts.
    """
    if not results["shown"]:
        answered = "results_later" if results["kept_back"] else "results_few_phones"
        why = "results_few" if results["answered"] < LEAST else answered
        return f"<p>{_text(why, language, least=LEAST)}</p>"
    told = _TOLD.get(asked.kind)
    inner = told(asked, results, language) if told else ""
    if f"<td>{_text('results_hidden', language)}</td>" in inner:
        inner += f'<p class="small">{_text("results_why", language, least=LEAST)}</p>'
    return f"<h2>{_text('results_title', language)}</h2>{inner}" if inner else ""


def answer_html(asked: Round, state: Mapping[str, Any]) -> str:
    """Return what this phone answered, in words, or what was sent in its place.

    Args:
        asked: the round.
        state: of the room, for this phone.
    """
    answer, language = state["answer"], state["language"]
    if answer is None:
        return f"<p>{_text('no_answer', language)}</p>"
    if asked.kind == "point":
        words = _point_words(answer, state["yours"], language)
    else:
        words = _WORDS[asked.kind](asked.asks, answer, language)
    name = "your_answer" if state["epsilon"] is None else "sent_answer"
    return f"<p>{_text(name, language, answer=words)}</p>" if words else ""


def losses_html(losses: Mapping[str, Mapping[str, float | None]], language: str) -> str:
    """Return what this seat loses under each rule, in its own points."""
    if not losses:
        return ""
    rows = (
        (round_text(f"rule.{rule}"), _loss(one, language)) for rule, one in losses.items()
    )
    title, told = _text("losses_title", language), _text("losses", language)
    return f"<h2>{title}</h2><p>{told}</p>{_table(rows)}"


def _loss(told: Mapping[str, float | None], language: str) -> str:
    """Return a loss in points, with its interval where it was trained more than once."""
    ends = {name: number(one, language, ".1f") for name, one in told.items() if one is not None}
    return write("loss", language, **ends) if "low" in ends else ends["value"]


def _guess(asked: Round, results: Results, language: str) -> str:
    if "estimates" in results:
        return _table(
            (
                choice,
                write(
                    "results_share", language, **dict(zip(SHARE, map(_percent, one), strict=True))
                )
                if one
                else write("results_hidden", language),
            )
            for choice, one in results["estimates"].items()
        )
    if "bounds" in results:
        return _table((one, _band(known, language)) for one, known in results["bounds"].items())
    if "numbers" not in results:
        return ""
    low, median, high = quantiles(results["numbers"], n=4, method="inclusive")
    unit, least = asked.asks["unit"], _digits(asked.asks["step"])
    between = {"n": len(results["numbers"]), "unit": f" {unit}" if unit else ""}
    values = {"low": low, "median": median, "high": high}
    told = {
        name: number(value, language, f".{least if value == round(value, least) else least + 1}f")
        for name, value in values.items()
    }
    return f"<p>{_text('results_median', language, **between, **told)}</p>"


def _choice(asked: Round, results: Results, language: str) -> str:
    titles = {one["name"]: one["title"] for one in asked.asks["choices"]}
    bounds = results["bounds"]
    return _table((titles[name], _band(known, language)) for name, known in bounds.items())


def _vote(asked: Round, results: Results, language: str) -> str:
    titles = {one["name"]: one["title"] for one in asked.asks["candidates"]}
    approve = results["approve"]
    return _table((titles[name], _band(known, language)) for name, known in approve.items())


def _words(asked: Round, results: Results, language: str) -> str:
    del asked
    told = results["statements"]
    return _table((one["text"], _band(one["joined"], language)) for one in told) if told else ""


def _table(rows: Rows) -> str:
    cells = (f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in rows)
    return f"<table>{''.join(cells)}</table>"


def _band(known: Sequence[int] | None, language: str) -> str:
    """Return how many, or between which numbers it lies."""
    if known is None:
        return write("results_hidden", language)
    low, high = known
    return f"{low}" if low == high else write("results_band", language, low=low, high=high)


def _percent(share: float) -> str:
    """Return a share that was estimated, and so may lie outside of what a share can be."""
    share = min(max(share, 0.0), 1.0)
    return f"{100 * share:.0f}"


def _digits(step: float) -> int:
    """Return how many digits a number of a step has behind the point.

    >>> _digits(1), _digits(0.05)
    (0, 2)
    """
    return len(f"{step:.10g}".partition(".")[2])


def _guess_words(asks: Mapping[str, Any], answer: Mapping[str, Any], language: str) -> str:
    value = answer["guess"]
    if asks["form"] == "choice":
        return value
    unit = f" {asks['unit']}" if asks["unit"] else ""
    if asks["form"] == "number":
        return f"{number(value, language)}{unit}"
    drawn = zip(asks["xs"], value, strict=True)
    told = ((x, f"{number(one, language, '.4g')}{unit}") for x, one in drawn)
    return "; ".join(write("pair", language, title=x, value=one) for x, one in told)


def _point_words(answer: Mapping[str, Any], own: Mapping[str, Any], language: str) -> str:
    """Return a setting in the words in which it was on offer."""
    if answer["setting"] is None:
        return write("point_none", language)
    offered = [own["point"], *own["point"]["neighbours"]] if "point" in own else []
    return next((one["words"] for one in offered if one["setting"] == answer["setting"]), "")


def _values_words(asks: Mapping[str, Any], answer: Mapping[str, Any], language: str) -> str:
    points = ((one["title"], answer["points"][one["name"]]) for one in asks["objectives"])
    return "; ".join(write("pair", language, title=name, value=one) for name, one in points)


def _lines_words(asks: Mapping[str, Any], answer: Mapping[str, Any], language: str) -> str:
    drawn = [
        write(
            "limit_least_is" if one["better"] == "high" else "limit_most_is",
            language,
            title=one["title"],
            value=number(answer[one["name"]], language),
            unit=f" {one['unit']}" if one["unit"] else "",
        )
        for one in asks["objectives"]
        if answer.get(one["name"]) is not None
    ]
    return "; ".join(drawn) or write("none", language)


def _choice_words(asks: Mapping[str, Any], answer: Mapping[str, Any], language: str) -> str:
    del language
    return next(one["title"] for one in asks["choices"] if one["name"] == answer["choice"])


def _vote_words(asks: Mapping[str, Any], answer: Mapping[str, Any], language: str) -> str:
    approved = [one["title"] for one in asks["candidates"] if one["name"] in answer["approve"]]
    return "; ".join(approved) or write("none", language)


def _text(name: str, language: str, **values: object) -> str:
    return escape(write(name, language, **values))


_TOLD: dict[Kind, Callable[[Round, Results, str], str]] = {
    "guess": _guess,
    "choice": _choice,
    "vote": _vote,
    "words": _words,
}
_WORDS: dict[Kind, Callable[[Mapping[str, Any], Mapping[str, Any], str], str]] = {
    "guess": _guess_words,
    "values": _values_words,
    "lines": _lines_words,
    "choice": _choice_words,
    "vote": _vote_words,
    "words": lambda _, answer, __: answer.get("text", ""),
}
