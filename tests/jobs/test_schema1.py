"""A store of schema 1 is read, and what is read of it is written in the form of today."""

import json
import sqlite3
import zlib
from contextlib import closing

import pytest

from tradeoffs.jobs import database, failover
from tradeoffs.jobs.record import inflate
from tradeoffs.jobs.store import Store
from tradeoffs.legacy import read_measurement
from tradeoffs.measurement import Measurement


def as_json(one: Measurement) -> bytes:
    """A measurement as schema 1 had it."""
    parts = {"training": one.training, "select": dict(one.select), "report": dict(one.report)}
    return zlib.compress(json.dumps(parts).encode() + b"\0" + (one.decisions), 1)


def former(path, stored, application=database.APPLICATION):
    """Write a file of schema 1."""
    with closing(sqlite3.connect(path)) as file, file:
        for table in ("weights", "results"):
            file.execute(f"CREATE TABLE {table} (key TEXT PRIMARY KEY, payload BLOB)")
        rows = [(plan.result_key, as_json(one.measurement)) for plan, one in stored]
        file.executemany("INSERT INTO results VALUES (?, ?)", rows)
        rows = [(plan.model_key, zlib.compress(one.weights, 0)) for plan, one in stored]
        file.executemany("INSERT INTO weights VALUES (?, ?)", rows)
        file.execute("PRAGMA user_version = 1")
        file.execute(f"PRAGMA application_id = {application}")


def counted(path, table: str) -> int:
    with closing(sqlite3.connect(path)) as file:
        return file.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


@pytest.fixture
def stored(plain, pairs):
    return pairs(plain(seeds=3))


@pytest.mark.parametrize("application", [database.APPLICATION, 0], ids=["stamped", "before that"])
def test_nothing_of_a_former_store_is_lost(tmp_path, stored, plain, pairs, application):
    path = tmp_path / "store.sqlite"
    former(path, stored, application)
    store = Store(path, None)
    wanted = {plan.result_key: one.measurement for plan, one in stored}
    assert store.results(wanted) == wanted and store.notice == ""
    assert store.decisions(wanted) == {key: one.decisions for key, one in wanted.items()}
    assert len(store.weights(plan.model_key for plan, _ in stored)) == 3
    store.put(pairs(plain(rows=310)))
    store.close()
    assert (counted(path, "results"), counted(path, "rows")) == (0, 4)
    again = Store(path, None)
    assert again.results(wanted) == wanted and again.notice == ""


def test_what_is_not_asked_for_stays_as_it_is_and_gives_way_first(tmp_path, stored, plain, pairs):
    path = tmp_path / "store.sqlite"
    former(path, stored)
    store = Store(path, None, most_bytes=1_000_000)
    store.put(pairs(plain(rows=310)))
    assert counted(path, "results") == 3
    small = Store(path, None, most_bytes=60_000)
    small.put(pairs(plain(rows=320, seeds=100)))
    store.close()
    small.close()
    assert counted(path, "results") == 0 < counted(path, "rows")


def test_a_shipped_file_of_before_is_read_and_left_as_it_is(tmp_path, stored):
    path = tmp_path / "shipped.sqlite"
    former(path, stored)
    before = path.read_bytes()
    store = Store(tmp_path / "own.sqlite", path)
    wanted = {plan.result_key: one.measurement for plan, one in stored}
    assert store.results(wanted) == wanted and store.decisions(wanted)
    store.close()
    assert path.read_bytes() == before and store.notice == ""


def test_a_former_store_that_is_locked_is_read_and_then_written(tmp_path, stored, monkeypatch):
    monkeypatch.setattr(failover, "RETRY_SECONDS", 0.0)
    path = tmp_path / "store.sqlite"
    former(path, stored)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store = Store(path, None)
    wanted = {plan.result_key: one.measurement for plan, one in stored}
    assert store.results(wanted) == wanted and "cannot be written" in store.notice
    other.execute("ROLLBACK")
    other.close()
    store.put(stored)
    store.close()
    assert store.notice == "" and counted(path, "rows") == 3


def with_text(text: bytes) -> bytes:
    return zlib.compress(text + b"\0\0", 1)


ABSURD = {
    "rubbish": b"rubbish",
    "empty": zlib.compress(b""),
    "nested": with_text(b"[" * 100_000),
    "a bomb": zlib.compress(b"0" * 100_000_000),
    "a list": with_text(b"[1]"),
    "other parts": with_text(b'{"training":{},"select":{},"report":{},"more":{}}'),
    "a list for a mapping": with_text(b'{"training":[],"select":{},"report":{}}'),
    "a list for a number": with_text(b'{"training":{"sigma":[1]},"select":{},"report":{}}'),
    "not a number": with_text(b'{"training":{},"select":{"gap":NaN},"report":{}}'),
    "words for a number": with_text(b'{"training":{},"select":{},"report":{"gap":"1"}}'),
    "other people": with_text(
        b'{"training":{},"select":{},"report":{"people[sex=a]":9.0,"people[sex=b]":9.0}}'
    ),
}


@pytest.mark.parametrize("payload", ABSURD.values(), ids=ABSURD)
def test_absurd_content_is_a_damaged_row(tmp_path, stored, payload):
    with pytest.raises(ValueError, match="."):
        read_measurement(inflate(payload))
    path = tmp_path / "store.sqlite"
    former(path, stored)
    plans = [plan for plan, _ in stored]
    with closing(sqlite3.connect(path)) as file, file:
        change = "UPDATE results SET payload = ? WHERE key = ?"
        file.execute(change, (payload, plans[0].result_key))
    store = Store(path, None)
    assert set(store.results(p.result_key for p in plans)) == {p.result_key for p in plans[1:]}
    assert "computed anew" in store.notice
    store.close()
    assert counted(path, "results") == 2
