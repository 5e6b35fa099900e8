"""The store: results and weights kept under content hashes, so that nothing goes stale.

They are in a file, or on a database server that several page processes share.

The keys hold the recipe's version and the table's hash: a row that no longer fits is never asked
for.  A second file, shipped with the project, is read and never written.
"""

import functools
import threading
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Self, TypeVar

from tradeoffs import paths, settings
from tradeoffs.data.table_handle import is_own
from tradeoffs.experiments.plan import Plan
from tradeoffs.jobs.database import WAIT_SECONDS, Database, is_damaged, move_aside
from tradeoffs.jobs.record import (
    inflate,
    is_complete,
    pack,
    pack_schema,
    unpack,
    unpack_schema,
    verify_checksum,
    with_checksum,
)
from tradeoffs.jobs.storage import FAILURES, FORMER, USED, Contents, ForeignStore, Row, Storage
from tradeoffs.legacy import read_measurement
from tradeoffs.measurement import Measurement, Schema
from tradeoffs.results import Outcome
from tradeoffs.settings import DatabaseUrl

MOST_BYTES_IN_MEMORY = 30_000_000  # where there is no file to write
MOST_RENEWED = 500  # rows of schema 1 that are written anew at a time
WHOLE = ("rows", "decisions")  # tables that hold a measurement
RETRY_SECONDS = 5.0  # between two attempts at a file that could not be written

T = TypeVar("T")


class Store:
    """Results and weights by key; used from several threads, opened when first needed.

    Nothing that is wrong with a file or a server raises.  A damaged store is moved aside and a new
    one begun, a damaged row is removed, and a file that is no store, or one of a newer version, is
    left as it is.  Where nothing can be written, memory takes the place of the file or the server
    until it can; `notice` says so, for the screen.

    Args:
        path: the file to keep results in, made if absent, with its folder; or the address of a
                database of a PostgreSQL server.
        shipped: a second file, only read; may be absent.
        most_bytes: size above which the rows that were not used for longest are dropped, weights
                first.
    """

    def __init__(
        self,
        path: Path | DatabaseUrl,
        shipped: Path | None = paths.SHIPPED_STORE,
        *,
        most_bytes: int = 1_000_000 * settings.STORE_MB.default(),
    ) -> None:
        """Remember where the files are; nothing is opened yet."""
        self.path = path
        self._shipped = shipped
        self._most_bytes = most_bytes
        self._lock = threading.RLock()
        self._own: Storage | None = None  # None: not open
        self._others: list[Storage] = []  # only read, after our own
        self._schemas: dict[str, Schema] = {}  # those that were read, by name
        self._former: set[str] = set()  # keys that were read in the form of schema 1
        self._incomplete: set[str] = set()  # keys whose measurement lacks a column of today
        self._used: defaultdict[str, set[str]] = defaultdict(set)  # table -> keys that were read
        self._notices: dict[str, None] = {}  # each once, in order
        self._unwritable = ""  # the notice that memory has taken the file's place
        self._retry_at = 0.0

    @classmethod
    def here(cls) -> Self:
        """Return the store of this machine; InvalidInput if a setting of it is wrong."""
        return cls(settings.STORE.read(), most_bytes=1_000_000 * settings.STORE_MB.read())

    @property
    def notice(self) -> str:
        """What a person should know about the files; empty if all is well."""
        return " ".join(list(self._notices))

    def results(self, keys: Iterable[str], *, decisions: bool = True) -> dict[str, Measurement]:
        """Return the measurements of those result keys that are stored.

        One from before a notion or a metric was added does not count: it is replaced when it is
        put again.

        Args:
            keys: of results.
            decisions: whether to read who was decided positive too.
        """
        wanted, complete = set(keys), functools.cache(is_complete)  # each schema is looked at once

        def whole(one: Measurement) -> Measurement | None:
            return one if complete(one.schema) else None

        found = self._read("rows", wanted, lambda place, row: whole(self._unpack(place, row)))
        if decisions:
            bits = self.decisions(found)
            found = {k: replace(one, bits=bits[k]) for k, one in found.items() if k in bits}
        left = wanted - found.keys()
        former = self._read(FORMER, left, lambda place, row: whole(_former(place, row)))
        with self._lock:
            self._former |= former.keys()
        return found | former

    def decisions(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Return the decisions of those result keys that are stored."""
        wanted = set(keys)
        found = self._read("decisions", wanted, lambda _, payload: bytes(verify_checksum(payload)))
        former = self._read(FORMER, wanted - found.keys(), _former)
        return found | {key: one.decisions for key, one in former.items()}

    def weights(self, model_keys: Iterable[str]) -> dict[str, bytes]:
        """Return the float32 weights of those models that are stored."""
        return self._read("weights", set(model_keys), lambda _, payload: inflate(payload))

    def put(self, trained: Iterable[tuple[Plan, Outcome]]) -> None:
        """Store outcomes in one transaction; what is stored already stays as it is.

        Nothing of an own table is stored, whoever asks for it.
        """
        pairs = [(plan, one) for plan, one in trained if not is_own(plan.dataset.name)]
        if not pairs:
            return
        contents = rows_of([(plan.result_key, one.measurement) for plan, one in pairs])
        # Weights hardly compress, but the checksum tells a damaged row from a model.
        contents["weights"] = [(p.model_key, zlib.compress(one.weights, 0)) for p, one in pairs]
        with self._lock:
            own = self._again(self._opened())
            for reopen in (True, False):
                try:
                    return self._insert(own, contents)
                except FAILURES as error:
                    own = self._instead(own, error, reopen=reopen)
            self._insert(own, contents)  # in memory

    def why_unwritable(self) -> str:
        """Try to write, and return why results are not kept; empty if they are."""
        with self._lock:
            own = self._again(self._opened())
            try:
                own.touch(USED[0], ())  # asks for the right to write, and writes nothing
            except FAILURES as error:
                self._instead(own, error, reopen=True)
            return self._unwritable if self._unwritable in self._notices else ""

    def close(self) -> None:
        """Close the files; the next use opens them again."""
        with self._lock:
            self._retry_at = 0.0
            if self._own is not None:
                self._again(self._own, WAIT_SECONDS)
            for database in self._places():
                database.close()
            self._own, self._others = None, []

    def _insert(self, own: Storage, contents: Contents) -> None:
        if again := self._incomplete.intersection(key for key, _ in contents["rows"]):
            own.delete([*WHOLE, FORMER], again)
        own.insert(contents)
        self._incomplete -= again
        if FORMER in own.tables:
            self._renew(own)
        for table in USED:
            own.touch(table, self._used.pop(table, ()))
        own.trim(self._most_bytes if own.path else MOST_BYTES_IN_MEMORY)

    def _renew(self, own: Storage) -> None:
        """Write what was read in the form of schema 1 in that of today."""
        keys = [self._former.pop() for _ in range(min(len(self._former), MOST_RENEWED))]
        found = {key: _former(own, payload) for key, payload in own.fetch(FORMER, keys)}
        own.insert(rows_of(found.items()))
        own.delete([FORMER], found)

    def _unpack(self, place: Storage, row: bytes) -> Measurement:
        return unpack(row, functools.partial(self._schema, place))

    def _schema(self, place: Storage, name: str) -> Schema:
        """Return the schema of a name; ValueError if it is not there or damaged."""
        if name not in self._schemas:
            rows = self._fetch(place, "schemas", {name})
            try:
                found = [unpack_schema(payload) for _, payload in rows]
            except ValueError:
                self._forget(place, "schemas", [name])
                raise
            if [one.name for one in found] != [name]:
                raise ValueError(f"no schema {name}")
            self._schemas[name] = found[0]
        return self._schemas[name]

    def _read(
        self, table: str, wanted: set[str], decode: Callable[[Storage, bytes], T | None]
    ) -> dict[str, T]:
        """Return what is read of those keys; `decode` returns None of what is incomplete."""
        found: dict[str, T] = {}
        incomplete: set[str] = set()
        with self._lock:
            self._opened()
            places = self._places()
        for place in places:
            bad: list[str] = []
            for key, payload in self._fetch(place, table, wanted - found.keys()):
                try:
                    one = decode(place, payload)
                except ValueError:
                    bad.append(key)
                    continue
                if one is None:
                    incomplete.add(key)
                else:
                    found[key] = one
            if bad:
                self._forget(place, table, bad)
        with self._lock:
            self._incomplete |= incomplete
            if table in USED:
                self._used[table] |= found.keys()
        return found

    def _fetch(
        self, place: Storage, table: str, keys: set[str], *, reopen: bool = True
    ) -> list[Row]:
        if not keys:
            return []
        with self._lock:
            if place.lost and self._own is not None and self._own.path == place.path:
                place = self._own  # the connection was made once more
            try:
                return place.fetch(table, keys)
            except FAILURES as error:
                if place is self._own:
                    self._instead(place, error, reopen=reopen)
                    if place.lost and reopen:
                        return self._fetch(place, table, keys, reopen=False)
                elif place in self._others:
                    self._others.remove(place)
                    if not place.lost:  # else it has been said that the server is away
                        self._say(f"{place.name} could not be read ({error}) and is not used.")
                return []

    def _forget(self, place: Storage, table: str, keys: list[str]) -> None:
        """Remove rows that are damaged; a measurement goes as a whole."""
        if place.lost:
            return  # and they may be whole
        self._say(f"Some rows of {place.name} could not be read; they are computed anew.")
        with self._lock:
            if place is self._own:
                try:
                    place.delete(WHOLE if table in WHOLE else [table], keys)
                except FAILURES as error:
                    self._instead(place, error)

    def _places(self) -> list[Storage]:
        return [*([self._own] if self._own else []), *self._others]

    def _opened(self) -> Storage:
        """Return our own database, opened with its companion at the first call."""
        if self._own is None:
            self._own = self._open()
            if self._shipped is not None and self._shipped.exists():
                self._open_to_read(self._shipped)
        return self._own

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
        self._own = self._open() if own.lost and reopen else self._after(error)
        return self._own

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
        self._notices.pop(self._unwritable, None)
        self._own = file
        return file

    def _await_server(self, own: Storage) -> None:
        """Return from memory once the server is back; no reader waits for an attempt."""
        while True:
            time.sleep(RETRY_SECONDS)
            with self._lock:
                if self._own is not own:
                    return
            with suppress(*FAILURES):
                server = self._connected()
                with self._lock:
                    if self._own is own:
                        self._return(own, server, WAIT_SECONDS)
                    else:
                        server.close()

    def _after(self, error: Exception) -> Storage:
        """Begin anew after a failure: in a new file if the old one is damaged, else in memory."""
        if is_damaged(error) and isinstance(self.path, Path):
            try:
                new = move_aside(self.path)
                self._say(
                    f"{self.path.name} could not be read ({error}). "
                    f"It was kept as {new.name} and a new one begun."
                )
                return Database.at(self.path)
            except FAILURES as next_error:
                error = next_error
        reason = (error.strerror if isinstance(error, OSError) else None) or error
        kept = "results are kept for as long as the program runs."
        self._unwritable = f"{self.path.name} cannot be written ({reason}): {kept}"
        if isinstance(error, ForeignStore):
            self._unwritable = f"{self.path.name} is left as it is, as {reason}: {kept}"
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
            self._say(f"{path.name} could not be read ({error}) and is not used.")

    def _say(self, notice: str) -> None:
        self._notices[notice] = None


def rows_of(found: Iterable[tuple[str, Measurement]]) -> dict[str, list[Row]]:
    """Return what is stored of measurements by key: rows by table, each schema once."""
    pairs = list(found)
    schemas = {one.schema.name: one.schema for _, one in pairs}
    bits = [(key, one.bits) for key, one in pairs]
    return {
        "schemas": [(name, pack_schema(schema)) for name, schema in schemas.items()],
        "rows": [(key, pack(one)) for key, one in pairs],
        "decisions": [(key, with_checksum(one)) for key, one in bits if one is not None],
    }


def _former(file: Storage, payload: bytes) -> Measurement:
    """Read a measurement as schema 1 kept it; raise ValueError if it is damaged."""
    del file  # what it is made of stands in the row
    return read_measurement(inflate(payload))
