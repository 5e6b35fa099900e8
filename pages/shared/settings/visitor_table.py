"""This visitor's own table: who holds it, what it is called, and its end with the session."""

from dataclasses import dataclass

import streamlit as st

from pages.shared.explorer import live
from tradeoffs.data.catalogue import available_datasets
from tradeoffs.data.table_handle import TableHandle, is_own
from tradeoffs.data.upload.import_messages import notes
from tradeoffs.data.upload.own_table import Own
from tradeoffs.jobs.manager import Manager
from tradeoffs.messages.message import Message

NOTES = "own told"  # in the session: notes and warnings about the table


@dataclass(frozen=True, kw_only=True, slots=True)
class Guest:
    """A session that brought a table, and the manager that knows results of it."""

    owner: str
    manager: Manager


def leave(guest: Guest) -> None:
    """Forget a guest's table and everything that came of it."""
    guest.manager.cancel(guest.owner)
    handle = guest.manager.tables.release(guest.owner)
    if handle is not None and handle.closed:
        guest.manager.forget(handle)


@st.cache_resource(scope="session", on_release=leave, show_spinner=False)
def _guest(owner: str) -> Guest:
    """Return this session as a guest; Streamlit releases it when the tab closes."""
    return Guest(owner=owner, manager=live.manager())


def watch() -> None:
    """Let all that this session brings be forgotten when its tab is closed."""
    _guest(live.owner())


def bring(own: Own) -> None:
    """Hold a table for this session, in the place of an older one.

    Raises:
        Busy: too many sessions have one.
    """
    guest = _guest(live.owner())
    before = guest.manager.tables.of(guest.owner)
    guest.manager.tables.hold(guest.owner, own.whole)
    st.session_state[NOTES] = tuple(notes(own.report)), own.report.cautions
    if before is not None and before.closed:
        guest.manager.forget(before)


def discard() -> None:
    """Forget this session's table now."""
    leave(_guest(live.owner()))
    st.session_state.pop(NOTES, None)


def own_name() -> TableHandle | None:
    """Return the handle of this session's table, which is its name, if it brought one."""
    return live.manager().tables.of(live.owner())


def named(name: str) -> str:
    """Return the handle of this session's table if that is its name; else the name as it is."""
    own = own_name()
    return own if own is not None and own == name else name


def import_notes() -> tuple[tuple[Message, ...], tuple[Message, ...]]:
    """Return notes and warnings about this session's table."""
    return st.session_state.get(NOTES, ((), ()))


def cautions(name: str) -> tuple[Message, ...]:
    """Return what epsilon does not cover in a table; nothing in a bundled one."""
    return import_notes()[1] if is_own(name) else ()


def tables() -> tuple[str, ...]:
    """Return the names of the tables this session may choose: those on offer, and its own."""
    own = own_name()
    return (*(entry.name for entry in available_datasets()), *([own] if own else []))
