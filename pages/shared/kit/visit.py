"""Visit: the connection that this session has, and what its visitor is told of it."""

import streamlit as st

from server.visits import HEADER, VISITS
from tradeoffs.errors import Busy
from tradeoffs.messages.message import Message
from tradeoffs.messages.wording import WORDING


def address() -> str:
    """Return where this session comes from; empty where no border says so."""
    visit = VISITS.get(st.context.headers.get(HEADER, ""))
    return visit.address if visit else ""


def no_file() -> Busy | None:
    """Return why this session may bring no table now; None if it may."""
    visit = VISITS.get(st.context.headers.get(HEADER, ""))
    return visit.no_file() if visit else None


def is_slowed() -> bool:
    """Return whether this tab moved controls faster than it may, lately."""
    visit = VISITS.get(st.context.headers.get(HEADER, ""))
    return visit is not None and visit.slow()


def pace_notices() -> list[str]:
    """Return what to tell of moves that came too fast, if any did."""
    return [WORDING.sentence(Message("moves_slowed"))] if is_slowed() else []
