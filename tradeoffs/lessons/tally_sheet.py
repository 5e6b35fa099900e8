"""Tally sheet: where the guesses of a class are counted on paper, by a show of hands."""

from html import escape

from tradeoffs.lessons.lesson import Lesson
from tradeoffs.lessons.prediction import Line, Number, OneOf, Prediction

CLASSES = 10  # into which the numbers that can be guessed are divided
STYLE = (
    "body{font:12pt/1.45 Georgia,serif;max-width:42rem;margin:2rem auto;padding:0 1rem}"
    "h1{font-size:1.6rem}section{break-inside:avoid}h2{font-size:1.1rem}"
    "table{border-collapse:collapse;width:100%}"
    "td,th{border:1px solid;padding:.5rem;text-align:left}"
    "th[scope=row]{width:45%;font-weight:normal}td:last-child{width:12%}"
    "@media print{body{margin:0}}"
)


def tally_sheet(entry: Lesson) -> str:
    """Return a page to print with a row of marks for each answer to each question of a lesson.

    What is counted on it can be typed into a room, beside what phones answer.
    """
    parts = [
        f"<section><h2>{place + 1}. {escape(step.title)}</h2>"
        f"<p>{escape(step.prediction.question)}</p>{_table(step.prediction)}</section>"
        for place, step in enumerate(entry.steps)
        if step.prediction is not None
    ]
    title = f"Tally sheet: {entry.title}"
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{STYLE}</style><body><h1>{escape(title)}</h1>"
        "<p>One mark for each hand, before anything is shown.</p>"
        f"{''.join(parts)}</body></html>"
    )


def _table(asked: Prediction) -> str:
    rows = "".join(
        f"<tr><th scope=row>{escape(name)}</th><td></td><td></td></tr>" for name in _rows(asked)
    )
    return (
        "<table><thead><tr><th scope=col>Answer</th><th scope=col>Marks</th>"
        f"<th scope=col>Count</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _rows(asked: Prediction) -> list[str]:
    """Return what can be answered: choices, ranges of a number, or places of a line."""
    if isinstance(asked, OneOf):
        return list(asked.choices)
    if isinstance(asked, Number):
        return _ranges(asked)
    if isinstance(asked, Line):
        span = f"{asked.low:g} to {asked.high:g}"
        unit = f" {asked.unit}" if asked.unit else ""
        return [f"{x}: the guess in the middle, {span}{unit}" for x in asked.xs]
    return []


def _ranges(asked: Number) -> list[str]:
    """Return whole steps in at most so many ranges of equal width, the last one may be narrower."""
    steps = round((asked.high - asked.low) / asked.step)
    width = max(1, -(-(steps + 1) // CLASSES))
    found = []
    for first in range(0, steps + 1, width):
        last = min(first + width - 1, steps)
        low, high = (asked.words(asked.low + place * asked.step) for place in (first, last))
        found.append(low if first == last else f"{low} to {high}")
    return found
