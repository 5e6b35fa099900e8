"""Answers of a worker: waited for without holding the page up, then drawn, or why there is none."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

import streamlit as st

from pages.shared import live
from tradeoffs.errors import TradeoffsError

BEAT_SECONDS = 0.3  # between two looks at an answer that is not there yet

T = TypeVar("T")


def shown(answer: "Future[T]", draw: Callable[[T], object], *, what: str, meanwhile: str) -> None:
    """Draw an answer as soon as it is there; a fragment of its own looks for it until then.

    Args:
        answer: of `Manager.ask`.
        draw: draws it.
        what: is computed, for the case that it cannot be.
        meanwhile: what to say until it is there.
    """
    waiting = not answer.done()
    beat = BEAT_SECONDS if waiting else None
    st.fragment(_look, run_every=beat)(answer, draw, what, meanwhile, waiting)


def _look(
    answer: "Future[T]", draw: Callable[[T], object], what: str, meanwhile: str, polled: bool
) -> None:
    if not answer.done():
        st.caption(f"{meanwhile} {queue(answer)}")
        return
    if polled:
        st.rerun()  # once, to end the timer
    why = failure(answer)
    if why:
        st.warning(f"{what} could not be computed. {why}")
        return
    draw(answer.result())


def queue(answer: "Future[Any]") -> str:
    """Renew the wait for an answer and say how many questions are before it; empty if none is."""
    before = live.manager().look(answer)
    if not before:
        return ""
    return "One question is before it." if before == 1 else f"{before} questions are before it."


def failure(answer: "Future[T]") -> str:
    """Return why an answer that is there is none, for a person; empty if it is one."""
    if answer.cancelled():
        return "Nobody looked at it for a while, or the worker was shut down."
    error = answer.exception()
    if error is None:
        return ""
    if isinstance(error, TradeoffsError):
        text = str(error)
        return f"{text[0].upper()}{text[1:]}." if not text.endswith(".") else text
    return f"The computation stopped at an unexpected error ({type(error).__name__})."
