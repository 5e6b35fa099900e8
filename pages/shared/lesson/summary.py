"""The end of a lesson: guesses beside results, a decision, and what to talk about."""

from collections.abc import Callable

import streamlit as st

from pages.shared.kit.download import download
from pages.shared.lesson import guesses
from pages.shared.lesson.step_answer import default_table
from tradeoffs.lessons.lesson import Lesson

MOST_WORDS = 1000  # characters of an answer
ASKED = "What would you do?"


def summary(entry: Lesson) -> None:
    """Draw the summary of a lesson; what is written stays in this tab until it is closed."""
    import pandas as pd

    seen = _note(entry, "In your own words: what did you see?", st.text_area)
    _conclusion(entry)
    rows = guesses.summary(entry)
    if rows:
        st.markdown("**Your guesses**")
        st.table(pd.DataFrame(rows), hide_index=True)
    decided, reason = _decision(entry)
    for title, texts in (("Try this", entry.try_this), ("To discuss", entry.discuss)):
        st.markdown(f"**{title}**\n" + "\n".join(f"- {text}" for text in texts))
    st.markdown(f"**What this cannot show.** {entry.limits}")
    st.markdown("**Sources**\n" + "\n".join(f"- [{one.title}]({one.url})" for one in entry.sources))
    own = [
        {"question": "What did you see?", "your guess": seen, "your reason": "", "the models": ""},
        {"question": ASKED, "your guess": decided, "your reason": reason, "the models": ""},
    ]
    download(pd.DataFrame([*rows, *own]), f"{entry.name}_mine.csv", "Download what you said")


def _notes(entry: Lesson) -> dict[str, str]:
    """Return what was written in this tab: widgets forget it when another page opens."""
    return st.session_state.setdefault("notes", {}).setdefault(entry.name, {})


def _note(entry: Lesson, label: str, draw: Callable) -> str:
    kept = _notes(entry)
    kept[label] = draw(
        label,
        kept.get(label, ""),
        key=f"{entry.name} {label}",
        max_chars=MOST_WORDS,
        placeholder="Kept in this tab only",
    )
    return kept[label]


def _conclusion(entry: Lesson) -> None:
    """Tell what every step that was looked at found, computed from its answer as it opens."""
    st.markdown("**What the models said**")
    lines = []
    for place, step in enumerate(entry.steps):
        if step.prediction is not None and not guesses.is_made(entry, place):
            lines.append(f"- *{_ended(step.title)}* Not looked at yet.")
            continue
        table = default_table(entry, place)
        if table is None or not len(table):
            lines.append(f"- {step.title}: not computed yet.")
            continue
        setting = entry.setting(place)
        told = " ".join(claim.describe(claim.of(table, setting)) for claim in step.claims)
        lines.append(f"- *{_ended(step.title)}* {told}")
    st.markdown("\n".join(lines))


def _ended(title: str) -> str:
    return title if title.endswith(("?", "!", ".")) else f"{title}."


def _decision(entry: Lesson) -> tuple[str, str]:
    """Ask for a decision and a reason, and return them."""
    st.markdown(f"**{ASKED}**")
    kept = _notes(entry)
    before = kept.get(ASKED)
    kept[ASKED] = (
        st.radio(
            "Your decision",
            entry.answers,
            index=entry.answers.index(before) if before in entry.answers else None,
            key=f"decision {entry.name}",
            label_visibility="collapsed",
        )
        or ""
    )
    return kept[ASKED], _note(entry, "Your reason", st.text_input)
