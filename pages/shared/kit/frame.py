"""The frame of every page: title, look, and what has to happen once a process."""

import gc

import streamlit as st

from pages.shared.kit import channel, language
from pages.shared.kit.chart import FRONTEND, preload
from tradeoffs.language.translation import mark, say

# style.css is of every page, others of a component; one element draws faster than ten.
STYLES = "".join(path.read_text("utf-8") for path in sorted(FRONTEND.glob("*.css")))
THEMES = ("light", "dark")
EMBEDDED = (  # the page around has a title; the menu, whose height controls reach into, is gone
    "h1 { display: none; } .stMainBlockContainer { padding-top: 3.5rem !important; }"
)
PAGE = ":root {{ --page: light-dark({}, {}); }}"  # the colour behind everything
KEYS = "room keys"  # in the session: of the rooms that it hosts, by their code
ROOM = {"pages/room.py": mark("Room")}  # of a session that hosts one
MENU = {
    "app.py": mark("Explorer"),
    "pages/lessons.py": mark("Lessons"),
    "pages/data.py": mark("Data"),
    "pages/shifts.py": mark("Shifts"),
    "pages/remedies.py": mark("Remedies"),
    "pages/glossary.py": mark("Glossary"),
    "pages/methods.py": mark("Methods"),
}


def page(title: str, *, charts: bool = True, menu: bool = True) -> None:
    """Set up a page; every page calls this first, before its own imports take their time.

    Args:
        title: of the page.
        charts: whether the browser fetches the library that draws them at once.
        menu: whether the links between pages are drawn; they never are with `embed=true`.
    """
    wrong = language.begin()
    st.set_page_config(page_title=f"{say(title)} · Trade-offs", page_icon="⚖️", layout="wide")
    behind = PAGE.format(*(st.get_option(f"theme.{one}.backgroundColor") for one in THEMES))
    embedded = bool(st.context.is_embedded)
    st.html(f"<style>{STYLES}{behind}{EMBEDDED if embedded else ''}</style>")
    language.words()
    if charts:
        preload("preload")
    if menu and not embedded:
        _menu()
    if wrong:
        st.warning(wrong)
    channel.begin(title)  # after the menu, of which it says in the browser what it is


def _menu() -> None:
    """Draw the links between pages; Streamlit's own list of them is hidden."""
    with st.container(horizontal=True, vertical_alignment="center", key="menu"):
        for script, name in (MENU | (ROOM if st.session_state.get(KEYS) else {})).items():
            st.page_link(script, label=say(name), query_params=language.kept())
        language.switch()


@st.cache_resource(show_spinner=False)
def settle() -> bool:
    """Collect once and keep what is imported out of later collections (see config.toml)."""
    gc.collect()
    gc.freeze()
    return True
