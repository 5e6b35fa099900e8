"""The page Data: what the tables hold, and a table of one's own."""

import streamlit as st

from pages.shared.kit.frame import page, settle
from tradeoffs.language.translation import say


def main() -> None:
    """Draw the page; what takes a second to import comes after the first paint."""
    page("Data", charts=False)
    st.title(say("Data"))
    st.markdown(
        say(
            "Who is in each table, and how many, before any metric. What is missing from a "
            "table, no model trained on it can show."
        )
    )
    from pages.shared.data.datasheets import datasheets

    datasheets()
    settle()  # after the first picture


main()
