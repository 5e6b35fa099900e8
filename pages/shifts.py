"""Shifts: how a table and trained models change where people are other than in training."""

import streamlit as st

from pages.shared.kit.frame import page, settle


def main() -> None:
    """Draw the page; what takes a second to import comes after the first paint."""
    page("Shifts")
    st.title("Other people")
    st.markdown(
        "A model is trained on some people and used on others. Pick a table and one or more ways "
        "in which they differ. What moved and what did not is measured. Where the people it is "
        "used on differ, models that are trained already are measured again; where those it is "
        "trained on differ, models are trained anew."
    )
    from pages.shared.shifts.shifts import shifts

    settle()
    shifts()


main()
