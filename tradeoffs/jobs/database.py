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
from tradeoffs.jobs import storage
from tradeoffs.jobs.storage import (
    FORMER,
    SCHEMA,
    SLICE,
    STALE,
    TABLES,
    USED,
    WAIT_SECONDS,
    WRITE_SECONDS,
    Contents,
    ForeignStore,
    Row,
    ServerError,
)

APPLICATION = 0x74726164  # "trad", in the header of every store; those of before have 0
MAGIC = b"SQLite format 3\0"
LARGEST_LOG = 10_000_000  # bytes that the write-ahead log keeps
KEYS = "(SELECT value FROM json_each(?))"
COMPANIONS = ("", "-wal", "-shm")  # the files of one database


@dataclass(frozen=True, kw_only=True, slots=True)
class Database:
    """An open database; not locked, so that one thread at a time may use it."""

    connection: sqlite3.Connection
    path: Path | None  # None: in memory
    tables: frozenset[str]

    @property
    def name(self) -> str:
        """The name of the file, for people."""
        return self.path.name if self.path else "memory"

    @property
    def lost(self) -> bool:
        """Whether it has to be opened anew: never, as a file that cannot be written may be read."""
        return False

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
            if is_damaged(error) and not _was_store(path):
                raise ForeignStore("no_store") from error
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
        try:
            if writable:
                _begin(connection)  # in the file itself, so that its header tells whose it is
            _check(connection)
            if writable:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = NORMAL")
                connection.execute(f"PRAGMA journal_size_limit = {LARGEST_LOG}")
            return cls(connection=connection, path=path, tables=_tables(connection))
        except (sqlite3.Error, StoreError):
            _close(connection)
            raise

    def fetch(self, table: str, keys: Iterable[str]) -> list[Row]:
        """Return the rows of those keys that are there, in no order; none without the table."""
        if table not in self.tables:
            return []
        query = f"SELECT key, payload FROM {table} WHERE key IN {KEYS}"
        return self.connection.execute(query, [json.dumps(list(keys))]).fetchall()

    def insert(self, contents: Contents, wait: float = WRITE_SECONDS) -> None:
        """Add rows in one transaction; a key that is there keeps its payload.

        Args:
            contents: rows of each table.
            wait: seconds to wait for another process that is writing, from now on.
        """
        self.connection.execute(f"PRAGMA busy_timeout = {1000 * wait:.0f}")
        with self.connection:
            for table, rows in contents.items():
                names, values = ("key, payload, used", f"?, ?, {storage.hours()}")
                if table not in USED:
                    names, values = ("key, payload", "?, ?")
                statement = f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({values})"
                self.connection.executemany(statement, rows)

    def contents(self) -> Contents:
        """Return all rows of all tables."""
        query = "SELECT key, payload FROM"
        return {name: self.connection.execute(f"{query} {name}").fetchall() for name in TABLES}

    def delete(self, tables: Sequence[str], keys: Iterable[str]) -> None:
        """Remove the rows of those keys."""
        wanted = [json.dumps(list(keys))]
        with self.connection:
            for table in self.tables.intersection(tables):
                self.connection.execute(f"DELETE FROM {table} WHERE key IN {KEYS}", wanted)

    def touch(self, table: str, keys: Iterable[str]) -> None:
        """Note that those rows are in use, where that was noted long ago."""
        wanted = [storage.hours(), storage.hours() - STALE, json.dumps(list(keys))]
        with self.connection:
            statement = f"UPDATE {table} SET used = ? WHERE used <= ? AND key IN {KEYS}"
            self.connection.execute(statement, wanted)

    def trim(self, most_bytes: int) -> None:
        """Drop rows until what is used is at most that much.

        Weights go first, then rows in the form of schema 1, then the other rows with their
        decisions: each time those that were not used for the longest time.
        """
        for table in (USED[0], FORMER, *USED[1:]):
            while self.used > most_bytes and self._drop_oldest(table):
                pass

    def _drop_oldest(self, table: str) -> bool:
        if table not in self.tables:
            return False
        count = self.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        order = "used, rowid" if table in USED else "rowid"
        oldest = f"(SELECT key FROM {table} ORDER BY {order} LIMIT {-(-count // SLICE)})"
        with self.connection:
            if table == "rows":
                self.connection.execute(f"DELETE FROM decisions WHERE key IN {oldest}")
            self.connection.execute(f"DELETE FROM {table} WHERE key IN {oldest}")
        return count > 0

    @property
    def used(self) -> int:
        """Bytes in use; pages that were freed are reused before the file grows."""
        names = ("page_count", "freelist_count", "page_size")
        pages, free, size = (self.connection.execute(f"PRAGMA {n}").fetchone()[0] for n in names)
        return (pages - free) * size

    def close(self) -> None:
        """Close the file."""
        _close(self.connection)


def _close(connection: sqlite3.Connection) -> None:
    with suppress(sqlite3.Error):  # a damaged file may refuse its last clean-up
        connection.close()


def _begin(connection: sqlite3.Connection) -> None:
    """Create the tables of an empty database, or of one of schema 1 those that it lacks.

    Two processes may try at the same moment.
    """
    if not _to_begin(connection):
        return  # and need not wait for whoever is writing
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        if not _to_begin(connection):
            return
        if not _empty(connection):
            connection.execute("ALTER TABLE weights ADD COLUMN used INTEGER DEFAULT 0")
        for table in TABLES:
            more = ", used INTEGER DEFAULT 0" if table in USED else ""
            columns = f"key TEXT PRIMARY KEY, payload BLOB{more}"
            connection.execute(f"CREATE TABLE IF NOT EXISTS {table} ({columns})")
        for table in USED:
            connection.execute(f"CREATE INDEX {table}_used ON {table} (used)")
        connection.execute(f"PRAGMA user_version = {SCHEMA}")
        connection.execute(f"PRAGMA application_id = {APPLICATION}")


def _to_begin(connection: sqlite3.Connection) -> bool:
    former = _stamp(connection) in ((0, 1), (APPLICATION, 1))
    return _empty(connection) or (former and not _lacking(connection, _tables(connection)))


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
        raise ForeignStore("store_is_newer", version=version, known=SCHEMA)
    if not _known(application, version):
        raise ForeignStore("store_of_something_else")
    if absent := _lacking(connection, _tables(connection)):
        raise StoreError("store_lacks_tables", count=len(absent))


def _tables(connection: sqlite3.Connection) -> frozenset[str]:
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return frozenset(name for (name,) in found)


def _lacking(connection: sqlite3.Connection, tables: frozenset[str]) -> frozenset[str]:
    """Return the tables that a database should have and has not."""
    former = _stamp(connection)[1] == 1
    return frozenset((FORMER, "weights") if former else TABLES) - tables


def _known(application: int, version: int) -> bool:
    """Say whether a header is that of a store; before they were stamped, all had version 1."""
    return (application == APPLICATION and 1 <= version <= SCHEMA) or (application, version) == (
        0,
        1,
    )


def is_damaged(error: Exception) -> bool:
    """Say whether an error means that a store is unusable, rather than out of reach or no store."""
    if isinstance(error, StoreError):
        return not isinstance(error, ForeignStore | ServerError)
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
