"""Storage: what the store asks of a database, whichever engine keeps it.

An engine keeps rows of a key and a payload in four tables. SQLite is in `database`, PostgreSQL in
`postgres`.
"""

import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from tradeoffs.errors import StoreError
from tradeoffs.settings import DatabaseUrl

SCHEMA = 2  # raise it when the tables change, and have each engine bring older ones up to it
TABLES = ("schemas", "rows", "decisions", "weights")
FORMER = "results"  # what files of schema 1 have in the place of the first three
USED = ("weights", "rows")  # tables that tell when a row was last used, the first gives way first
SLICE = 16  # one part in so many is dropped at a time
HOUR = 3600  # seconds; when a row was last used is told in hours
STALE = 24  # of them, after which that is told anew: reading need not write each time
WAIT_SECONDS = 5.0  # for another process that is writing, to open a store
WRITE_SECONDS = 0.5  # for it to write results: threads that want to read wait too

Row = tuple[str, bytes]  # key, payload
Contents = Mapping[str, Sequence[Row]]  # table -> rows


class ForeignStore(StoreError):
    """A database that is not a store of this version: it is left as it is."""


class ServerError(StoreError):
    """A database server does not do what it is asked; never names its address or password."""


FAILURES = (StoreError, sqlite3.Error, OSError)  # of any engine


def hours() -> int:
    """Return the time now, in hours."""
    return int(time.time()) // HOUR


class Storage(Protocol):
    """An open database; one thread at a time may use it, and each method may raise FAILURES."""

    @property
    def path(self) -> Path | DatabaseUrl | None:
        """Where it is; None in memory."""
        ...

    @property
    def name(self) -> str:
        """Its name, for people."""
        ...

    @property
    def tables(self) -> frozenset[str]:
        """The tables that are there: TABLES, and FORMER in a file that was of schema 1."""
        ...

    @property
    def lost(self) -> bool:
        """Whether it has to be opened anew before it can be read again."""
        ...

    @property
    def used(self) -> int:
        """Bytes in use."""
        ...

    def fetch(self, table: str, keys: Iterable[str]) -> list[Row]:
        """Return the rows of those keys that are there, in no order; none without the table."""
        ...

    def insert(self, contents: Contents, wait: float = WRITE_SECONDS) -> None:
        """Add rows in one transaction; a key that is there keeps its payload."""
        ...

    def contents(self) -> Contents:
        """Return all rows of all tables."""
        ...

    def delete(self, tables: Sequence[str], keys: Iterable[str]) -> None:
        """Remove the rows of those keys."""
        ...

    def touch(self, table: str, keys: Iterable[str]) -> None:
        """Note that those rows are in use, where that was noted long ago."""
        ...

    def trim(self, most_bytes: int) -> None:
        """Drop the rows not used for the longest time until what is used is at most that much."""
        ...

    def close(self) -> None:
        """Close it."""
        ...
