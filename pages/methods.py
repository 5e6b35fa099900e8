"""Methods: how results come about, and what a chart of them cannot hold."""

import streamlit as st

from pages.shared.kit.frame import page, settle
from tradeoffs.language.translation import say


def main() -> None:
    """Draw the page; what takes a second to import comes after the first paint."""
    page("Methods")
    st.title(say("Methods"))
    st.markdown(say("How the numbers are computed, and what they leave out."))
    from tradeoffs.report.methodology import methods

    settle()
    with st.container(key="reading"):
        for part in methods():
            st.header(part.title)
            st.markdown("\n".join(f"- {line}" for line in part.lines))
            if part.table is not None:
                st.dataframe(part.table, hide_index=True)


main()
