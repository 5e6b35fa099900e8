"""Guesses: asked before the result is shown, then told beside it."""

from collections.abc import Sequence

import streamlit as st

from pages.shared.lesson.choices import choices
from pages.shared.lesson.memory import MOST_REASON, Guess, guess_keys, guesses_of
from pages.shared.lesson.sketch import sketch
from pages.shared.lesson.step_answer import default_table
from tradeoffs.language.translation import mark, say, translate
from tradeoffs.lessons.effect import unit_name
from tradeoffs.lessons.lesson import Lesson, StepState
from tradeoffs.lessons.prediction import Line, Number, OneOf, Prediction, Verdict, Vote

SHOW = mark("Show what the models say")
SKIP = mark("Go on without a guess")


def leave_out(entry: Lesson, steps: range, *, shared: bool) -> None:
    """Go on without the guesses of these steps that are not made yet; a callback."""
    for step in steps:
        if entry.steps[step].prediction is not None:
            made = guesses_of(entry, shared=shared)
            made.setdefault(step, Guess(value=None, reason=""))


def open_step(entry: Lesson, step: int, *, shared: bool) -> int | None:
    """Return the first step, up to this one, that still asks; None where all was asked.

    A step may show what an earlier one asks, so that nothing of it is drawn before.
    """
    made = guesses_of(entry, shared=shared)
    places = range(min(step + 1, len(entry.steps)))
    return next((one for one in places if entry.steps[one].prediction and one not in made), None)


def ask(entry: Lesson, step: int) -> None:
    """Ask a learner for a guess and a reason; the result stays hidden until it is made."""
    prediction = entry.steps[step].prediction
    assert prediction is not None
    question(prediction)
    key, why = guess_keys(entry, step)
    value = _asked(entry, step, key)
    st.text_input(
        say("Why do you think so?"),
        key=why,
        max_chars=MOST_REASON,
        placeholder=say("A few words"),
    )
    # Callbacks: what memory brings from the browser may end a run before it reaches a button.
    with st.container(horizontal=True):
        ready = value is not None
        st.button(
            say(SHOW),
            type="primary",
            disabled=not ready,
            on_click=_make,
            args=(entry, step, value),
        )
        only = range(step, step + 1)
        st.button(say(SKIP), on_click=leave_out, args=(entry, only), kwargs={"shared": False})
    if value is None:
        st.caption(say("Nothing is shown before you choose."))


def _make(entry: Lesson, step: int, drawn: object) -> None:
    """Take the guess as its controls say it by now; a line as it was drawn."""
    key, why = guess_keys(entry, step)
    line = isinstance(entry.steps[step].prediction, Line)
    value = drawn if line else st.session_state.get(key)
    if value is not None:
        reason = st.session_state.get(why) or ""
        guesses_of(entry)[step] = Guess(value=value, reason=reason.strip())


def question(prediction: Prediction) -> None:
    """Draw what is asked."""
    if isinstance(prediction, Vote):
        st.markdown(say("**Your vote.** {question}", question=prediction.question))
    else:
        st.markdown(say("**Your guess.** {question}", question=prediction.question))


def offer(prediction: Prediction, key: str) -> None:
    """Draw what a class may choose from, or where its number or line may lie."""
    if isinstance(prediction, OneOf):
        offer_choices(prediction.choices)
    elif isinstance(prediction, Number):
        st.markdown(
            say(
                "{label}: {low:g} to {high:g}",
                label=prediction.label,
                low=prediction.low,
                high=prediction.high,
            )
        )
    elif isinstance(prediction, Line):
        hand_drawn(prediction, key, locked=True)


def offer_choices(texts: Sequence[str]) -> None:
    """Draw texts to choose from."""
    st.markdown("\n".join(f"- {text}" for text in texts))


def _asked(entry: Lesson, step: int, key: str) -> object:
    prediction = entry.steps[step].prediction
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
            placeholder=say("{low:g} to {high:g}", low=prediction.low, high=prediction.high),
        )
    if isinstance(prediction, Line):
        return hand_drawn(prediction, key)
    offered = choices(entry, step)
    shown = offered.__getitem__
    return st.radio(say("Your choice"), [*offered], index=None, format_func=shown, key=key)


def hand_drawn(prediction: Line, key: str, *, locked: bool = False) -> list[float] | None:
    """Draw the chart that a line is drawn into by hand; return the line, None until it is whole."""
    return sketch(
        key=key,
        xs=prediction.xs,
        low=prediction.low,
        high=prediction.high,
        unit=unit_name(prediction.unit),
        x_title=prediction.x_title,
        y_title=prediction.y_title,
        locked=locked,
    )


def _guessed(entry: Lesson, step: int) -> object:
    """Return what was guessed, a choice in the words of the lesson; None where nothing was."""
    guess, prediction = guesses_of(entry).get(step), entry.steps[step].prediction
    if guess is None or prediction is None:
        return None
    offered = choices(entry, step)
    value = offered.get(str(guess.value)) if offered else guess.value
    return value if prediction.valid(value) else None


def verdict(entry: Lesson, step: int, moved: StepState | None = None) -> Verdict | None:
    """Return how the guess compares with the result, both at the setting that it was about.

    None where nothing was guessed, or nothing is there to compare it with yet. `moved` is where
    the sliders are now.
    """
    guess, prediction = _guessed(entry, step), entry.steps[step].prediction
    if guess is None or prediction is None:
        return None
    table = default_table(entry, step)
    if table is None or not len(table):
        return None
    return prediction.verdict(guess, table, entry.setting(step), moved)


def hand_drawn_line(entry: Lesson, step: int) -> tuple[Line, list[float]] | None:
    """Return the line that was drawn by hand, to be drawn beside the result; None without one."""
    guess, prediction = _guessed(entry, step), entry.steps[step].prediction
    if guess is None or not isinstance(prediction, Line):
        return None
    return prediction, list(guess)  # type: ignore[call-overload]


def summary(entry: Lesson) -> list[dict[str, str]]:
    """Return question, guess, reason and result of every step that asks; columns are English."""
    rows = []
    for step, one in enumerate(entry.steps):
        guess = guesses_of(entry).get(step)
        if one.prediction is None:
            continue
        value, told = _guessed(entry, step), verdict(entry, step)
        words = translate("none", "of guesses") if value is None else one.prediction.words(value)
        rows.append(
            {
                "question": one.prediction.question,
                "your guess": words,
                "your reason": guess.reason if guess else "",
                "the models": told.text if told else _unsaid(guess),
            }
        )
    return rows


def _unsaid(guess: Guess | None) -> str:
    """Return why nothing is said beside a guess."""
    if guess is None:
        return say("not looked at yet")
    if guess.value is None:
        return say("looked at without a guess")
    return say("not computed yet")
