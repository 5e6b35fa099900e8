"""Lesson: one of the paper's examples, which the address names: ?lesson=small_town."""

import streamlit as st

from pages.shared.kit.frame import page, settle


def main() -> None:
    """Draw the page; what takes a second to import comes after the first paint."""
    page("Lesson", charts=False, menu=st.query_params.get("view") != "presenter")
    from pages.shared.lesson.lesson import lesson

    settle()
    lesson()


main()
