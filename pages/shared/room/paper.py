"""Paper: answers that were given by a show of hands or on paper, typed in by the host."""

import re
from collections.abc import Mapping

import streamlit as st

from pages.shared.room.hosted_room import REFUSAL, HostedRoom
from pages.shared.room.paper_sheet import has_sheet, paper_sheet
from pages.shared.settings.wording import sentence
from tradeoffs.errors import InvalidInput
from tradeoffs.language.translation import say
from tradeoffs.rooms.rounds import Round

MOST = 500
NUMBER = re.compile(r"[\s;]+|,\s+")  # what stands between two numbers: 12 15 20, or 12, 15, 20


def paper(hosted: HostedRoom) -> None:
    """Offer to type answers on paper while a question takes some, where they can be counted."""
    if hosted.room.round is None or hosted.room.phase not in ("open", "closed"):
        return
    fields = _choices(hosted.round)
    number, sheet = hosted.round.asks.get("form") == "number", has_sheet(hosted.round.kind)
    if not (fields or number or sheet):
        return
    st.markdown(say("**Answers on paper,** counted together with those of the phones"))
    if sheet:
        paper_sheet(hosted)
        return
    place = f"paper {hosted.code} {hosted.room.place} {hosted.room.attempt}"
    if number:
        label = say("Numbers, with spaces between them")
        st.text_input(label, key=place, placeholder="12 15 20", max_chars=4000)
    for name, title in fields.items():
        st.number_input(title, 0, MOST, 0, key=f"{place} {name}")
    st.button(say("Take these"), key="paper take", on_click=_take, args=(hosted, place, [*fields]))


def _choices(asked: Round) -> Mapping[str, str]:
    """Return the titles of the answers to choose one from, by name; none where it is no choice."""
    if asked.kind == "choice":
        return {one["name"]: one["title"] for one in asked.asks["choices"]}
    if asked.asks.get("form") == "choice":
        return {name: name for name in asked.asks["choices"]}
    return {}


def _take(hosted: HostedRoom, place: str, names: list[str]) -> None:
    """Take what stands in the fields, in the place of what was typed before; a callback."""
    field = "guess" if hosted.round.kind == "guess" else "choice"
    try:
        if names:
            many = {name: st.session_state[f"{place} {name}"] for name in names}
            told = [{"answer": {field: name}, "many": n} for name, n in many.items() if n]
        else:
            told = [{"answer": {field: n}, "many": 1} for n in numbers(st.session_state[place])]
    except InvalidInput as refusal:
        st.session_state[REFUSAL] = sentence(refusal)
        return
    hosted.act("typed", answers=told)


def numbers(text: str) -> list[float]:
    """Return the numbers in a text, between spaces, semicolons, or commas with a space.

    >>> numbers("12 15,5; 20.5, 7")
    [12.0, 15.5, 20.5, 7.0]

    Raises:
        InvalidInput: something there is no number.
    """
    found: list[float] = []
    for part in filter(None, NUMBER.split(text)):
        try:
            found.append(float(part.replace(",", ".")))
        except ValueError:
            raise InvalidInput("room_paper_number", value=part) from None
    return found
