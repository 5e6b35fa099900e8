"""Bodies: files as they were sent, in this process's memory, by session and under two budgets.

A file is here from the request that brings it until the table made of it is held, the visitor
takes it back, or the tab is closed.
"""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from tradeoffs.data.upload.raw_columns import MEGABYTE
from tradeoffs.errors import Busy, InvalidInput

MOST_OF_SESSION = 24 * MEGABYTE  # bytes: two tables, as one is sent in the place of another
MOST_OF_PROCESS = 120 * MEGABYTE

_lock = threading.Lock()
_kept: dict[str, dict[str, bytes]] = {}  # session -> name of a file -> its content
_reserved: Counter[str] = Counter()  # session -> bytes announced by requests under way


@contextmanager
def reserve(session: str, size: int) -> Iterator[None]:
    """Take part of the budgets for as long as a file of at most so many bytes is on its way.

    Raises:
        InvalidInput: the session has no room for it.
        Busy: this process has none.
    """
    with _lock:
        mine = _size(session)
        everybody = sum(_size(one) for one in _kept.keys() | _reserved.keys())
        if size + mine > MOST_OF_SESSION:
            raise InvalidInput(
                "no_room_for_tab",
                size=size / MEGABYTE,
                taken=mine / MEGABYTE,
                most=MOST_OF_SESSION / MEGABYTE,
            )
        if size + everybody > MOST_OF_PROCESS:
            raise Busy(
                "no_room_on_server",
                size=size / MEGABYTE,
                taken=everybody / MEGABYTE,
                most=MOST_OF_PROCESS / MEGABYTE,
            )
        _reserved[session] += size
    try:
        yield
    finally:
        with _lock:
            _reserved[session] -= size
            if not _reserved[session]:
                del _reserved[session]


def full(size: int) -> Busy | None:
    """Return why no file of so many bytes has room here now; None if it has."""
    try:
        with reserve("", size):
            return None
    except Busy as busy:
        return busy


def keep(session: str, name: str, content: bytes) -> None:
    """Keep a file; its bytes were announced by `reserve`."""
    with _lock:
        _kept.setdefault(session, {})[name] = content


def find(session: str, name: str) -> bytes | None:
    """Return a file; None if it is not here, or not any more."""
    with _lock:
        return _kept.get(session, {}).get(name)


def drop(session: str, name: str | None = None) -> None:
    """Forget a file of a session, or all of them."""
    with _lock:
        files = _kept.get(session, {})
        for one in [name] if name is not None else list(files):
            files.pop(one, None)
        if not files:
            _kept.pop(session, None)


def sessions() -> frozenset[str]:
    """Return the sessions that have files here."""
    with _lock:
        return frozenset(_kept)


def _size(session: str) -> int:
    return sum(map(len, _kept.get(session, {}).values())) + _reserved[session]
