"""A database of results and weights: one SQLite file, or memory."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import quote

from tradeoffs.errors import StoreError

SCHEMA = 1  # raise it when the tables change: an older file is then moved aside
APPLICATION = 0x74726164  # "trad", in the header of every store; those of before have 0
MAGIC = b"SQLite format 3\0"
TABLES = ("weights", "results")  # in the order in which they give way
WAIT_SECONDS = 5.0  # for another process that is writing
LARGEST_LOG = 10_000_000  # bytes that the write-ahead log keeps
SLICE = 16  # one part in so many is dropped at a time
COMPANIONS = ("", "-wal", "-shm")  # the files of one database

Row = tuple[str, bytes]  # key, payload


class ForeignStore(StoreError):
    """A file that is not a store of this version: it is left as it is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Database:
    """An open database; not locked, so that one thread at a time may use it."""

    connection: sqlite3.Connection
    path: Path | None  # None: in memory

    @property
    def name(self) -> str:
        """The name of the file, for people."""
        return self.path.name if self.path else "memory"

    @classmethod
    def at(cls, path: Path, wait: float = WAIT_SECONDS) -> Self:
        """Open a file for reading and writing, or begin it.

        Args:
            path: of the file; its folder is made.
            wait: seconds to wait for another process that is writing.

        Raises:
            ForeignStore: a store of a newer version, another database, or no database at all.
            StoreError: a store without its tables.
            sqlite3.DatabaseError: a damaged store, or a file that cannot be opened or written.
            OSError: the folder cannot be made.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=wait, check_same_thread=False)
        try:
            return cls._checked(connection, path, writable=True)
        except sqlite3.DatabaseError as error:
            if damaged(error) and not _was_store(path):
                raise ForeignStore("it is not a store of results") from error
            raise

    @classmethod
    def reading(cls, path: Path) -> Self:
        """Open a file that nobody changes; raises as `at` does."""
        address = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
        connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        return cls._checked(connection, path, writable=False)

    @classmethod
    def in_memory(cls) -> Self:
        """Begin a database that lasts as long as the process."""
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        return cls._checked(connection, None, writable=True)

    @classmethod
    def _checked(cls, connection: sqlite3.Connection, path: Path | None, *, writable: bool) -> Self:
        found = cls(connection=connection, path=path)
        try:
            if writable:
                _begin(connection)  # in the file itself, so that its header tells whose it is
            _check(connection)
            if writable:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = NORMAL")
                connection.execute(f"PRAGMA journal_size_limit = {LARGEST_LOG}")
        except (sqlite3.Error, StoreError):
            found.close()
            raise
        return found

    def fetch(self, table: str, keys: Iterable[str]) -> list[Row]:
        """Return the rows of those keys that are there, in no order."""
        query = f"SELECT key, payload FROM {table} WHERE key IN (SELECT value FROM json_each(?))"
        return self.connection.execute(query, [json.dumps(list(keys))]).fetchall()

    def insert(self, results: Sequence[Row], weights: Sequence[Row]) -> None:
        """Add rows in one transaction; a key that is there keeps its payload."""
        with self.connection:
            for table, rows in (("results", results), ("weights", weights)):
                self.connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES (?, ?)", rows)

    def rows(self, table: str) -> list[Row]:
        """Return all rows."""
        return self.connection.execute(f"SELECT key, payload FROM {table}").fetchall()

    def delete(self, table: str, keys: Iterable[str]) -> None:
        """Remove the rows of those keys."""
        with self.connection:
            self.connection.executemany(
                f"DELETE FROM {table} WHERE key = ?", [(key,) for key in keys]
            )

    def trim(self, most_bytes: int) -> None:
        """Drop the oldest rows, weights before results, until what is used is at most that much."""
        for table in TABLES:
            while self.used > most_bytes and self._drop_oldest(table):
                pass

    def _drop_oldest(self, table: str) -> bool:
        ends = self.connection.execute(f"SELECT min(rowid), max(rowid) FROM {table}").fetchone()
        if ends[0] is None:
            return False
        last = ends[0] + (ends[1] - ends[0]) // SLICE
        with self.connection:
            self.connection.execute(f"DELETE FROM {table} WHERE rowid <= ?", [last])
        return True

    @property
    def used(self) -> int:
        """Bytes in use; pages that were freed are reused before the file grows."""
        names = ("page_count", "freelist_count", "page_size")
        pages, free, size = (self.connection.execute(f"PRAGMA {n}").fetchone()[0] for n in names)
        return (pages - free) * size

    def close(self) -> None:
        """Close the file; a damaged one may refuse its last clean-up."""
        with suppress(sqlite3.Error):
            self.connection.close()


def _begin(connection: sqlite3.Connection) -> None:
    """Create the tables of an empty database; two processes may try at the same moment."""
    if not _empty(connection):
        return  # and need not wait for whoever is writing
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        if _empty(connection):
            for table in TABLES:
                connection.execute(f"CREATE TABLE {table} (key TEXT PRIMARY KEY, payload BLOB)")
            connection.execute(f"PRAGMA user_version = {SCHEMA}")
            connection.execute(f"PRAGMA application_id = {APPLICATION}")


def _empty(connection: sqlite3.Connection) -> bool:
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    return tables == 0 and _stamp(connection) == (0, 0)


def _stamp(connection: sqlite3.Connection) -> tuple[int, int]:
    """Return application and schema as the header has them."""
    names = ("application_id", "user_version")
    application, version = (connection.execute(f"PRAGMA {n}").fetchone()[0] for n in names)
    return application, version


def _check(connection: sqlite3.Connection) -> None:
    application, version = _stamp(connection)
    if application == APPLICATION and version > SCHEMA:
        raise ForeignStore(f"it was made by a newer version: its schema is {version}, not {SCHEMA}")
    if not _known(application, version):
        raise ForeignStore("it is a database of something else")
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    if absent := {(table,) for table in TABLES} - set(found):
        raise StoreError(f"it lacks {len(absent)} of its tables")


def _known(application: int, version: int) -> bool:
    """Say whether a header is that of a store; before they were stamped, all had version 1."""
    return (application == APPLICATION and 1 <= version <= SCHEMA) or (application, version) == (
        0,
        1,
    )


def damaged(error: Exception) -> bool:
    """Say whether an error means that a store is unusable, rather than out of reach or no store."""
    if isinstance(error, StoreError):
        return not isinstance(error, ForeignStore)
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the low byte is the primary code
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _was_store(path: Path) -> bool:
    """Say by its header whether a file that cannot be read was a store."""
    with path.open("rb") as file:
        header = file.read(72)
    version, application = (int.from_bytes(header[at : at + 4], "big") for at in (60, 68))
    return header.startswith(MAGIC) and _known(application, version)


def move_aside(path: Path) -> Path:
    """Rename a database's files to the first free `<name>.damaged-<n>`; return the new path."""
    n = 1
    while (new := path.with_name(f"{path.name}.damaged-{n}")).exists():
        n += 1
    for ending in COMPANIONS:
        old = path.with_name(path.name + ending)
        if old.exists():
            old.rename(new.with_name(new.name + ending))
    return new
