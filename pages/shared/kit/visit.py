"""Visit: the connection that this session has, and what its visitor is told of it."""

import streamlit as st

from server.visits import HEADER, VISITS, Visit
from tradeoffs.errors import Busy
from tradeoffs.messages.message import Message
from tradeoffs.messages.wording import WORDING


def here() -> Visit | None:
    """Return the connection of this session; None where no border knows it."""
    return VISITS.get(st.context.headers.get(HEADER, ""))


def address() -> str:
    """Return where this session comes from; empty where no border says so."""
    visit = here()
    return visit.address if visit else ""


def no_file() -> Busy | None:
    """Return why this session may bring no table now; None if it may."""
    visit = here()
    return visit.no_file() if visit else None


def pace_notices() -> list[str]:
    """Return what to tell of moves that came too fast, if any did."""
    visit = here()
    return [WORDING.sentence(Message("moves_slowed"))] if visit and visit.slow() else []
