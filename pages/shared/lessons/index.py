"""The index of lessons: the paper's axes as a map, paths, and a card each, by section."""

import json
from html import escape
from itertools import groupby
from urllib.parse import parse_qsl, urlencode

import streamlit as st
from streamlit.components.v2 import component

from pages.shared.kit import language
from pages.shared.kit.chart import loader, serve_files
from pages.shared.lesson.route import PAGE
from pages.shared.lessons.axis_map import axis_map
from pages.shared.lessons.card import Card, card_html, cards
from tradeoffs.language.translation import say
from tradeoffs.lessons.catalogue import LESSONS
from tradeoffs.lessons.lesson_paths import PATHS

SECTIONS = {  # of the paper, in short
    "2.1": "Data",
    "2.2": "Resources",
    "2.3": "Values, culture and regulation",
    "2.4": "Between the axes",
    "3": "Power, control and dependency",
    "4": "Sharing, adapting, training together",
    "?": "Cannot be read",
}
_LOAD = """
const index = import(folder + "frontend/lessons.js?v={version}");
"""
_DRAW = """
export default async function (component) {
  return (await index).default(component);
}
"""


def index() -> None:
    """Draw the index, and go where a card leads without loading the page anew."""
    serve_files()
    data = json.dumps({"html": index_html(cards())}).encode()
    found = _MOUNT(key="lessons", data=data, on_open_change=lambda: None)
    query = dict(parse_qsl(str(found.get("open") or "")))
    if query.get("lesson") in LESSONS:  # a browser may send anything
        st.switch_page(PAGE, query_params=query)


def index_html(shown: list[Card]) -> str:
    """Return the whole index as HTML."""
    order = sorted(shown, key=lambda one: _order(one.place))
    sections = "".join(
        f'<section aria-label="{escape(say("Section {name}", name=name))}">'
        f"<h2><small>{escape(name)}</small> {escape(say(SECTIONS.get(name, '')))}</h2>"
        f"<ul>{''.join(card_html(one) for one in group)}</ul></section>"
        for name, group in groupby(order, key=lambda one: one.place)
    )
    return (
        f'<div class="lesson-top">{axis_map(one.axes for one in shown)}{_paths(shown)}</div>'
        f'<p class="lesson-count" role="status" data-all="{len(shown)}">'
        f"{say('{n:lesson|lessons}', n=len(shown))}</p>"
        f'<div class="lesson-index">{sections}</div>'
    )


def _order(section: str) -> int:
    known = list(SECTIONS)
    return known.index(section) if section in known else len(known)


def _paths(shown: list[Card]) -> str:
    """Return the paths, each with links to its lessons in order."""
    here = {one.name: one for one in shown if not one.wrong}
    minutes = {name: LESSONS[name].minutes for name in here}
    parts = []
    for path in PATHS.values():
        names = [name for name in path.lessons if name in here]
        links = "".join(
            f'<li><a href="lesson?{_query(name, path.name)}" data-lesson="{name}">'
            f"{escape(here[name].title)}</a></li>"
            for name in names
        )
        total = sum(minutes[name] for name in names)
        parts.append(
            f"<section><h2>{escape(path.title)} <small>{say('{n} min', n=total)}</small></h2>"
            f"<p>{escape(path.purpose)}</p><ol>{links}</ol></section>"
        )
    return f'<div class="lesson-paths">{"".join(parts)}</div>'


def _query(lesson: str, path: str) -> str:
    return escape(urlencode(language.kept({"lesson": lesson, "path": path})))


_MOUNT = component("tradeoffs_lessons", js=loader(_LOAD) + _DRAW, isolate_styles=False)
