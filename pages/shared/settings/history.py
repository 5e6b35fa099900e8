"""History: every setting is in the URL, and an entry of the browser's history; see history.js."""

import json
import uuid
from collections.abc import Mapping

import streamlit as st
from streamlit.components.v2 import component

from pages.shared.kit.chart import loader, serve_files
from pages.shared.settings.address import go, of_link
from pages.shared.settings.fields import FIELDS, query
from tradeoffs.language.current import language
from tradeoffs.report.options import Values

KEY = "url"
SESSION = "named"  # in the session: by which a browser tells it from the one before
VISITED = "visited"  # in the session: number of the visit that the browser told of last

_LOAD = """
const history = import(folder + "frontend/history.js?v={version}");
"""
_DRAW = """
export default async function (component) {
  return (await history).default(component);
}
"""


def write(values: Values) -> None:
    """Let the URL say these values, and draw the buttons that undo and redo moves.

    Of the defaults it says the level, as an address that says nothing is the story.
    """
    serve_files()
    said = query(values) or {"level": values["level"]}
    data = {
        "query": {field: said.get(field) for field in FIELDS},
        "visited": st.session_state.get(VISITED, 0),
        "language": language(),
        "session": st.session_state.setdefault(SESSION, uuid.uuid4().hex),
    }
    with st.container(key="address", width="content"):
        _HISTORY(
            key=KEY, data=json.dumps(data).encode(), width=86, height=40, on_visit_change=_visit
        )


def _visit() -> None:
    """Move the controls to an entry of the browser's history, before the run that follows."""
    told = st.session_state[KEY].get("visit")
    if not isinstance(told, Mapping):  # a browser may send anything
        return
    number, link = told.get("number"), told.get("query")
    if isinstance(number, int | float) and isinstance(link, Mapping):
        st.session_state[VISITED] = number
        asked = of_link({str(name): str(text) for name, text in link.items()})
        go({**asked, "tab": st.session_state["setting"]["tab"]})  # opening one is no step


_HISTORY = component("tradeoffs_history", js=loader(_LOAD) + _DRAW, isolate_styles=False)
