"""Seats: a slider that people in a room set one after another, each for a seat of their own."""

from collections.abc import Callable

import streamlit as st

from tradeoffs.language.translation import say
from tradeoffs.lessons.lesson import Seats, Value


def seats(slider: Seats, key: str, start: Value, draw: Callable, *, disabled: bool) -> Value:
    """Draw the slider, who sits in the room and the ways to change it; return the seats.

    Args:
        slider: what each seat sets.
        key: of the session's state, where the seats are kept.
        start: the seats at first.
        draw: a select slider, or a list to pick from.
        disabled: whether nothing can be moved.
    """
    held = f"{key} held"
    taken = slider.taken(st.session_state.setdefault(held, str(start)))
    draw(
        slider.title,
        options=slider.choices,
        format_func=slider.describe,
        key=key,
        disabled=disabled,
    )
    with st.container(horizontal=True):
        full = len(taken) >= slider.most
        for title, name, others, off in (
            (say("Take a seat with this"), f"{key} take", taken, full),
            (say("Empty the room except for this"), f"{key} empty", (), False),
        ):
            st.button(
                title, key=name, disabled=disabled or off, on_click=_sit, args=(held, key, others)
            )
    value = "+".join(taken)
    st.caption(
        say(
            "In the room, {taken} of at most {most}: {who}.",
            taken=len(taken),
            most=slider.most,
            who=slider.describe(value),
        )
    )
    return value


def _sit(held: str, key: str, others: tuple[str, ...]) -> None:
    """Take a seat beside these with what the slider says by now; a callback."""
    st.session_state[held] = "+".join((*others, st.session_state[key]))
