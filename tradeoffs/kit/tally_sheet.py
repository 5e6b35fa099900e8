"""Tally sheet: where the guesses of a class are counted on paper, by a show of hands."""

from html import escape

from tradeoffs.kit.page import page
from tradeoffs.kit.words import Words
from tradeoffs.language.notation import localise
from tradeoffs.lessons.effect import with_unit
from tradeoffs.lessons.lesson import Lesson
from tradeoffs.lessons.prediction import Line, Number, OneOf, Prediction

CLASSES = 10  # into which the numbers that can be guessed are divided
STYLE = (
    "section{break-inside:avoid}td,th{padding:.5rem}"
    "tbody th{width:45%;font-weight:normal}td:last-child{width:12%}"
)


def tally_sheet(entry: Lesson, say: Words) -> str:
    """Return a page to print with a row of marks for each answer to each question of a lesson.

    What is counted on it can be typed into a room, beside what phones answer.
    """
    parts = [
        f"<section><h2>{place + 1}. {escape(step.title)}</h2>"
        f"<p>{escape(step.prediction.question)}</p>{_table(step.prediction, say)}</section>"
        for place, step in enumerate(entry.steps)
        if step.prediction is not None
    ]
    title = say("tally", "title", lesson=entry.title)
    head = f"<h1>{escape(title)}</h1><p>{escape(say('tally', 'how'))}</p>"
    return page(title, [head, *parts], say.language, STYLE)


def _table(asked: Prediction, say: Words) -> str:
    head = "".join(
        f'<th scope="col">{escape(say("tally", one))}</th>' for one in ("answer", "marks", "count")
    )
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td></td><td></td></tr>'
        for name in _rows(asked, say)
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _rows(asked: Prediction, say: Words) -> list[str]:
    """Return what can be answered: choices, ranges of a number, or places of a line."""
    if isinstance(asked, OneOf):
        return list(asked.choices)
    if isinstance(asked, Number):
        return _ranges(asked, say)
    if isinstance(asked, Line):
        ends = {"low": localise(f"{asked.low:g}"), "high": localise(f"{asked.high:g}")}
        unit = with_unit("", asked.high, asked.unit)
        return [say("tally", "middle", x=x, unit=unit, **ends) for x in asked.xs]
    return []


def _ranges(asked: Number, say: Words) -> list[str]:
    """Return whole steps in at most so many ranges of equal width, the last one may be narrower."""
    steps = round((asked.high - asked.low) / asked.step)
    width = max(1, -(-(steps + 1) // CLASSES))
    found = []
    for first in range(0, steps + 1, width):
        last = min(first + width - 1, steps)
        low, high = (asked.words(asked.low + place * asked.step) for place in (first, last))
        found.append(low if first == last else say("tally", "range", low=low, high=high))
    return found
