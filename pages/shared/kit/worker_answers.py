"""Answers of a worker: waited for without holding the page up, then drawn, or why there is none."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

import streamlit as st

from pages.shared.explorer import live
from pages.shared.kit import sources
from pages.shared.kit.channel import follow
from pages.shared.settings.wording import sentence
from tradeoffs.errors import TradeoffsError
from tradeoffs.language.translation import say
from tradeoffs.messages.message import Message

T = TypeVar("T")


@st.fragment
def show_answer(
    answer: "Future[T]",
    draw: Callable[[T], object],
    *,
    what: str,
    meanwhile: str,
    again: Callable[[], None] | None = None,
) -> None:
    """Draw an answer as soon as it is there; this fragment follows it until then.

    Args:
        answer: of `Manager.ask`.
        draw: draws it.
        what: is computed, for the case that it cannot be.
        meanwhile: what to say until it is there.
        again: lets it be asked anew, where that may help after a failure.
    """
    if not answer.done():
        follow(what, sources.AnswerSource(answer, live.manager()))
    if not answer.done():
        st.caption(f"{meanwhile} {queue(answer)}")
        return
    why = failure(answer)
    if not why:
        draw(answer.result())
        return
    st.warning(say("{what} could not be computed. {why}", what=what, why=why))
    if again:
        st.button(say("Try again"), on_click=again)


def queue(answer: "Future[Any]") -> str:
    """Renew the wait for an answer and say how many questions are before it; empty if none is."""
    before = live.manager().look(answer)
    if not before:
        return ""
    if before == 1:
        return say("One question is ahead of it.")
    return say("{n} questions are ahead of it.", n=before)


def failure(answer: "Future[T]") -> str:
    """Return why an answer that is there is none, for a person; empty if it is one."""
    if answer.cancelled():
        return say("Nobody looked at it for a while, or the worker was shut down.")
    error = answer.exception()
    if error is None:
        return ""
    if isinstance(error, TradeoffsError):
        return sentence(error)
    return sentence(Message("unexpected_error", kind=type(error).__name__))
