"""The Explorer: move a slider, and the fronts between the four objectives redraw."""

import streamlit as st

from pages.shared.kit.frame import page, settle


def main() -> None:
    """Draw the page; what takes a second to import comes after the first paint."""
    page("Explorer")
    st.title("Trade-offs, retrained live")
    st.markdown(
        "Move a slider: some four hundred small models are retrained on real people's data, and "
        "what can be had of accuracy, fairness, privacy and explainability **together** redraws. "
        "Each dot is one setting, averaged over 8 trainings; the front joins those that no other "
        "one beats on either half of the test people."
    )
    from pages.shared.explorer.explorer import explorer

    settle()
    explorer()


main()
