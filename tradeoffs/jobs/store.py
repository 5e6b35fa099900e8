"""The store: results and weights kept under content hashes, so that nothing goes stale.

They are in a file, or on a database server that several page processes share.

The keys hold the recipe's version and the table's hash: a row that no longer fits is never asked
for.  A second file, shipped with the project, is read and never written.
"""

import functools
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Self, TypeVar

from tradeoffs import paths, settings
from tradeoffs.data.table_handle import is_own
from tradeoffs.experiments.plan import Plan
from tradeoffs.jobs.failover import Failover
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
from tradeoffs.jobs.storage import FORMER, USED, Contents, Row, Storage
from tradeoffs.legacy import read_measurement
from tradeoffs.measurement import Measurement, Schema
from tradeoffs.results import Outcome
from tradeoffs.settings import DatabaseUrl

MOST_BYTES_IN_MEMORY = 30_000_000  # where there is no file to write
MOST_RENEWED = 500  # rows of schema 1 that are written anew at a time
WHOLE = ("rows", "decisions")  # tables that hold a measurement

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
        self.path, self._most_bytes = path, most_bytes
        self._failover = Failover(path, shipped)
        self._lock = self._failover.lock  # guards the following
        self._schemas: dict[str, Schema] = {}  # those that were read, by name
        self._former: set[str] = set()  # keys that were read in the form of schema 1
        self._incomplete: set[str] = set()  # keys whose measurement lacks a column of today
        self._used: defaultdict[str, set[str]] = defaultdict(set)  # table -> keys that were read

    @classmethod
    def here(cls) -> Self:
        """Return the store of this machine; InvalidInput if a setting of it is wrong."""
        return cls(settings.STORE.read(), most_bytes=1_000_000 * settings.STORE_MB.read())

    @property
    def notice(self) -> str:
        """What a person should know about the files; empty if all is well."""
        return self._failover.notice

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
        self._failover.write(lambda own: self._insert(own, contents))

    def why_unwritable(self) -> str:
        """Try to write, and return why results are not kept; empty if they are."""
        # An empty update asks for the right to write, and writes nothing.
        self._failover.write(lambda own: own.touch(USED[0], ()))
        return self._failover.unwritable

    def close(self) -> None:
        """Close the files; the next use opens them again."""
        self._failover.close()

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
            rows = self._failover.fetch(place, "schemas", {name})
            try:
                found = [unpack_schema(payload) for _, payload in rows]
            except ValueError:
                self._failover.forget(place, ["schemas"], [name])
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
        for place in self._failover.every():
            bad: list[str] = []
            for key, payload in self._failover.fetch(place, table, wanted - found.keys()):
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
                self._failover.forget(place, WHOLE if table in WHOLE else [table], bad)
        with self._lock:
            self._incomplete |= incomplete
            if table in USED:
                self._used[table] |= found.keys()
        return found


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
