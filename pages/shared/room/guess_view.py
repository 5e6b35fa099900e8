"""Guesses of a class: the question, then all guesses in the lesson's figure of the answer."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from pages.shared.lesson import guesses
from pages.shared.lesson.reveal import reveal
from pages.shared.lesson.route import Route
from pages.shared.room.hosted_room import HostedRoom, View
from tradeoffs.language.translation import say
from tradeoffs.lessons.catalogue import LESSONS
from tradeoffs.lessons.lesson import Lesson, StepState
from tradeoffs.lessons.prediction import Prediction
from tradeoffs.messages.message import Message
from tradeoffs.messages.wording import WORDING
from tradeoffs.rooms.guess_figure import with_guesses
from tradeoffs.rooms.guess_sentences import sentences
from tradeoffs.rooms.local_privacy import chances
from tradeoffs.rooms.tally import Tally

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassGuess:
    """What a class guessed at a step, and the first time where it guessed again."""

    asked: Prediction
    setting: StepState
    tally: Tally
    before: Tally | None

    def figure(self, figure: "go.Figure", table: "pd.DataFrame") -> "go.Figure":
        """Return the figure of the answer with all guesses."""
        return with_guesses(figure, self.asked, self.tally, table, self.setting, self.before)

    def tell(self, table: "pd.DataFrame") -> None:
        """Say how the guesses compare with the answer."""
        told = sentences(self.asked, self.tally, table, self.setting, self.before)
        st.info(" ".join(map(WORDING.sentence, told)), icon=":material/groups:")


def _step(hosted: HostedRoom) -> tuple[Lesson, int, Prediction]:
    """Return the lesson and step that the room is at, and what it asks."""
    source = hosted.round.source
    entry, step = LESSONS[source["lesson"]], int(source["step"])
    asked = entry.steps[step].prediction
    assert asked is not None
    return entry, step, asked


def _ask(hosted: HostedRoom) -> None:
    """Draw what the class guesses about; nothing of what it guessed."""
    entry, step, asked = _step(hosted)
    if hosted.room.place == 0:
        st.markdown(f"*{entry.role}* {entry.question}")
    st.markdown(entry.steps[step].text)
    guesses.question(asked)
    guesses.offer(asked, f"room {entry.name} {step}")
    if epsilon := hosted.room.epsilon_of(hosted.round):
        choices = hosted.round.asks["choices"]
        keep, other = chances(epsilon, len(choices))
        told = Message("guess_randomised", epsilon=epsilon, keep=keep, other=other)
        st.caption(WORDING.sentence(told))
    if entry.synthetic:
        st.caption(say("Made up: {what}", what=entry.synthetic))


def _tell(hosted: HostedRoom) -> None:
    """Draw the guesses in the lesson's figure, beside what the models say."""
    entry, step, asked = _step(hosted)
    again = hosted.room.attempt > 1
    beside = ClassGuess(
        asked=asked,
        setting=entry.setting(step),
        tally=Tally.of(hosted.results()),
        before=Tally.of(hosted.results(1)) if again else None,
    )
    here = Route(step=step, moved={}, controls="hidden", presenter=True)
    reveal(entry, here, beside)
    if hosted.room.place + 1 == len(hosted.room.rounds):
        end = {"lesson": entry.name, "step": str(len(entry.steps) + 1), "view": "presenter"}
        label = say("To the end of the lesson: what you saw, and what you would do")
        st.page_link("pages/lesson.py", label=label, query_params=end)


VIEW = View(_ask, _tell)
