"""Opening a room: from a lesson or a front; its host's page follows."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import streamlit as st

from pages.shared.explorer.screen import End
from pages.shared.kit.channel import follow
from pages.shared.room.host_key import known_keys
from pages.shared.settings.wording import sentence
from tradeoffs import settings
from tradeoffs.errors import InvalidInput, TradeoffsError, require
from tradeoffs.jobs.job import Job
from tradeoffs.language.current import language
from tradeoffs.language.translation import say
from tradeoffs.lessons.lesson import Lesson
from tradeoffs.lessons.prediction import OneOf
from tradeoffs.report.alternatives import alternatives
from tradeoffs.resources.purse import Purse
from tradeoffs.rooms.options import options_of
from tradeoffs.rooms.rooms import rooms
from tradeoffs.rooms.rounds import Round, class_rounds, epsilon_round, workshop_rounds
from tradeoffs.scenario import Scenario

PAGE = "pages/room.py"
MOST_HOSTED = 10  # rooms that a session may have open at once
VOTES = "room votes"  # key of whether a class votes on a privacy budget first
TABLES = "room tables"  # key of the names of tables
_NEW = "room new"  # in the session: code of the room to go to, or why there is none


def open_room(rounds: tuple[Round, ...], **options: Any) -> None:
    """Open a room; `enter` goes there at the run that follows. A callback.

    Args:
        rounds: what it is asked.
        options: of `Rooms.open`.
    """
    _open(lambda: (rounds, options))


def open_front(job: Job, here: Scenario, who: Purse | None, tables: str) -> None:
    """Open a room in which people decide on a front; `enter` goes there. A callback.

    Args:
        job: whose results the room chooses from.
        here: the setting of the sliders.
        who: pays; None is somebody at usual prices.
        tables: key in the session of the names of tables, a line each.
    """

    def prepare() -> tuple[tuple[Round, ...], dict[str, Any]]:
        among = alternatives(job, here, who)
        require(among is not None, "room_without_baseline")
        assert among is not None
        found = options_of(among)
        names = [one.strip() for one in st.session_state[tables].splitlines()]
        return workshop_rounds(found), {
            "options": found,
            "tables": tuple(filter(None, names)),
        }

    _open(prepare)


def _open(prepare: Callable[[], tuple[tuple[Round, ...], dict[str, Any]]]) -> None:
    try:
        require(_hosted() < MOST_HOSTED, "room_session_full", most=MOST_HOSTED)
        rounds, options = prepare()
        code, key = rooms().open(rounds, language=language(), **options)
    except TradeoffsError as refusal:
        st.session_state[_NEW] = "", sentence(refusal)
        return
    known_keys()[code] = key
    st.session_state[_NEW] = code, ""


def _hosted() -> int:
    """Return how many rooms that this session opened are still there."""
    found = 0
    for code in known_keys():
        with suppress(InvalidInput):
            found += rooms().version(code) >= 0
    return found


def enter() -> None:
    """Go to the room that was opened just now, or say why there is none; call it when drawing."""
    code, why = st.session_state.pop(_NEW, ("", ""))
    if why:
        st.warning(why)
    if code:
        st.switch_page(PAGE, query_params={"code": code})


def lesson_button(entry: Lesson) -> None:
    """Offer to open a room in which a class guesses together, where rooms are on."""
    if settings.ROOMS.read() == "off" or not any(step.prediction for step in entry.steps):
        return
    st.caption(
        say(
            "In a room, everybody guesses on a phone, without an account or a name; all guesses "
            "are then shown in the lesson's figure, beside what the models say."
        )
    )
    if any(isinstance(step.prediction, OneOf) for step in entry.steps):
        st.checkbox(
            say("First, the room votes on a privacy budget for its guesses"),
            key=VOTES,
            help=say(
                "Each phone then replaces some choices at random before it sends them, and the "
                "counts are estimated, with their interval."
            ),
        )
    st.button(
        say("Open a room for this lesson"),
        key="open-room",
        icon=":material/groups:",
        on_click=_open_lesson,
        args=(entry,),
    )
    enter()


def _open_lesson(entry: Lesson) -> None:
    first = (epsilon_round(),) if st.session_state.get(VOTES) else ()
    open_room((*first, *class_rounds(entry)))


@st.fragment
def front_button(job: Job, here: Scenario, who: Purse | None = None) -> None:
    """Offer to open a room in which people decide on a front, where rooms are on.

    Args:
        job: whose results the room would choose from.
        here: the setting of the sliders.
        who: pays; None is somebody at usual prices.
    """
    if settings.ROOMS.read() == "off":
        return
    if job.active:
        follow("front", End(job))
    with st.expander(say("Decide together"), key="decide-together"):  # a key: it stays open, then
        st.markdown(
            say(
                "In a room, five people or more say on a phone what matters to them, draw red "
                "lines and vote; three rules then pick a setting, side by side. It takes 50 "
                "minutes. The room is given what was measured of each setting, and no row of data."
            )
        )
        st.text_area(
            say("Tables in the room, one a line"),
            key=TABLES,
            placeholder=say("clinic\npatients"),
            help=say(
                "Leave it empty where people sit as they like. Who sits at a table of 5 or more "
                "sees what that table says beside what all say."
            ),
            max_chars=400,
        )
        if job.active:
            st.caption(say("A room can be opened once all models are trained."))
        st.button(
            say("Open a room on this front"),
            key="open-front",
            icon=":material/groups:",
            disabled=job.active,
            on_click=open_front,
            args=(job, here, who, TABLES),
        )
        enter()
