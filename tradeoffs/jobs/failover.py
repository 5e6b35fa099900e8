"""Failover: where results are kept, memory in its place while that fails, and files to read.

Nothing that is wrong with a file or a server raises.  A damaged store is moved aside and a new one
begun, and a file that is no store, or one of a newer version, is left as it is.
"""

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from tradeoffs.errors import StoreError
from tradeoffs.jobs.database import Database, is_damaged, move_aside
from tradeoffs.jobs.storage import FAILURES, WAIT_SECONDS, ForeignStore, Row, Storage
from tradeoffs.messages.message import Message
from tradeoffs.messages.wording import WORDING
from tradeoffs.settings import DatabaseUrl

RETRY_SECONDS = 5.0  # between two attempts at a file that could not be written


class Failover:
    """The databases of a store; used from several threads, opened when first needed.

    Args:
        path: of the file to write, or the address of a server's database.
        shipped: a second file, only read; may be absent.
    """

    def __init__(self, path: Path | DatabaseUrl, shipped: Path | None) -> None:
        """Remember where they are; nothing is opened yet."""
        self.path, self._shipped = path, shipped
        self.lock = threading.RLock()
        self.own: Storage | None = None  # None: not open
        self._others: list[Storage] = []  # only read, after our own
        self._notices: list[Message] = []  # each once, in order
        self._unwritable: Message | None = None  # the notice that memory has taken its place
        self._retry_at = 0.0

    @property
    def notice(self) -> str:
        """What a person should know about the files; empty if all is well."""
        return " ".join(map(WORDING.write, list(self._notices)))

    @property
    def unwritable(self) -> str:
        """Why memory has taken the place of the file or the server; empty if it has not."""
        why = self._unwritable
        return WORDING.write(why) if why and why in self._notices else ""

    def every(self) -> list[Storage]:
        """Return all that can be read, our own first."""
        with self.lock:
            self._opened()
            return self._open_ones()

    def write(self, action: Callable[[Storage], None]) -> None:
        """Do something to our own database; where that fails, to the one that takes its place."""
        with self.lock:
            own = self._again(self._opened())
            for reopen in (True, False):
                try:
                    return action(own)
                except FAILURES as error:
                    own = self._instead(own, error, reopen=reopen)
            action(own)  # in memory

    def fetch(
        self, place: Storage, table: str, keys: set[str], *, reopen: bool = True
    ) -> list[Row]:
        """Return the rows of those keys in a place; none where it fails."""
        if not keys:
            return []
        with self.lock:
            if place.lost and self.own is not None and self.own.path == place.path:
                place = self.own  # the connection was made once more
            try:
                return place.fetch(table, keys)
            except FAILURES as error:
                if place is self.own:
                    self._instead(place, error, reopen=reopen)
                    if place.lost and reopen:
                        return self.fetch(place, table, keys, reopen=False)
                elif place in self._others:
                    self._others.remove(place)
                    if not place.lost:  # else it has been said that the server is away
                        self._say(Message("store_unread", name=place.name, reason=_reason(error)))
                return []

    def forget(self, place: Storage, tables: Sequence[str], keys: list[str]) -> None:
        """Remove rows that are damaged from some tables of a place."""
        if place.lost:
            return  # and they may be whole
        self._say(Message("store_rows_unread", name=place.name))
        with self.lock:
            if place is self.own:
                try:
                    place.delete(tables, keys)
                except FAILURES as error:
                    self._instead(place, error)

    def close(self) -> None:
        """Close them; the next use opens them again."""
        with self.lock:
            self._retry_at = 0.0
            if self.own is not None:
                self._again(self.own, WAIT_SECONDS)
            for database in self._open_ones():
                database.close()
            self.own, self._others = None, []

    def _open_ones(self) -> list[Storage]:
        return [*([self.own] if self.own else []), *self._others]

    def _opened(self) -> Storage:
        """Return our own database, opened with its companion at the first call."""
        if self.own is None:
            self.own = self._open()
            if self._shipped is not None and self._shipped.exists():
                self._open_to_read(self._shipped)
        return self.own

    def _open(self) -> Storage:
        try:
            return self._connected()
        except FAILURES as error:
            own, path = self._after(error), self.path
            foreign = isinstance(error, ForeignStore)
            if own.path is None and isinstance(path, Path) and path.is_file() and not foreign:
                self._open_to_read(path)
            return own

    def _connected(self, wait: float = WAIT_SECONDS) -> Storage:
        """Open the file or connect to the server; raises FAILURES."""
        if isinstance(self.path, Path):
            return Database.at(self.path, wait)
        from tradeoffs.jobs.postgres import Postgres  # psycopg is there where an address is

        return Postgres.at(self.path, wait)

    def _instead(self, own: Storage, error: Exception, *, reopen: bool = False) -> Storage:
        """Put another database in the place of one that failed, which may still be readable.

        A connection that was lost is made once more first if `reopen`: a server may have been
        restarted since it was last asked.
        """
        if own.lost or is_damaged(error):
            own.close()
        else:
            self._others.insert(0, own)
        self.own = self._open() if own.lost and reopen else self._after(error)
        return self.own

    def _again(self, own: Storage, wait: float = 0.0) -> Storage:
        """Return to what memory stands for, if it can be written within `wait` seconds."""
        if own.path is not None or time.monotonic() < self._retry_at:
            return own
        self._retry_at = time.monotonic() + RETRY_SECONDS
        try:
            return self._return(own, self._connected(wait), wait)
        except FAILURES:
            return own

    def _return(self, own: Storage, file: Storage, wait: float) -> Storage:
        """Write to a file or server what memory held for it, and go on with that one."""
        try:
            file.insert(own.contents(), wait)
        except FAILURES:
            file.close()
            raise
        for old in [one for one in self._others if one.path == self.path]:
            self._others.remove(old)
            old.close()
        own.close()
        if self._unwritable in self._notices:
            self._notices.remove(self._unwritable)
        self.own = file
        return file

    def _await_server(self, own: Storage) -> None:
        """Return from memory once the server is back; no reader waits for an attempt."""
        while True:
            time.sleep(RETRY_SECONDS)
            with self.lock:
                if self.own is not own:
                    return
            with suppress(*FAILURES):
                server = self._connected()
                with self.lock:
                    if self.own is own:
                        self._return(own, server, WAIT_SECONDS)
                    else:
                        server.close()

    def _after(self, error: Exception) -> Storage:
        """Begin anew after a failure: in a new file if the old one is damaged, else in memory."""
        if is_damaged(error) and isinstance(self.path, Path):
            try:
                new = move_aside(self.path)
                why = _reason(error)
                self._say(
                    Message("store_begun_anew", name=self.path.name, reason=why, kept=new.name)
                )
                return Database.at(self.path)
            except FAILURES as next_error:
                error = next_error
        why = (isinstance(error, OSError) and error.strerror) or _reason(error)
        if isinstance(error, ForeignStore):
            self._unwritable = Message("store_foreign", name=self.path.name, reason=why)
        else:
            self._unwritable = Message("store_unwritable", name=self.path.name, reason=why)
        self._say(self._unwritable)
        memory = Database.in_memory()
        if isinstance(self.path, Path):
            self._retry_at = time.monotonic() + RETRY_SECONDS
        else:
            self._retry_at = float("inf")  # at the end, too, but not while somebody waits
            threading.Thread(target=self._await_server, args=(memory,), daemon=True).start()
        return memory

    def _open_to_read(self, path: Path) -> None:
        try:
            self._others.append(Database.reading(path))
        except FAILURES as error:
            self._say(Message("store_unread", name=path.name, reason=_reason(error)))

    def _say(self, notice: Message) -> None:
        if notice not in self._notices:
            self._notices.append(notice)


def _reason(error: Exception) -> Message | str:
    """Return what an error says, to be told in the language of whoever looks."""
    return Message.of(error) if isinstance(error, StoreError) else str(error)
