"""Own tables held by this process: in memory, by owner, and gone when the owner leaves."""

import threading
from collections.abc import Hashable
from typing import TYPE_CHECKING

from tradeoffs.data.table_cache import forget_derived
from tradeoffs.errors import Busy, InvalidInput

if TYPE_CHECKING:
    from tradeoffs.data.encoded import Encoded

PREFIX = "own-"
MOST_HELD = 50  # tables in one process, of at most some 20 MB

_lock = threading.Lock()
_held: dict[Hashable, "Encoded"] = {}  # owner -> their table


def is_own(name: str) -> bool:
    """Return whether this is the name of an own table, here or gone."""
    return name.startswith(PREFIX)


def hold(owner: Hashable, whole: "Encoded") -> None:
    """Keep a table for an owner, in the place of the one they had.

    Raises:
        Busy: too many other owners have one.
    """
    with _lock:
        others = len(_held.keys() - {owner})
        if others >= MOST_HELD:
            raise Busy(
                f"{others} own tables are in this machine's memory, which takes no more than "
                f"{MOST_HELD}; try again later"
            )
        for array in whole.arrays().values():
            array.setflags(write=False)
        before = _held.get(owner)
        _held[owner] = whole
    if before is not None and not is_held(before.book.name):
        forget_derived()


def release(owner: Hashable) -> str | None:
    """Take an owner's table from them; return its name if nobody else holds it: it is gone then."""
    with _lock:
        whole = _held.pop(owner, None)
    if whole is None or is_held(whole.book.name):
        return None
    forget_derived()
    return whole.book.name


def of(owner: Hashable) -> "Encoded | None":
    """Return an owner's table, if they have one."""
    with _lock:
        return _held.get(owner)


def is_held(name: str) -> bool:
    """Return whether an own table of this name is here."""
    with _lock:
        return any(whole.book.name == name for whole in _held.values())


def find(name: str) -> "Encoded":
    """Return a table by name; InvalidInput says that own tables are gone with their session."""
    with _lock:
        for whole in _held.values():
            if whole.book.name == name:
                return whole
    raise InvalidInput(
        f"dataset={name!r} is not here: an own table is kept in memory for the one who brought "
        "it and is gone when they leave; import the file again"
    )
