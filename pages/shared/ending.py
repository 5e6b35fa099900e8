"""The end of a lesson: guesses beside results, a decision, and what to talk about."""

import pandas as pd
import streamlit as st

from pages.shared import guesses
from pages.shared.answering import default_table
from pages.shared.download import download
from tradeoffs.lessons.lesson import Lesson

MOST_WORDS = 1000  # characters of an answer


def ending(entry: Lesson) -> None:
    """Draw the summary of a lesson."""
    st.text_area(
        "In your own words: what did you see?",
        key=f"seen {entry.name}",
        max_chars=MOST_WORDS,
        placeholder="Kept in this tab only",
    )
    _conclusion(entry)
    rows = guesses.summary(entry)
    if rows:
        st.markdown("**Your guesses**")
        st.table(pd.DataFrame(rows))
        download(pd.DataFrame(rows), f"{entry.name}_guesses.csv", "Download your guesses")
    _decision(entry)
    for title, texts in (("Try this", entry.try_this), ("To discuss", entry.discuss)):
        st.markdown(f"**{title}**\n" + "\n".join(f"- {text}" for text in texts))
    st.markdown(f"**What this cannot show.** {entry.limits}")
    st.markdown("**Sources**\n" + "\n".join(f"- [{one.title}]({one.url})" for one in entry.sources))


def _conclusion(entry: Lesson) -> None:
    """Tell what every step found, computed from its answer as it opens."""
    st.markdown("**What the models said**")
    lines = []
    for place, step in enumerate(entry.steps):
        table = default_table(entry, place)
        if table is None or not len(table):
            lines.append(f"- {step.title}: not computed yet.")
            continue
        setting = entry.setting(place)
        told = " ".join(claim.told(claim.of(table, setting)) for claim in step.claims)
        lines.append(f"- *{step.title}.* {told}")
    st.markdown("\n".join(lines))


def _decision(entry: Lesson) -> None:
    st.markdown("**What would you do?**")
    st.radio(
        "Your decision",
        entry.answers,
        index=None,
        key=f"decision {entry.name}",
        label_visibility="collapsed",
    )
    st.text_input("Your reason", key=f"decision why {entry.name}", max_chars=MOST_WORDS)
