"""The frame of every page: title, look, and what has to happen once a process."""

import gc

import streamlit as st

from pages.shared.kit import channel
from pages.shared.kit.chart import FRONTEND, preload

STYLES = sorted(FRONTEND.glob("*.css"))  # style.css is of every page, others of a component
THEMES = ("light", "dark")
PAGE = "<style>:root {{ --page: light-dark({}, {}); }}</style>"  # the colour behind everything
MENU = {
    "app.py": "Explorer",
    "pages/lessons.py": "Lessons",
    "pages/data.py": "Data",
    "pages/shifts.py": "Shifts",
    "pages/remedies.py": "Remedies",
    "pages/glossary.py": "Glossary",
    "pages/methods.py": "Methods",
}


def page(title: str, *, charts: bool = True) -> None:
    """Set up a page; every page calls this first, before its own imports take their time.

    Args:
        title: of the page.
        charts: whether the browser fetches the library that draws them at once.
    """
    st.set_page_config(page_title=f"{title} · Trade-offs", page_icon="⚖️", layout="wide")
    for style in STYLES:
        st.html(style)
    st.html(PAGE.format(*(st.get_option(f"theme.{one}.backgroundColor") for one in THEMES)))
    if charts:
        preload("preload")
    _menu()
    channel.begin(title)  # after the menu, of which it says in the browser what it is


def _menu() -> None:
    """Draw the links between pages; Streamlit's own list of them is hidden."""
    with st.container(horizontal=True, key="menu"):
        for script, name in MENU.items():
            st.page_link(script, label=name)


@st.cache_resource(show_spinner=False)
def settle() -> bool:
    """Collect once and keep what is imported out of later collections (see config.toml)."""
    gc.collect()
    gc.freeze()
    return True
