"""Shifts: how a table and trained models change where people are other than in training."""

import streamlit as st

from pages.shared.kit.frame import page, settle
from tradeoffs.language.translation import say


def main() -> None:
    """Draw the page; what takes a second to import comes after the first paint."""
    page("Shifts", charts=False)  # its first picture needs none
    st.title(say("When people differ from the training data"))
    st.markdown(
        say(
            "A model learns from some people and decides about others. Choose how they "
            "differ, and see what changes and what does not."
        )
    )
    from pages.shared.shifts.shifts import shifts

    shifts()
    settle()  # after the first picture


main()
