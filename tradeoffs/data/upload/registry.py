"""Own tables of many owners: in memory, one each, and gone when the owner leaves."""

import threading
from collections.abc import Hashable

from tradeoffs.data.encoded import Encoded
from tradeoffs.data.table_handle import TableHandle
from tradeoffs.errors import Busy

MOST_HELD = 50  # tables at once, of at most some 20 MB


class Registry:
    """Who brought which table; used by any thread. Two who brought the same share its handle."""

    def __init__(self, most: int = MOST_HELD) -> None:
        """Begin with nobody.

        Args:
            most: owners from which a further one is refused.
        """
        self._most = most
        self._lock = threading.Lock()
        self._held: dict[Hashable, TableHandle] = {}

    def __len__(self) -> int:
        """Return how many owners have a table."""
        return len(self._held)

    def of(self, owner: Hashable) -> TableHandle | None:
        """Return the handle of an owner's table, if they have one."""
        with self._lock:
            return self._held.get(owner)

    def hold(self, owner: Hashable, whole: Encoded) -> TableHandle:
        """Keep a table for an owner, in the place of the one they had; return its handle.

        Raises:
            Busy: too many other owners have one.
        """
        with self._lock:
            others = len(self._held.keys() - {owner})
            if others >= self._most:
                raise Busy("own_tables_held", held=others, most=self._most)
            same = [handle for handle in self._held.values() if handle == whole.book.name]
            before = self._held.get(owner)
            handle = self._held[owner] = same[0] if same else TableHandle(whole)
            self._leave(before)
        return handle

    def release(self, owner: Hashable) -> TableHandle | None:
        """Take an owner's table from them; return its handle, which is closed if nobody has it."""
        with self._lock:
            handle = self._held.pop(owner, None)
            self._leave(handle)
        return handle

    def _leave(self, handle: TableHandle | None) -> None:
        if handle is not None and handle not in self._held.values():
            handle.close()
