"""Room: a class guesses, or a workshop decides, on phones; its host's view, to be projected."""

import streamlit as st

from pages.shared.kit.frame import page, settle


def main() -> None:
    """Draw the page; what takes a second to import comes after the first paint."""
    page("Room", charts=False, menu="code" not in st.query_params)
    from pages.shared.room.host import host

    settle()
    host()


main()
