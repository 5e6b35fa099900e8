import sqlite3
import threading
import time

import pytest

from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs.database import Database
from tradeoffs.jobs.store import Store


@pytest.fixture
def two(plain):
    return plain(seeds=2)


def keys(scenarios):
    return [resolve(scenario).result_key for scenario in scenarios]


def models(scenarios):
    return [resolve(scenario).model_key for scenario in scenarios]


def change(path, statement, *values):
    """Do something to the file behind the store's back."""
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(statement, values)
    connection.close()


def test_nothing_is_opened_before_it_is_needed(tmp_path):
    Store(tmp_path / "new" / "store.sqlite", None)
    assert not list(tmp_path.iterdir())


def test_shipped_results_are_read_second_and_never_written(tmp_path, two, pairs):
    path = tmp_path / "shipped.sqlite"
    shipped = Store(path, None)
    shipped.put(pairs(two[:1]))
    shipped.close()
    before = path.read_bytes()
    store = Store(tmp_path / "own.sqlite", path)
    assert set(store.results(keys(two))) == {keys(two)[0]}
    assert set(store.weights(models(two))) == {models(two)[0]}
    store.put(pairs(two[1:]))
    assert set(store.results(keys(two))) == set(keys(two))
    assert list(tmp_path.glob("shipped*")) == [path]  # its folder may be read-only
    store.close()
    assert path.read_bytes() == before
    assert set(Store(store.path, None).results(keys(two))) == {keys(two)[1]}


@pytest.mark.parametrize("content", [b"rubbish" * 1000, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_store_is_left_as_it_is(tmp_path, two, pairs, content):
    path = tmp_path / "store.sqlite"
    path.write_bytes(content)
    store = Store(path, None)
    assert store.results(keys(two)) == {}
    store.put(pairs(two))
    assert len(store.results(keys(two))) == 2
    store.close()
    assert path.read_bytes() == content
    assert list(tmp_path.glob("store*")) == [path]
    assert store.notice.startswith("store.sqlite is left as it is, as it is not a store of results")


def test_a_damaged_store_takes_the_first_free_name(store, two, pairs):
    store.put(pairs(two))
    store.close()
    whole = store.path.read_bytes()
    store.path.write_bytes(whole[:100] + b"\xff" * 5000)
    store.path.with_name("store.sqlite.damaged-1").write_text("an earlier one")
    assert store.results(keys(two)) == {}
    moved = store.path.with_name("store.sqlite.damaged-2")
    assert moved.read_bytes() == whole[:100] + b"\xff" * 5000
    assert store.path.with_name("store.sqlite.damaged-1").read_text() == "an earlier one"
    assert moved.name in store.notice
    store.put(pairs(two))
    store.close()
    assert len(Store(store.path, None).results(keys(two))) == 2


def test_a_truncated_file_is_moved_aside(store, two, pairs):
    store.put(pairs(two))
    store.close()
    whole = store.path.read_bytes()
    store.path.write_bytes(whole[: len(whole) // 2])
    assert store.results(keys(two)) == {}
    assert "damaged-1" in store.notice
    store.put(pairs(two))
    assert len(store.results(keys(two))) == 2


def test_damage_that_shows_while_in_use_is_survived(store, plain, pairs):
    many = plain(seeds=300)
    store.put(pairs(many))
    store.close()
    content = bytearray(store.path.read_bytes())
    content[8192:] = b"\xaa" * (len(content) - 8192)
    store.path.write_bytes(content)
    assert len(store.results(keys(many))) < 300
    assert "damaged-1" in store.notice
    store.put(pairs(many))
    assert len(store.results(keys(many))) == 300


def test_a_store_without_a_table_is_moved_aside_whole(store, two, pairs):
    store.put(pairs(two))
    store.close()
    change(store.path, "DROP TABLE weights")
    assert store.results(keys(two)) == {}
    assert "lacks 1 of its tables" in store.notice and "damaged-1" in store.notice
    moved = sqlite3.connect(store.path.with_name("store.sqlite.damaged-1"))
    assert moved.execute("SELECT count(*) FROM rows").fetchone() == (2,)
    moved.close()


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("PRAGMA user_version = 99", "made by a newer version: its schema is 99, not 2"),
        ("PRAGMA application_id = 7", "another program's database"),
    ],
)
def test_a_newer_store_or_another_database_is_left_as_it_is(store, two, pairs, statement, told):
    store.put(pairs(two))
    store.close()
    change(store.path, statement)
    before = store.path.read_bytes()
    assert store.results(keys(two)) == {}
    store.put(pairs(two))
    assert len(store.results(keys(two))) == 2
    assert told in store.notice and "damaged" not in store.notice
    store.close()
    assert store.path.read_bytes() == before
    assert [path.name for path in store.path.parent.glob("store*")] == [store.path.name]


@pytest.mark.parametrize("end", ["put", "close"])
def test_a_lock_that_ends_gives_persistence_back(store, two, pairs, plain, monkeypatch, end):
    monkeypatch.setattr("tradeoffs.jobs.failover.RETRY_SECONDS", 0.0)
    store.put(pairs(two))
    store._failover.own.connection.execute("PRAGMA busy_timeout = 10")
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    more = plain(rows=310, seeds=3)
    store.put(pairs(more))
    assert "cannot be written" in store.notice
    assert len(store.results(keys([*two, *more]))) == 5  # the file is still read
    other.execute("ROLLBACK")
    other.close()
    last = plain(rows=320)
    if end == "put":
        store.put(pairs(last))
        assert store.notice == ""
    store.close()
    kept = Store(store.path, None)
    assert set(kept.results(keys([*two, *more]))) == set(keys([*two, *more]))
    assert set(kept.weights(models(more))) == set(models(more))
    assert len(kept.results(keys(last))) == (end == "put")


def test_a_lock_holds_up_no_reader_and_closing_waits_for_its_end(store, two, pairs, plain):
    store.put(pairs(two))
    other = sqlite3.connect(store.path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    writing = threading.Thread(target=store.put, args=(pairs(plain(rows=310)),))
    writing.start()
    time.sleep(0.1)
    began = time.monotonic()
    assert len(store.results(keys(two))) == 2
    assert time.monotonic() - began < 3.0  # and not the 5 s that opening may take
    writing.join()
    ending = threading.Timer(1.0, other.execute, ["ROLLBACK"])
    ending.start()
    store.close()
    ending.join()
    other.close()
    assert len(Store(store.path, None).results(keys([*two, *plain(rows=310)]))) == 3


def test_without_a_folder_results_live_in_memory(tmp_path, two, pairs):
    (tmp_path / "file").write_text("not a folder")
    store = Store(tmp_path / "file" / "store.sqlite", None)
    store.put(pairs(two))
    assert len(store.results(keys(two))) == 2
    assert "store.sqlite cannot be written" in store.notice


def test_a_folder_in_the_place_of_the_file(tmp_path, two, pairs):
    (tmp_path / "store.sqlite").mkdir()
    store = Store(tmp_path / "store.sqlite", None)
    store.put(pairs(two))
    assert len(store.results(keys(two))) == 2
    assert "cannot be written" in store.notice


@pytest.mark.parametrize("statement", ["PRAGMA max_page_count = 1", "PRAGMA query_only = 1"])
def test_a_full_or_read_only_disk_keeps_what_is_there(
    store, two, pairs, plain, statement, monkeypatch
):
    def refused(path, wait):
        raise sqlite3.OperationalError("disk I/O error")

    store.put(pairs(two))
    store._failover.own.connection.execute(statement)
    more = plain(rows=310, seeds=40)
    store.put(pairs(more))
    assert "cannot be written" in store.notice
    assert set(store.results(keys([*two, *more]))) == set(keys([*two, *more]))
    monkeypatch.setattr(Database, "at", refused)
    store.close()
    monkeypatch.undo()
    assert set(Store(store.path, None).results(keys([*two, *more]))) == set(keys(two))


def test_a_damaged_shipped_file_is_left_alone(tmp_path, two, pairs):
    shipped = tmp_path / "shipped.sqlite"
    shipped.write_bytes(b"rubbish" * 1000)
    store = Store(tmp_path / "store.sqlite", shipped)
    store.put(pairs(two))
    assert len(store.results(keys(two))) == 2
    assert "shipped.sqlite" in store.notice
    assert shipped.read_bytes() == b"rubbish" * 1000


def test_whether_results_are_kept_can_be_asked_before_there_are_any(store, tmp_path):
    assert store.why_unwritable() == ""
    (tmp_path / "file").write_text("")
    elsewhere = Store(tmp_path / "file" / "store.sqlite", None)  # its folder cannot be made
    assert "cannot be written" in elsewhere.why_unwritable()
    assert elsewhere.why_unwritable() == elsewhere.notice
    elsewhere.close()


def test_a_file_that_can_be_written_no_more_is_noticed_when_asked(store, two, pairs):
    store.put(pairs(two))
    assert store._failover.own is not None
    store._failover.own.connection.execute(
        "PRAGMA query_only = ON"
    )  # as on a disk that is read-only now
    assert "cannot be written" in store.why_unwritable()
    assert len(store.results(keys(two))) == 2
