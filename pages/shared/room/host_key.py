"""Host's key: it comes behind the # of the host's link, and stays in the tab; see host_key.js."""

import json

import streamlit as st
from streamlit.components.v2 import component

from pages.shared.kit.chart import loader, serve_files
from pages.shared.kit.frame import KEYS
from tradeoffs.rooms.seat import is_secret

KEY = "host-key"

_LOAD = """
const hostKey = import(folder + "frontend/host_key.js?v={version}");
"""
_DRAW = """
export default async function (component) {
  return (await hostKey).default(component);
}
"""


def known_keys() -> dict[str, str]:
    """Return the keys that this session holds, by the code of their room."""
    return st.session_state.setdefault(KEYS, {})


def host_key(code: str, *, offered: bool) -> None:
    """Let the tab keep a room's key, or bring it where this session does not know it.

    It stands neither in the address bar, which everybody sees, nor in the server's logs.

    Args:
        code: of the room.
        offered: whether a button copies the host's link.
    """
    serve_files()
    st.session_state["room asked"] = code
    data = {"code": code, "key": known_keys().get(code, ""), "offered": offered}
    height = "content" if offered else 1
    _MOUNT(key=KEY, data=json.dumps(data).encode(), height=height, on_found_change=_hear)


def _hear() -> None:
    """Take the key that the tab has, before the run that follows; a browser may send anything."""
    found = st.session_state[KEY].get("found")
    if isinstance(found, str) and is_secret(found):
        known_keys().setdefault(st.session_state["room asked"], found)


_MOUNT = component("tradeoffs_host_key", js=loader(_LOAD) + _DRAW, isolate_styles=False)
