import sqlite3
import subprocess
import sys
import threading
import time
import zlib
from dataclasses import replace

import pytest

from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs import database
from tradeoffs.jobs.database import Database
from tradeoffs.jobs.record import with_checksum
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


def test_what_is_put_comes_back_even_in_another_process(store, two, pairs):
    stored = pairs(two)
    store.put(stored)
    store.close()
    again = Store(store.path, None)
    assert again.results(keys(two)) == {p.result_key: t.measurement for p, t in stored}
    assert again.weights(models(two)) == {p.model_key: t.weights for p, t in stored}
    assert again.notice == ""


def test_only_what_is_asked_for_and_stored(store, two, pairs):
    store.put(pairs(two[:1]))
    assert set(store.results([*keys(two), "0" * 16])) == {keys(two)[0]}
    assert store.results([]) == store.weights(["0" * 16]) == {}


def test_the_first_outcome_stays(store, two, pairs):
    [(plan, first)] = pairs(two[:1])
    other = replace(first, measurement=replace(first.measurement, bits=b"other"))
    store.put([(plan, first), (plan, other)])
    store.put([(plan, other)])
    assert store.results([plan.result_key]) == {plan.result_key: first.measurement}


def test_nothing_is_opened_before_it_is_needed(tmp_path):
    Store(tmp_path / "new" / "store.sqlite", None)
    assert not list(tmp_path.iterdir())


def test_shipped_results_are_read_second_and_never_written(tmp_path, two, pairs):
    shipped = Store(tmp_path / "shipped.sqlite", None)
    shipped.put(pairs(two[:1]))
    shipped.close()
    before = shipped.path.read_bytes()
    store = Store(tmp_path / "own.sqlite", shipped.path)
    assert set(store.results(keys(two))) == {keys(two)[0]}
    assert set(store.weights(models(two))) == {models(two)[0]}
    store.put(pairs(two[1:]))
    assert set(store.results(keys(two))) == set(keys(two))
    assert list(tmp_path.glob("shipped*")) == [shipped.path]  # its folder may be read-only
    store.close()
    assert shipped.path.read_bytes() == before
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
    monkeypatch.setattr("tradeoffs.jobs.store.RETRY_SECONDS", 0.0)
    monkeypatch.setattr("tradeoffs.jobs.database.WAIT_SECONDS", 0.01)
    store.put(pairs(two))
    store._own.connection.execute("PRAGMA busy_timeout = 10")
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


@pytest.mark.parametrize("table", ["rows", "decisions"])
@pytest.mark.parametrize(
    "payload", [b"rubbish", with_checksum(b""), with_checksum(b"\xff" * 1000)[1:], None]
)
def test_a_damaged_row_is_absent_and_removed(store, two, pairs, payload, table):
    store.put(pairs(two))
    store.close()
    change(store.path, f"UPDATE {table} SET payload = ? WHERE key = ?", payload, keys(two)[0])
    if payload != with_checksum(b"") or table == "rows":  # nobody is decided about: that is whole
        assert set(store.results(keys(two))) == {keys(two)[1]}
        assert "store.sqlite" in store.notice and "computed anew" in store.notice
    store.put(pairs(two))
    assert set(store.results(keys(two))) == set(keys(two))


def test_rows_whose_names_are_damaged_are_computed_anew(store, two, pairs):
    store.put(pairs(two))
    store.close()
    change(store.path, "UPDATE schemas SET payload = substr(payload, 1, 100)")
    again = Store(store.path, None)
    assert again.results(keys(two)) == {} and "computed anew" in again.notice
    again.put(pairs(two))
    again.close()
    assert len(Store(store.path, None).results(keys(two))) == 2


def test_decisions_are_read_for_those_alone_that_need_them(store, two, pairs):
    stored = pairs(two)
    store.put(stored)
    found = store.results(keys(two), decisions=False)
    for one in found.values():
        with pytest.raises(ValueError, match="were not read"):
            _ = one.decisions
    assert store.decisions(keys(two)[:1]) == {keys(two)[0]: stored[0][1].measurement.decisions}


def test_names_are_stored_and_held_once(store, plain, pairs):
    store.put(pairs(plain(seeds=3)))
    store.put(pairs(plain(rows=310, seeds=3)))
    store.close()
    file = sqlite3.connect(store.path)
    assert file.execute("SELECT count(*) FROM schemas").fetchone() == (1,)
    file.close()
    found = store.results(keys([*plain(seeds=3), *plain(rows=310, seeds=3)]))
    assert len(found) == 6 and len({id(one.schema) for one in found.values()}) == 1


def test_damaged_weights_are_no_model(store, two, pairs):
    store.put(pairs(two))
    store.close()
    wrong = bytearray(zlib.compress(b"\0\0\x80\x3f" * 3, 0))
    wrong[9] ^= 1
    change(store.path, "UPDATE weights SET payload = ? WHERE key = ?", bytes(wrong), models(two)[1])
    assert set(store.weights(models(two))) == {models(two)[0]}


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
    store._own.connection.execute(statement)
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


MOST = 250_000  # bytes, too few for the results of 600 models


def test_the_oldest_give_way_and_weights_first(tmp_path, plain, pairs):
    small = Store(tmp_path / "store.sqlite", None, most_bytes=MOST)
    many = plain(seeds=600)
    for start in range(0, 600, 50):
        small.put(pairs(many[start : start + 50]))
    kept = small.results(keys(many))
    assert small.weights(models(many)) == {}
    assert 50 < len(kept) < 600
    assert set(kept) == set(keys(many)[-len(kept) :])
    assert small._own is not None
    assert small._own.used <= MOST


def test_threads_share_one_store(store, plain, pairs):
    many = plain(seeds=120)
    errors = []

    def use(part):
        try:
            store.put(pairs(part))
            assert len(store.results(keys(part))) == len(part)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=use, args=(many[i::4],)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert len(store.results(keys(many))) == 120


def large(stored):
    """Give outcomes as many decisions as there are on a whole table."""
    bits = bytes(4_000)
    return [
        (plan, replace(one, measurement=replace(one.measurement, bits=bits)))
        for plan, one in stored
    ]


def test_what_was_used_last_is_kept_longest(tmp_path, plain, pairs, monkeypatch):
    small = Store(tmp_path / "store.sqlite", None, most_bytes=500_000)
    old, other = plain(seeds=20), plain(rows=310, seeds=20)
    small.put(large(pairs([*old, *other])))
    later = database.hours() + 2 * database.STALE
    monkeypatch.setattr(database, "hours", lambda: later)
    assert len(small.results(keys(old))) == 20  # and are in use again
    assert small._own is not None
    kept, rows = set(keys(other)), 320
    while set(keys(other)) <= kept:
        small.put(large(pairs(plain(rows=rows, seeds=5))))
        kept = {key for key, _ in small._own.contents()["rows"]}
        rows += 10
    assert set(keys(old)) <= kept
    assert {key for key, _ in small._own.contents()["decisions"]} == kept  # they go with their rows


def test_two_processes_write_one_file(store, plain, pairs):
    many = plain(seeds=40)
    store.put(pairs(many[:1]))
    script = (
        "import sys; from pathlib import Path; from tests.jobs.conftest import outcome\n"
        "from tradeoffs.jobs.store import Store; from tradeoffs.experiments.plan import resolve\n"
        "from tradeoffs.scenario import Scenario\n"
        "store = Store(Path(sys.argv[1]), None)\n"
        "for seed in range(40):\n"
        "    one = Scenario.of(rows=300, mechanism='none', seed=seed)\n"
        "    store.put([(resolve(one), outcome(one))])\n"
        "store.close(); print(store.notice, end='')\n"
    )
    command = [sys.executable, "-c", script, str(store.path)]
    others = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    for one in many:
        store.put(pairs([one]))
    assert [other.communicate()[0] for other in others] == ["", ""]
    assert [other.returncode for other in others] == [0, 0]
    store.close()
    found = Store(store.path, None)
    assert found.results(keys(many)) == {p.result_key: t.measurement for p, t in pairs(many)}
    assert found.notice == ""


def test_whether_results_are_kept_can_be_asked_before_there_are_any(store, tmp_path):
    assert store.why_unwritable() == ""
    (tmp_path / "file").write_text("")
    elsewhere = Store(tmp_path / "file" / "store.sqlite", None)  # its folder cannot be made
    assert "cannot be written" in elsewhere.why_unwritable()
    assert elsewhere.why_unwritable() == elsewhere.notice
    elsewhere.close()


def test_a_file_that_can_be_written_no_more_is_noticed_when_asked(store, two, pairs):
    store.put(pairs(two))
    assert store._own is not None
    store._own.connection.execute("PRAGMA query_only = ON")  # as on a disk that is read-only now
    assert "cannot be written" in store.why_unwritable()
    assert len(store.results(keys(two))) == 2
