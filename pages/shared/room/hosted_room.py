"""Hosted room: a room that this session holds the key of, and what its host does with it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import streamlit as st

from pages.shared.settings.wording import sentence
from tradeoffs.errors import TradeoffsError
from tradeoffs.rooms.room import Room
from tradeoffs.rooms.rooms import rooms
from tradeoffs.rooms.rounds import Round

REFUSAL = "room refusal"  # in the session: why what was pressed last could not be done


@dataclass(frozen=True, kw_only=True, slots=True)
class HostedRoom:
    """A room with its host's key.

    Attributes:
        code: of the room.
        key: of its host.
        room: as it is now.
    """

    code: str
    key: str
    room: Room

    @property
    def round(self) -> Round:
        """The question that the room is at; an error before the first."""
        found = self.room.round
        assert found is not None
        return found

    @property
    def waiting(self) -> int:
        """How many texts of the question that the room is at wait for approval."""
        texts = rooms().host(self.code, self.key)["awaiting"]
        return sum(one["round"] == self.round.name for one in texts)

    def results(self, attempt: int | None = None) -> dict[str, Any]:
        """Return what the room answered to the question it is at, as far as it may be shown."""
        return rooms().results(self.code, self.room.place, attempt or self.room.attempt)

    def act(self, action: str, **details: Any) -> None:
        """Do what a button says, if the room is still where it was; a callback.

        A refusal is told at the next run.
        """
        try:
            rooms().act(self.code, self.key, action, version=self.room.version, **details)
        except TradeoffsError as refusal:
            st.session_state[REFUSAL] = sentence(refusal)


class View(NamedTuple):
    """How a kind of question looks to the room, before its answers are shown and after."""

    ask: Callable[[HostedRoom], None]
    tell: Callable[[HostedRoom], None]
