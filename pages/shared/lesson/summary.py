"""The end of a lesson: guesses beside results, a decision, and what to talk about."""

from collections.abc import Callable

import streamlit as st

from pages.shared.kit.download import download
from pages.shared.lesson import guesses
from pages.shared.lesson.choices import answers
from pages.shared.lesson.memory import DECIDED, MOST_WORDS, REASON, SEEN, note_key, notes_of
from pages.shared.lesson.step_answer import default_table
from tradeoffs.language.translation import mark, say, translate
from tradeoffs.lessons.lesson import Lesson
from tradeoffs.report.text import full_stop

# Of a file, which stay English there.
COLUMNS = mark("question"), mark("your guess"), mark("your reason"), mark("the models")


def summary(entry: Lesson) -> None:
    """Draw the summary of a lesson; what is written stays in this browser."""
    import pandas as pd

    seen = _note(entry, SEEN, st.text_area)
    conclusion(entry, shared=False)
    rows = guesses.summary(entry)
    if rows:
        st.markdown(say("**Your guesses**"))
        heads = {one: translate(one) for one in COLUMNS}
        st.table(pd.DataFrame(rows).rename(columns=heads), hide_index=True)
    decided, reason = _decision(entry)
    discussion(entry)
    own = [
        {
            "question": say("What did you see?"),
            "your guess": seen,
            "your reason": "",
            "the models": "",
        },
        {"question": say(DECIDED), "your guess": decided, "your reason": reason, "the models": ""},
    ]
    download(pd.DataFrame([*rows, *own]), f"{entry.name}_mine.csv", say("Download what you said"))


def conclusion(entry: Lesson, *, shared: bool) -> None:
    """Tell the paper's claim, and what every step that was looked at found as it opens.

    Args:
        entry: the lesson.
        shared: whether a class looked at it, in place of one learner.
    """
    st.markdown(
        say(
            "**What the paper says, {sections}:** {claim}",
            sections=entry.sections,
            claim=entry.claim,
        )
    )
    st.markdown(say("**What the models said**"))
    lines = []
    for place, step in enumerate(entry.steps):
        told = _found(entry, place, shared=shared)
        lines.append(f"- *{full_stop(step.title)}* {told}")
    st.markdown("\n".join(lines))


def _found(entry: Lesson, place: int, *, shared: bool) -> str:
    if guesses.open_step(entry, place, shared=shared) is not None:
        return say("Not looked at yet.")
    table = default_table(entry, place)
    if table is None or not len(table):
        return say("Not computed yet.")
    setting = entry.setting(place)
    return " ".join(claim.describe(claim.of(table, setting)) for claim in entry.steps[place].claims)


def discussion(entry: Lesson) -> None:
    """Draw what to try and to talk about, what cannot be shown, and the sources."""
    for title, texts in (
        (say("Try this"), entry.try_this),
        (say("To discuss"), entry.discuss),
    ):
        st.markdown(f"**{title}**\n" + "\n".join(f"- {text}" for text in texts))
    st.markdown(say("**What this cannot show.** {limits}", limits=entry.limits))
    cited = "\n".join(f"- [{one.title}]({one.url})" for one in entry.sources)
    st.markdown(f"**{say('Sources')}**\n{cited}")


def _note(entry: Lesson, label: str, draw: Callable) -> str:
    """Ask for a note: a control forgets it when another page opens."""
    kept, key = notes_of(entry), note_key(entry, label)
    st.session_state.setdefault(key, kept.get(label, ""))
    kept[label] = draw(
        say(label), key=key, max_chars=MOST_WORDS, placeholder=say("Kept in this browser only")
    )
    return kept[label]


def _decision(entry: Lesson) -> tuple[str, str]:
    """Ask for a decision and a reason, and return them."""
    st.markdown(f"**{say(DECIDED)}**")
    kept, key, offered = notes_of(entry), note_key(entry, DECIDED), answers(entry)
    if st.session_state.setdefault(key, kept.get(DECIDED)) not in offered:
        st.session_state[key] = None
    decided = st.radio(
        say("Your decision"),
        [*offered],
        index=None,
        format_func=offered.__getitem__,
        key=key,
        label_visibility="collapsed",
    )
    kept[DECIDED] = decided or ""
    return offered.get(kept[DECIDED], ""), _note(entry, REASON, st.text_input)
