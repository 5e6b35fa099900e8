"""A database of results and weights on a PostgreSQL server, which several page processes share.

The tables are those of SQLite, in a namespace of their own. No error tells address or password: on
screen it is a sentence, in the log the server's own words without the password.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Self

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from tradeoffs.jobs import storage
from tradeoffs.jobs.storage import (
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
from tradeoffs.settings import DatabaseUrl

NAMESPACE = "tradeoffs"
LOCK = 0x74726164  # "trad": of who makes the tables, or drops rows
ROW_BYTES = 450  # of a row beside its payload: measured, of 8,160 shipped measurements
SHARE = 100  # what is used is counted after each hundredth of what may be used was added
OPTIONS = {  # of a connection: a server that is out of reach is given up after seconds
    "application_name": NAMESPACE,
    "connect_timeout": 3,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 5000,
    "options": f"-c search_path={NAMESPACE} -c statement_timeout=10s -c lock_timeout=5s "
    "-c idle_in_transaction_session_timeout=10s",
}
COLUMNS = "key TEXT PRIMARY KEY, payload BYTEA NOT NULL"
AGE = "used INTEGER NOT NULL, n BIGINT GENERATED ALWAYS AS IDENTITY"
MIGRATIONS: Mapping[int, Sequence[str]] = {  # schema -> statements that lead to it from the last
    2: (  # the first on a server
        f"CREATE TABLE schemas ({COLUMNS})",
        f"CREATE TABLE rows ({COLUMNS}, {AGE})",
        f"CREATE TABLE decisions ({COLUMNS})",
        f"CREATE TABLE weights ({COLUMNS}, {AGE})",
        "CREATE INDEX rows_used ON rows (used, n)",
        "CREATE INDEX weights_used ON weights (used, n)",
    ),
}
log = logging.getLogger(__name__)


@dataclass(kw_only=True, slots=True)
class Postgres:
    """An open connection; not locked, so that one thread at a time may use it."""

    connection: psycopg.Connection
    path: DatabaseUrl
    tables: frozenset[str] = frozenset(TABLES)
    added: float = field(default=float("inf"))  # bytes since what is used was last counted

    @classmethod
    def at(cls, url: DatabaseUrl, wait: float = WAIT_SECONDS) -> Self:
        """Connect, and make the tables or bring them up to date.

        Args:
            url: of the database, which exists.
            wait: seconds to wait for another process that makes the tables.

        Raises:
            ForeignStore: a store of a newer version.
            ServerError: the server is out of reach, refuses, or does not let us make tables.
        """
        with _told(url):
            stated = {**OPTIONS, **conninfo_to_dict(url.text)}
            connection = psycopg.connect(**stated, autocommit=True)
            try:
                _migrate(connection, wait)
            except (psycopg.Error, ForeignStore):
                connection.close()
                raise
        return cls(connection=connection, path=url)

    @property
    def name(self) -> str:
        """The name of the server, for people."""
        return self.path.name

    @property
    def lost(self) -> bool:
        """Whether the connection has ended."""
        return self.connection.closed

    def fetch(self, table: str, keys: Iterable[str]) -> list[Row]:
        """Return the rows of those keys that are there, in no order; none without the table."""
        if table not in self.tables:
            return []
        query = _sql("SELECT key, payload FROM {table} WHERE key = ANY(%s)", table=table)
        with _told(self.path):
            return self._rows(query, [list(keys)])

    def insert(self, contents: Contents, wait: float = WRITE_SECONDS) -> None:
        """Add rows in one transaction; a key that is there keeps its payload.

        Args:
            contents: rows of each table.
            wait: seconds to wait for another process that is writing the same rows.
        """
        with _told(self.path), self.connection.transaction():
            _wait(self.connection, wait)
            for table in TABLES:  # in one order everywhere, so that two do not block each other
                rows = sorted(dict(reversed(contents.get(table, ()))).items())
                if rows:
                    self._insert(table, rows)

    def _insert(self, table: str, rows: Sequence[Row]) -> None:
        more = f", {storage.hours()}" if table in USED else ""
        statement = _sql(
            "INSERT INTO {table} (key, payload{used}) SELECT *{more} "
            "FROM unnest(%s::text[], %b::bytea[]) ON CONFLICT DO NOTHING",
            table=table,
            used=", used" if more else "",
            more=more,
        )
        self.connection.execute(statement, [[key for key, _ in rows], [row for _, row in rows]])
        self.added += sum(len(row) + ROW_BYTES for _, row in rows)

    def contents(self) -> Contents:
        """Return all rows of all tables."""
        query = "SELECT key, payload FROM {table}"
        with _told(self.path):
            return {table: self._rows(_sql(query, table=table)) for table in TABLES}

    def delete(self, tables: Sequence[str], keys: Iterable[str]) -> None:
        """Remove the rows of those keys."""
        wanted = [list(keys)]
        drop = (
            "DELETE FROM {table} WHERE key IN (SELECT key FROM {table} WHERE key = ANY(%s) "
            "ORDER BY key FOR UPDATE)"
        )
        with _told(self.path), self.connection.transaction():
            for table in [one for one in TABLES if one in tables]:
                self.connection.execute(_sql(drop, table=table), wanted)

    def touch(self, table: str, keys: Iterable[str]) -> None:
        """Note that those rows are in use, where that was noted long ago and nobody else does."""
        now = storage.hours()
        statement = _sql(
            "UPDATE {table} SET used = %s WHERE key IN (SELECT key FROM {table} "
            "WHERE used <= %s AND key = ANY(%s) FOR UPDATE SKIP LOCKED)",
            table=table,
        )
        with _told(self.path):
            self.connection.execute(statement, [now, now - STALE, list(keys)])

    def trim(self, most_bytes: int) -> None:
        """Drop rows until what is used is at most that much: weights first, then other rows.

        What is used is counted now and then, as that reads the tables: each process may add a
        hundredth of what may be used before it looks.  One process drops rows at a time.
        """
        if self.added * SHARE < most_bytes:
            return
        with _told(self.path), self.connection.transaction():
            if not self._one("SELECT pg_try_advisory_xact_lock(%s)", [LOCK]):
                return
            for table in USED:
                while self.used > most_bytes and self._drop_oldest(table):
                    pass
        self.added = 0

    def _drop_oldest(self, table: str) -> bool:
        count = self._one(_sql("SELECT count(*) FROM {table}", table=table))
        drop = (
            "DELETE FROM {table} WHERE key IN (SELECT key FROM {table} ORDER BY used, n LIMIT %s "
            "FOR UPDATE SKIP LOCKED) RETURNING key"
        )
        dropped = self._column(_sql(drop, table=table), [-(-count // SLICE)])
        if table == "rows":
            self.connection.execute("DELETE FROM decisions WHERE key = ANY(%s)", [dropped])
        return bool(dropped)

    @property
    def used(self) -> int:
        """Bytes that the rows take; the server frees them on disk when it next cleans up."""
        size = "(SELECT coalesce(sum(pg_column_size(payload) + {each}), 0) FROM {table})"
        sizes = " + ".join(size.format(table=table, each=ROW_BYTES) for table in TABLES)
        with _told(self.path):
            return int(self._one(f"SELECT {sizes}"))

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()

    def _rows(self, query: Any, values: Sequence[Any] = ()) -> list[Row]:
        found = self.connection.execute(query, values, binary=True).fetchall()
        return [(key, bytes(payload)) for key, payload in found]

    def _column(self, query: Any, values: Sequence[Any] = ()) -> list[Any]:
        return [one for (one,) in self.connection.execute(query, values).fetchall()]

    def _one(self, query: Any, values: Sequence[Any] = ()) -> Any:
        return self._column(query, values)[0]


def _sql(text: str, **names: str) -> sql.SQL:
    """Return a statement with names of our own tables in it."""
    return sql.SQL(text.format(**names))  # pyright: ignore[reportArgumentType]


def _wait(connection: psycopg.Connection, seconds: float) -> None:
    """Have this transaction wait no longer than that for what others hold."""
    limit = f"{max(1, round(1000 * seconds))}ms"
    connection.execute("SELECT set_config('lock_timeout', %s, true)", [limit])


def _migrate(connection: psycopg.Connection, wait: float) -> None:
    """Make the tables or bring them up to date; two processes may try at the same moment.

    Raises:
        ForeignStore: they are of a newer version.
    """
    if _version(connection) == SCHEMA:
        return  # and need neither the right to make tables nor the lock
    with connection.transaction():
        _wait(connection, max(wait, 0.5))
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        version = _version(connection)
        if version > SCHEMA:
            raise ForeignStore("store_is_newer", version=version, known=SCHEMA)
        if not version:
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {NAMESPACE}")
            connection.execute("CREATE TABLE version (number INTEGER NOT NULL)")
            connection.execute("INSERT INTO version VALUES (0)")
        for number, statements in MIGRATIONS.items():
            if version < number <= SCHEMA:
                for statement in statements:
                    connection.execute(_sql(statement))
        connection.execute("UPDATE version SET number = %s", [SCHEMA])


def _version(connection: psycopg.Connection) -> int:
    """Return the schema of the tables; 0 where there are none."""
    listed = "SELECT count(*) FROM pg_tables WHERE schemaname = %s AND tablename = 'version'"
    if connection.execute(listed, [NAMESPACE]).fetchone() == (0,):  # not to_regclass, which may lag
        return 0
    found = connection.execute("SELECT number FROM version").fetchone()
    return found[0] if found else 0


@contextmanager
def _told(url: DatabaseUrl) -> Iterator[None]:
    """Tell an error of the server in words of ours; the log has its own, without the password."""
    try:
        yield
    except psycopg.Error as error:
        log.warning("the database server: %s", url.without_password(str(error).strip()))
        raise _sentence(error) from None


def _sentence(error: psycopg.Error) -> ServerError:
    if isinstance(error, psycopg.errors.ReadOnlySqlTransaction):
        return ServerError("server_read_only")
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        return ServerError("server_forbids")
    if isinstance(error, psycopg.errors.DiskFull):
        return ServerError("server_full")
    if isinstance(error, psycopg.OperationalError):
        return ServerError("server_away")
    return ServerError("server_fails", code=error.sqlstate or type(error).__name__)
