"""Lessons: the paper's examples, by section."""

import streamlit as st

from pages.shared.kit.frame import page, settle
from tradeoffs.language.translation import say


def main() -> None:
    """Draw the page; what takes a second to import comes after the first paint."""
    page("Lessons", charts=False)
    st.title(say("Lessons"))
    st.markdown(
        say(
            "Guess first, then move a slider and see what retrained models answer. You may "
            "disagree with the question, and “do not build it” is always an answer."
        )
    )
    from pages.shared.lessons.index import index

    settle()
    index()


main()
