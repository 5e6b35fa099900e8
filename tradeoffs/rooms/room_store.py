"""Store of rooms: one SQLite file, or memory, from which what is deleted is gone."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tradeoffs.errors import StoreError

WAIT_SECONDS = 10.0  # for another process that writes
SCHEMA = """
CREATE TABLE IF NOT EXISTS room (
    code TEXT PRIMARY KEY, key_hash BLOB NOT NULL, salt BLOB NOT NULL, version INTEGER NOT NULL,
    ends REAL NOT NULL, state TEXT NOT NULL, options TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS seat (
    code TEXT, token_hash BLOB, place TEXT NOT NULL, PRIMARY KEY (code, token_hash)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS answer (
    code TEXT, round TEXT, attempt INTEGER, token_hash BLOB, said TEXT NOT NULL,
    PRIMARY KEY (code, round, attempt, token_hash)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS paper (
    code TEXT, round TEXT, attempt INTEGER, said TEXT, many INTEGER NOT NULL,
    PRIMARY KEY (code, round, attempt, said)
) WITHOUT ROWID;
"""
# NORMAL: an answer outlives its process, if not a power failure in the same moment.
PRAGMAS = ("secure_delete=ON", "temp_store=MEMORY", "journal_mode=WAL", "synchronous=NORMAL")
TABLES = ("room", "seat", "answer", "paper")


@dataclass(frozen=True, kw_only=True, slots=True)
class RoomRow:
    """A room as it is kept.

    Attributes:
        key_hash: of the host's key.
        salt: random bytes that nobody outside knows; they seed what is drawn for the room.
        version: of its state.
        state: the room, as JSON.
    """

    key_hash: bytes
    salt: bytes
    version: int
    state: str


class RoomStore:
    """Rooms, seats and answers; no time of any of them, and no order in which they came.

    Used from several threads; several processes may use one file.  Whatever cannot be read or
    written raises StoreError.

    Args:
        path: of the file, made if absent, with its folder; None keeps all in memory.
    """

    def __init__(self, path: Path | None = None) -> None:
        """Open the file, and make its tables where they are absent."""
        self.path = path
        self._lock = threading.RLock()
        self._depth = 0
        with self._reasons():
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.touch(mode=0o600)  # answers are for nobody else on this machine
            self._db = sqlite3.connect(
                path or ":memory:",
                timeout=WAIT_SECONDS,
                isolation_level=None,
                check_same_thread=False,
            )
            for pragma in PRAGMAS:
                self._db.execute(f"PRAGMA {pragma}")
            self._db.executescript(SCHEMA)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make all that is done within one change, which other processes see whole or not."""
        with self._lock:
            if self._depth == 0:
                self._write("BEGIN IMMEDIATE", ())
            self._depth += 1
            try:
                yield
                if self._depth == 1:
                    self._write("COMMIT", ())
            except BaseException:
                if self._depth == 1 and self._db.in_transaction:
                    self._write("ROLLBACK", ())
                raise
            finally:
                self._depth -= 1

    def add_room(self, code: str, row: RoomRow, ends: float, options: str | None) -> bool:
        """Add a room; False, and nothing changed, if its code is taken."""
        values = (code, row.key_hash, row.salt, row.version, ends, row.state, options)
        found = self._write("INSERT OR IGNORE INTO room VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        return found == 1

    def put_room(self, code: str, state: str, version: int, ends: float) -> None:
        """Replace the state of a room."""
        sql = "UPDATE room SET state = ?, version = ?, ends = ? WHERE code = ?"
        self._write(sql, (state, version, ends, code))

    def room(self, code: str) -> RoomRow | None:
        """Return a room as it is kept; None if there is none of that code."""
        sql = "SELECT key_hash, salt, version, state FROM room WHERE code = ?"
        rows = self._read(sql, (code,))
        if not rows:
            return None
        key_hash, salt, version, state = rows[0]
        return RoomRow(key_hash=key_hash, salt=salt, version=version, state=state)

    def version(self, code: str) -> tuple[int, float] | None:
        """Return version and end of a room, without its state; None if there is no such room."""
        rows = self._read("SELECT version, ends FROM room WHERE code = ?", (code,))
        return rows[0] if rows else None

    def salts(self) -> set[bytes]:
        """Return the salts of all rooms."""
        return {salt for (salt,) in self._read("SELECT salt FROM room", ())}

    def salt(self, code: str) -> bytes:
        """Return the salt of a room; empty if there is none of that code."""
        rows = self._read("SELECT salt FROM room WHERE code = ?", (code,))
        return rows[0][0] if rows else b""

    def rooms(self) -> int:
        """Return how many rooms there are."""
        return self._read("SELECT COUNT(*) FROM room", ())[0][0]

    def options(self, code: str) -> str | None:
        """Return what a room chooses from, as JSON; None where it has none."""
        rows = self._read("SELECT options FROM room WHERE code = ?", (code,))
        return rows[0][0] if rows else None

    def add_seat(self, code: str, token_hash: bytes, table: str) -> None:
        """Add a seat."""
        self._write("INSERT INTO seat VALUES (?, ?, ?)", (code, token_hash, table))

    def seats(self, code: str) -> dict[bytes, str]:
        """Return the table of each seat, by its hash."""
        return dict(self._read("SELECT token_hash, place FROM seat WHERE code = ?", (code,)))

    def seat_count(self, code: str) -> int:
        """Return how many seats a room has."""
        return self._read("SELECT COUNT(*) FROM seat WHERE code = ?", (code,))[0][0]

    def table(self, code: str, token_hash: bytes) -> str | None:
        """Return the table of one seat; None if there is no such seat."""
        sql = "SELECT place FROM seat WHERE code = ? AND token_hash = ?"
        rows = self._read(sql, (code, token_hash))
        return rows[0][0] if rows else None

    def put_answer(self, code: str, name: str, attempt: int, token_hash: bytes, said: str) -> None:
        """Keep the answer of a seat, in the place of an earlier one."""
        values = (code, name, attempt, token_hash, said)
        self._write("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?)", values)

    def answers(self, code: str, name: str, attempt: int) -> dict[bytes, str]:
        """Return the answers in a round, by the hash of the seat."""
        sql = "SELECT token_hash, said FROM answer WHERE code = ? AND round = ? AND attempt = ?"
        return dict(self._read(sql, (code, name, attempt)))

    def answer(self, code: str, name: str, attempt: int, token_hash: bytes) -> str | None:
        """Return the answer of one seat; None if it gave none."""
        sql = (
            "SELECT said FROM answer WHERE code = ? AND round = ? AND attempt = ? "
            "AND token_hash = ?"
        )
        rows = self._read(sql, (code, name, attempt, token_hash))
        return rows[0][0] if rows else None

    def put_paper(self, code: str, name: str, attempt: int, many: dict[str, int]) -> None:
        """Keep how often each answer was given on paper, in the place of what was kept."""
        at = (code, name, attempt)
        with self.transaction():
            self._write("DELETE FROM paper WHERE code = ? AND round = ? AND attempt = ?", at)
            for said, count in many.items():
                self._write("INSERT INTO paper VALUES (?, ?, ?, ?, ?)", (*at, said, count))

    def paper(self, code: str, name: str, attempt: int) -> dict[str, int]:
        """Return how often each answer was given on paper."""
        sql = "SELECT said, many FROM paper WHERE code = ? AND round = ? AND attempt = ?"
        return dict(self._read(sql, (code, name, attempt)))

    def ended(self, now: float) -> list[str]:
        """Return the codes of the rooms that have ended."""
        return [code for (code,) in self._read("SELECT code FROM room WHERE ends <= ?", (now,))]

    def delete(self, code: str) -> None:
        """Delete all of a room."""
        with self.transaction():
            for table in TABLES:
                self._write(f"DELETE FROM {table} WHERE code = ?", (code,))

    def clean(self) -> bool:
        """Write the file anew, without what was deleted; False if another process kept us from it.

        secure_delete overwrites rows, but neither copies in the log nor those that moving cells
        between pages left behind.
        """
        with self._lock, self._reasons():
            try:
                self._db.execute("VACUUM")
                busy, *_ = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            except sqlite3.OperationalError:
                return False
            return not busy

    def change(self) -> int:
        """Return a number that differs once another process has changed the file."""
        return self._read("PRAGMA data_version", ())[0][0]

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def _read(self, sql: str, values: Sequence[object]) -> list[tuple]:
        with self._lock, self._reasons():
            return self._db.execute(sql, values).fetchall()

    def _write(self, sql: str, values: Sequence[object]) -> int:
        with self._lock, self._reasons():
            return self._db.execute(sql, values).rowcount

    @contextmanager
    def _reasons(self) -> Iterator[None]:
        """Tell what is wrong with a file, or its disk, in words."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise StoreError("room_file", file=str(self.path), reason=str(error)) from None
