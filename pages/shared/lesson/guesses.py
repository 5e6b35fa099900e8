"""Guesses: asked before the result is shown, kept for the session and nowhere else."""

from dataclasses import dataclass

import streamlit as st

from pages.shared.lesson.sketch import sketch
from pages.shared.lesson.step_answer import default_table
from tradeoffs.lessons.lesson import Lesson
from tradeoffs.lessons.prediction import Choice, Direction, Line, Number, Prediction, Vote

MOST_REASON = 500  # characters


@dataclass(frozen=True, kw_only=True, slots=True)
class Guess:
    """What was guessed and why; `value` is None where the learner went on without."""

    value: object
    reason: str


def session_guesses(entry: Lesson) -> dict[int, Guess]:
    """Return this session's guesses of a lesson, by step."""
    return st.session_state.setdefault("guesses", {}).setdefault(entry.name, {})


def is_made(entry: Lesson, step: int) -> bool:
    """Say whether a guess was made or left out."""
    return step in session_guesses(entry)


def ask(entry: Lesson, step: int, key_on: str | None = None) -> None:
    """Ask for a guess and a reason; the result stays hidden until one is given or left out.

    Args:
        entry: the lesson.
        step: from 0.
        key_on: of the keyboard, that goes on without a guess.
    """
    prediction = entry.steps[step].prediction
    assert prediction is not None
    vote = isinstance(prediction, Vote)
    st.markdown(f"**Your {'vote' if vote else 'guess'}.** {prediction.question}")
    key = f"guess {entry.name} {step}"
    value = _asked(prediction, key)
    reason = st.text_input(
        "Why do you think so?", key=f"{key} why", max_chars=MOST_REASON, placeholder="A few words"
    )
    left, right = st.columns([0.3, 0.7])
    with left:
        if st.button("Show what the models say", type="primary", disabled=value is None):
            session_guesses(entry)[step] = Guess(value=value, reason=reason.strip())
            st.rerun()
    with right:
        if st.button("Go on without a guess", shortcut=key_on):
            session_guesses(entry)[step] = Guess(value=None, reason="")
            st.rerun()
    if value is None:
        st.caption("Nothing is shown before you choose.")


def _asked(prediction: Prediction, key: str) -> object:
    if isinstance(prediction, Number):
        # Empty until filled: a slider stands somewhere before anybody has touched it.
        return st.number_input(
            prediction.label,
            float(prediction.low),
            float(prediction.high),
            None,
            float(prediction.step),
            format=f"%.{prediction.digits}f",
            key=key,
            placeholder=f"{prediction.low:g} to {prediction.high:g}",
        )
    if isinstance(prediction, Line):
        return sketch(
            key=key,
            xs=prediction.xs,
            low=prediction.low,
            high=prediction.high,
            unit=prediction.unit,
            x_title=prediction.x_title,
            y_title=prediction.y_title,
        )
    assert isinstance(prediction, Choice | Direction | Vote)
    return st.radio("Your choice", prediction.choices, index=None, key=key)


def compare(entry: Lesson, step: int) -> str:
    """Return guess and result in a sentence; empty where nothing was guessed or can be told."""
    guess, prediction = session_guesses(entry).get(step), entry.steps[step].prediction
    if guess is None or prediction is None or not prediction.valid(guess.value):
        return ""
    table = default_table(entry, step)
    if table is None or not len(table):
        return ""
    return prediction.compared(guess.value, table, entry.setting(step))  # type: ignore[arg-type]


def hand_drawn_line(entry: Lesson, step: int) -> tuple[Line, list[float]] | None:
    """Return the line that was drawn by hand, to be drawn beside the result; None without one."""
    guess, prediction = session_guesses(entry).get(step), entry.steps[step].prediction
    if guess is None or not isinstance(prediction, Line) or not prediction.valid(guess.value):
        return None
    return prediction, list(guess.value)  # type: ignore[call-overload]


def summary(entry: Lesson) -> list[dict[str, str]]:
    """Return question, guess, reason and result of every step that asks."""
    rows = []
    for step, one in enumerate(entry.steps):
        guess = session_guesses(entry).get(step)
        if one.prediction is None:
            continue
        valid = guess is not None and one.prediction.valid(guess.value)
        rows.append(
            {
                "question": one.prediction.question,
                "your guess": one.prediction.words(guess.value) if valid else "none",  # type: ignore[union-attr, arg-type]
                "your reason": guess.reason if guess else "",
                "the models": compare(entry, step) or _unsaid(guess),
            }
        )
    return rows


def _unsaid(guess: Guess | None) -> str:
    """Return why nothing is said beside a guess."""
    if guess is None:
        return "not looked at yet"
    return "looked at without a guess" if guess.value is None else "not computed yet"
