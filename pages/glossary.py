"""Glossary: every term on screen, in plain words, with formula and source."""

import streamlit as st

from pages.shared.kit.frame import page, settle
from tradeoffs.language.translation import say


def main() -> None:
    """Draw the page; what takes a second to import comes after the first paint."""
    page("Glossary")
    st.title(say("Glossary"))
    st.markdown(say("Every term on screen: what it means, how it is computed and who defined it."))
    from pages.shared.glossary.terms import terms

    settle()
    with st.container(key="reading"):
        terms()


main()
