"""Choice: what the browser has of the marks on the screen, and what it tells of them.

The browser draws a mark at once and tells it after; see choice.js.
"""

import json
import time
from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.components.v2 import component

from pages.shared.kit.chart import loader, serve_files
from pages.shared.settings.address import MARKS, go, mark
from pages.shared.settings.fields import FIELDS, OF_SCENARIO, fitted
from tradeoffs.report.options import Values, texts
from tradeoffs.scenario import Scenario

KEY = "choice"
BEGAN = "choice began"  # in the session: when it was mounted first
HEARD = "choice heard"  # in the session: number of what the browser told last

# Without a version: other files import it by this very address, and there must be one of it.
_LOAD = """
const choice = import(folder + "frontend/choice.js");
"""
_DRAW = """
export default async function (component) {
  return (await choice).default(component);
}
"""


def choice(values: Values) -> None:
    """Mount what all pictures of the screen read their marks from; once a screen."""
    serve_files()
    usual = texts(Scenario())
    data = {
        "marks": {name: values[name] for name in MARKS},
        "setting": {name: values[name] for name in OF_SCENARIO},
        "usual": {name: usual[name] for name in OF_SCENARIO},
        "heard": st.session_state.get(HEARD, 0),
        "began": st.session_state.setdefault(BEGAN, time.time()),
    }
    _CHOICE(
        key=KEY,
        data=json.dumps(data).encode(),
        height=1,
        on_marks_change=_mark,
        on_go_change=_go,
    )


def _mark() -> None:
    """Take marks that the browser made, before the run that follows."""
    told = _told("marks")
    heard = told.get("heard")
    st.session_state[HEARD] = heard if isinstance(heard, int | float) else 0
    mark(told)


def _go() -> None:
    """Move the sliders to what the browser asks for, as far as it is offered."""
    changes = {name: text for name, text in _told("go").items() if name in FIELDS}
    if all(isinstance(text, str) for text in changes.values()):
        go(fitted({**st.session_state["setting"], **changes}))


def _told(trigger: str) -> Mapping[str, Any]:
    """Return what came with a trigger; a browser may send anything."""
    told = st.session_state[KEY].get(trigger)
    return told if isinstance(told, Mapping) else {}


_CHOICE = component("tradeoffs_choice", js=loader(_LOAD) + _DRAW, isolate_styles=False)
