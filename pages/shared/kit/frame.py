"""The frame of every page: title, look, and what has to happen once a process."""

import gc

import streamlit as st

from pages.shared.kit import channel
from pages.shared.kit.chart import FRONTEND, preload
from tradeoffs import settings

# style.css is of every page, others of a component; one element draws faster than ten.
STYLES = "".join(path.read_text("utf-8") for path in sorted(FRONTEND.glob("*.css")))
THEMES = ("light", "dark")
PAGE = ":root {{ --page: light-dark({}, {}); }}"  # the colour behind everything
ROOM = {"pages/room.py": "Room"}  # where rooms are on
MENU = {
    "app.py": "Explorer",
    "pages/lessons.py": "Lessons",
    "pages/data.py": "Data",
    "pages/shifts.py": "Shifts",
    "pages/remedies.py": "Remedies",
    "pages/glossary.py": "Glossary",
    "pages/methods.py": "Methods",
}


def page(title: str, *, charts: bool = True, menu: bool = True) -> None:
    """Set up a page; every page calls this first, before its own imports take their time.

    Args:
        title: of the page.
        charts: whether the browser fetches the library that draws them at once.
        menu: whether the links between pages are drawn.
    """
    st.set_page_config(page_title=f"{title} · Trade-offs", page_icon="⚖️", layout="wide")
    behind = PAGE.format(*(st.get_option(f"theme.{one}.backgroundColor") for one in THEMES))
    st.html(f"<style>{STYLES}{behind}</style>")
    if charts:
        preload("preload")
    if menu:
        _menu()
    channel.begin(title)  # after the menu, of which it says in the browser what it is


def menu_pages() -> dict[str, str]:
    """Return the pages that the menu names here, by their script."""
    return MENU | ({} if settings.ROOMS.read() == "off" else ROOM)


def _menu() -> None:
    """Draw the links between pages; Streamlit's own list of them is hidden."""
    with st.container(horizontal=True, key="menu"):
        for script, name in menu_pages().items():
            st.page_link(script, label=name)


@st.cache_resource(show_spinner=False)
def settle() -> bool:
    """Collect once and keep what is imported out of later collections (see config.toml)."""
    gc.collect()
    gc.freeze()
    return True
