"""Sheet of a workshop: its questions on paper, for a seat without a phone."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from tradeoffs.language.current import language
from tradeoffs.language.notation import labelled
from tradeoffs.language.translation import say, translate
from tradeoffs.report.documents.html_parts import page
from tradeoffs.rooms.rounds import POINTS, Kind, Round

STYLE = """
:root { color-scheme: light; font: 11pt/1.4 "Source Sans 3", "Source Sans Pro", sans-serif; }
body { margin: 1rem auto; max-width: 46rem; padding: 0 1rem; color: #1f2937; background: #fff; }
h1 { font-size: 1.3rem; }
section { border-top: 1px solid #6b7280; margin-top: 1rem; break-inside: avoid; }
h2 { font-size: 1.1rem; margin: .6rem 0 .2rem; }
p { margin: .3rem 0; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #d1d5db; padding: .3rem .5rem .3rem 0; text-align: left; }
td:last-child { white-space: nowrap; width: 9rem; }
.line { border-bottom: 1px solid #6b7280; height: 1.6rem; }
@page { size: A4; margin: 14mm; }
"""
NOTE = "Write no name on this sheet. Answer each question when the room comes to it."
BLANK, BOX = "______", "☐"
CANDIDATES = 9  # lines for a vote whose candidates follow from the answers before it


def workshop_sheet(rounds: Sequence[Round], title: str) -> str:
    """Return the questions of a workshop as one HTML page to print, one for each seat.

    Args:
        rounds: of the room.
        title: what is decided.
    """
    sections = "\n".join(
        f"<section><h2>{place + 1}. {escape(one.title)}</h2><p>{escape(one.question)}</p>"
        f"{_FORMS[one.kind](one.asks)}</section>"
        for place, one in enumerate(rounds)
        if one.kind in _FORMS
    )
    head = f"<h1>{escape(title)}</h1>", f"<p>{escape(translate(NOTE))}</p>"
    return page(title, [*head, sections], language(), STYLE)


def _values(asks: Mapping[str, Any]) -> str:
    rows = [
        (one["title"], f"{one['from']} → {one['to']}", say("{blank} points", blank=BLANK))
        for one in asks["objectives"]
    ]
    return _table([*rows, (say("In total"), "", say("{blank} points", blank=str(POINTS)))])


def _point(_: Mapping[str, Any]) -> str:
    one, none = labelled(say("this one"), BLANK + BLANK), say("none of these")
    return f"<p>{BOX} {one} &emsp; {BOX} {none}</p>"


def _lines(asks: Mapping[str, Any]) -> str:
    sides = {"high": say("at least"), "low": say("at most")}
    return _table(
        [
            (one["title"], sides[one["better"]], f"{BLANK} {one['unit']}")
            for one in asks["objectives"]
        ]
    )


def _choice(asks: Mapping[str, Any]) -> str:
    return _table([(f"{BOX} {one['title']}", one["help"], "") for one in asks["choices"]])


def _vote(asks: Mapping[str, Any]) -> str:
    titles = [one["title"] for one in asks["candidates"]] or [BLANK * 4] * CANDIDATES
    return _table([(title, "", say("{box} first {box} second vote", box=BOX)) for title in titles])


def _words(_: Mapping[str, Any]) -> str:
    return "<div class='line'></div>" * 3


def _table(rows: Sequence[Sequence[str]]) -> str:
    lines = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


_FORMS: Mapping[Kind, Callable[[Mapping[str, Any]], str]] = {
    "values": _values,
    "point": _point,
    "lines": _lines,
    "choice": _choice,
    "vote": _vote,
    "words": _words,
}
