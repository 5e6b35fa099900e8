import sqlite3
import threading
import zlib
from dataclasses import replace

import pytest

from tradeoffs.jobs.store import Store, pack, unpack
from tradeoffs.pipeline.resolve import resolve


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
    other = replace(first, measurement=replace(first.measurement, decisions=b"other"))
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
def test_a_file_that_is_no_database_is_moved_aside(tmp_path, two, pairs, content):
    path = tmp_path / "store.sqlite"
    path.write_bytes(content)
    (tmp_path / "store.sqlite.damaged-1").write_text("an earlier one")
    store = Store(path, None)
    assert store.results(keys(two)) == {}
    assert (tmp_path / "store.sqlite.damaged-2").read_bytes() == content
    assert (tmp_path / "store.sqlite.damaged-1").read_text() == "an earlier one"
    assert "store.sqlite.damaged-2" in store.notice
    store.put(pairs(two))
    store.close()
    assert len(Store(path, None).results(keys(two))) == 2


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


@pytest.mark.parametrize(
    "statement", ["PRAGMA user_version = 0", "PRAGMA user_version = 99", "DROP TABLE weights"]
)
def test_another_schema_is_moved_aside_whole(store, two, pairs, statement):
    store.put(pairs(two))
    store.close()
    change(store.path, statement)
    assert store.results(keys(two)) == {}
    assert "schema" in store.notice and "damaged-1" in store.notice
    moved = sqlite3.connect(store.path.with_name("store.sqlite.damaged-1"))
    assert moved.execute("SELECT count(*) FROM results").fetchone() == (2,)
    moved.close()


@pytest.mark.parametrize("payload", [b"rubbish", zlib.compress(b"{}"), zlib.compress(b"[1]"), None])
def test_a_damaged_row_is_absent_and_removed(store, two, pairs, payload):
    store.put(pairs(two))
    store.close()
    change(store.path, "UPDATE results SET payload = ? WHERE key = ?", payload, keys(two)[0])
    assert set(store.results(keys(two))) == {keys(two)[1]}
    assert "store.sqlite" in store.notice
    store.put(pairs(two))
    assert set(store.results(keys(two))) == set(keys(two))


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
def test_a_full_or_read_only_disk_keeps_what_is_there(store, two, pairs, plain, statement):
    store.put(pairs(two))
    store._own.connection.execute(statement)
    more = plain(rows=310, seeds=40)
    store.put(pairs(more))
    assert "cannot be written" in store.notice
    assert set(store.results(keys([*two, *more]))) == set(keys([*two, *more]))
    store.close()
    assert set(Store(store.path, None).results(keys([*two, *more]))) == set(keys(two))


def test_a_damaged_shipped_file_is_left_alone(tmp_path, two, pairs):
    shipped = tmp_path / "shipped.sqlite"
    shipped.write_bytes(b"rubbish" * 1000)
    store = Store(tmp_path / "store.sqlite", shipped)
    store.put(pairs(two))
    assert len(store.results(keys(two))) == 2
    assert "shipped.sqlite" in store.notice
    assert shipped.read_bytes() == b"rubbish" * 1000


def test_the_oldest_give_way_and_weights_first(tmp_path, plain, pairs):
    small = Store(tmp_path / "store.sqlite", None, most_bytes=60_000)
    many = plain(seeds=600)
    for start in range(0, 600, 50):
        small.put(pairs(many[start : start + 50]))
    kept = small.results(keys(many))
    assert small.weights(models(many)) == {}
    assert 50 < len(kept) < 600
    assert set(kept) == set(keys(many)[-len(kept) :])
    assert small._own is not None
    assert small._own.used <= 60_000


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


def test_names_of_figures_are_held_once(pairs, two):
    first, second = (unpack(pack(trained.measurement)) for _, trained in pairs(two))
    assert all(a is b for a, b in zip(first.report, second.select, strict=True))
