"""Paper sheets of a workshop: each is one seat's answer, typed in by the host."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import streamlit as st

from pages.shared.room.hosted_room import REFUSAL, HostedRoom
from pages.shared.settings.wording import sentence
from tradeoffs.errors import TradeoffsError
from tradeoffs.language.translation import say
from tradeoffs.rooms.answer import check
from tradeoffs.rooms.options import Options
from tradeoffs.rooms.rooms import rooms
from tradeoffs.rooms.rounds import POINTS, Kind

Answer = Mapping[str, Any]


class Form(NamedTuple):
    """The fields of a sheet, and the answer that they hold."""

    draw: Callable[[HostedRoom, str], None]
    read: Callable[[HostedRoom, str], Answer]


def paper_sheet(hosted: HostedRoom) -> None:
    """Offer to type the answer of one seat, where a question has no counts to type."""
    place = f"sheet {hosted.code} {hosted.room.place} {hosted.room.attempt}"
    counted = rooms().host(hosted.code, hosted.key)["paper"]
    sheets = st.session_state.setdefault(place, [])
    if counted > len(sheets):
        st.caption(
            say(
                "{counted} sheets on paper are counted that this tab does not hold: a new one "
                "takes the place of all of them.",
                counted=counted,
            )
        )
    elif sheets:
        st.caption(say("Sheets on paper that are counted: {count}.", count=len(sheets)))
    _FORMS[hosted.round.kind].draw(hosted, place)
    with st.container(horizontal=True):
        st.button(say("Add this sheet"), key="sheet add", on_click=_add, args=(hosted, place))
        if sheets:
            label = say("Forget all sheets")
            st.button(label, key="sheet forget", on_click=_forget, args=(hosted, place))


def has_sheet(kind: Kind) -> bool:
    """Say whether a kind of question is answered on a sheet, in place of counts."""
    return kind in _FORMS


def _add(hosted: HostedRoom, place: str) -> None:
    """Count one more sheet, as its fields say by now; a callback."""
    answer = _FORMS[hosted.round.kind].read(hosted, place)
    try:
        check(hosted.round, answer)
    except TradeoffsError as refusal:
        st.session_state[REFUSAL] = sentence(refusal)
        return
    st.session_state[place] = [*st.session_state[place], answer]
    _send(hosted, place)


def _forget(hosted: HostedRoom, place: str) -> None:
    st.session_state[place] = []
    _send(hosted, place)


def _send(hosted: HostedRoom, place: str) -> None:
    sheets = st.session_state[place]
    hosted.act("typed", answers=[{"answer": one, "many": 1} for one in sheets])


def _draw_values(hosted: HostedRoom, place: str) -> None:
    objectives = hosted.round.asks["objectives"]
    for one, column in zip(objectives, st.columns(len(objectives)), strict=True):
        column.number_input(one["title"], 0, POINTS, 0, key=f"{place} {one['name']}")


def _read_values(hosted: HostedRoom, place: str) -> Answer:
    return {"points": _numbers(hosted, place), "else": ""}


def _draw_point(hosted: HostedRoom, place: str) -> None:
    options = rooms().options(hosted.code)
    assert isinstance(options, Options)
    words = [one["words"] for one in options.settings]
    st.selectbox(
        say("The point of this sheet"),
        [None, *range(len(words))],
        format_func=lambda row: say("none of these") if row is None else words[row],
        key=f"{place} point",
    )


def _read_point(_: HostedRoom, place: str) -> Answer:
    return {"setting": st.session_state[f"{place} point"]}


def _draw_lines(hosted: HostedRoom, place: str) -> None:
    objectives = hosted.round.asks["objectives"]
    none = say("no line")
    for one, column in zip(objectives, st.columns(len(objectives)), strict=True):
        low, high, step = (float(one[name]) for name in ("low", "high", "step"))
        key = f"{place} {one['name']}"
        column.number_input(one["title"], low, high, None, step, key=key, placeholder=none)


def _read_lines(hosted: HostedRoom, place: str) -> Answer:
    return _numbers(hosted, place)


def _numbers(hosted: HostedRoom, place: str) -> Answer:
    names = [one["name"] for one in hosted.round.asks["objectives"]]
    return {name: st.session_state[f"{place} {name}"] for name in names}


def _draw_vote(hosted: HostedRoom, place: str) -> None:
    titles = {one["name"]: one["title"] for one in hosted.round.asks["candidates"]}
    key = f"{place} vote"
    label = say("Approved on this sheet")
    st.multiselect(label, list(titles), format_func=titles.__getitem__, key=key)


def _read_vote(_: HostedRoom, place: str) -> Answer:
    return {"approve": st.session_state[f"{place} vote"]}


_FORMS: Mapping[Kind, Form] = {
    "values": Form(_draw_values, _read_values),
    "point": Form(_draw_point, _read_point),
    "lines": Form(_draw_lines, _read_lines),
    "vote": Form(_draw_vote, _read_vote),
}
