"""The language of a visitor: the link's, the one they switched to, or else their browser's."""

import json
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from tradeoffs.language.current import ENGLISH, ask_default, language, speak
from tradeoffs.language.negotiation import of_browser
from tradeoffs.language.notation import language_name
from tradeoffs.language.translation import say, texts_of_file
from tradeoffs.settings import LANGUAGES

PARAMETER, STATE = "lang", "language"  # in the address, and in the session


def begin() -> str:
    """Speak the visitor's language in this run of a page.

    Returns:
        What is wrong with the language that the link names; empty if nothing is.
    """
    offered = LANGUAGES.read()
    asked = st.query_params.get(PARAMETER)
    if asked in offered:
        st.session_state[STATE] = asked
    elif asked is not None:
        st.session_state[STATE] = ENGLISH
    speak(_of_session())
    if asked is None or asked in offered:
        return ""
    return say(
        "In the link, lang={asked} is no language of this explorer; use one of: {known}. This "
        "page is in English.",
        asked=repr(asked[:20]),
        known=", ".join(offered),
    )


def turn_to(code: str) -> None:
    """Speak a language in this session, as what a page shows does; the page begins anew with it."""
    if code != language():
        st.session_state[STATE] = code
        st.query_params.pop(PARAMETER, None)
        st.rerun()


def switch() -> None:
    """Draw a button for each language that is not spoken; nothing where there is one alone."""
    for code in LANGUAGES.read():
        if code != language():
            st.button(
                language_name(code),
                key=f"language-{code}",
                type="tertiary",
                on_click=_take,
                args=(code,),
            )


def words() -> None:
    """Put the words of what browsers run into the page; none in English, which they know."""
    if language() != ENGLISH or len(LANGUAGES.read()) > 1:  # a switch takes the place of others
        with st.container(key="page-words"):
            st.html("{}" if language() == ENGLISH else _words(language()))


@lru_cache
def _words(code: str) -> str:
    told = {"language": code, "words": texts_of_file(code, "pages.kit.frontend")}
    return escape(json.dumps(told, ensure_ascii=False), quote=False)


def kept(query: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return what an address says, and the language, where it is not English."""
    said = {name: text for name, text in (query or {}).items() if name != PARAMETER}
    return said if language() == ENGLISH else {**said, PARAMETER: language()}


def _take(code: str) -> None:
    """Speak a language from now on; a callback."""
    st.session_state[STATE] = code
    st.query_params[PARAMETER] = code
    speak(code)
    _hold()


def _hold() -> None:
    """State each choice once more: a browser that gets options in other words takes the first."""
    for key in [*st.session_state]:
        value = st.session_state[key]
        if isinstance(value, str | int | float | list) and not isinstance(value, bool):
            st.session_state[key] = value  # not of buttons and files: theirs cannot be stated


def _of_session() -> str:
    found = st.session_state.get(STATE)
    if found is None:
        found = of_browser(_accepted(), LANGUAGES.read())
        st.session_state[STATE] = found
    return found


def _accepted() -> str:
    headers: Any = st.context.headers
    return headers.get("Accept-Language", "")


def _ask() -> str | None:
    """Return the language of the session that this thread runs for; None if it runs for none."""
    return _of_session() if get_script_run_ctx(suppress_warning=True) else None


ask_default(_ask)
