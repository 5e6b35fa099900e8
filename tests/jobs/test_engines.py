"""What both engines of the store must do: a SQLite file, and a database of a PostgreSQL server."""

import sqlite3
import subprocess
import sys
import threading
import zlib
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs import storage
from tradeoffs.jobs.record import with_checksum
from tradeoffs.jobs.store import Store

ENGINES = ("sqlite", "postgres")


def keys(scenarios):
    return [resolve(scenario).result_key for scenario in scenarios]


def models(scenarios):
    return [resolve(scenario).model_key for scenario in scenarios]


@pytest.fixture(params=ENGINES)
def place(request, tmp_path):
    """Where a store may begin: a file that is not there, or a database without tables."""
    if request.param == "sqlite":
        return tmp_path / "store.sqlite"
    server = request.getfixturevalue("postgres")
    server.execute("DROP SCHEMA IF EXISTS tradeoffs CASCADE")
    return server.url


@pytest.fixture
def opened(place):
    """Opens the store, as often as is wished, and closes each in the end."""
    made = []

    def open_once_more(**settings):
        made.append(Store(place, None, **settings))
        return made[-1]

    yield open_once_more
    for one in made:
        one.close()


@pytest.fixture
def store(opened):
    return opened()


@pytest.fixture
def change(place, request):
    """Does something behind the store's back; returns the first cell of what is found."""

    def do(statement, *values):
        if not isinstance(place, Path):
            server = request.getfixturevalue("postgres")
            return server.execute(statement.replace("?", "%s"), *values)
        with closing(sqlite3.connect(place)) as connection, connection:
            found = connection.execute(statement, values).fetchone()
            return found[0] if found else None

    return do


@pytest.fixture
def two(plain):
    return plain(seeds=2)


def test_what_is_put_comes_back_even_in_another_process(store, opened, two, pairs):
    stored = pairs(two)
    store.put(stored)
    store.close()
    again = opened()
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


@pytest.mark.parametrize("table", ["rows", "decisions"])
@pytest.mark.parametrize(
    "payload", [b"rubbish", with_checksum(b""), with_checksum(b"\xff" * 1000)[1:], None]
)
def test_a_damaged_row_is_absent_and_removed(store, change, two, pairs, payload, table):
    store.put(pairs(two))
    store.close()
    if payload is None and not isinstance(store.path, Path):
        table, payload = "rows", b""  # which a server does not take
    change(f"UPDATE {table} SET payload = ? WHERE key = ?", payload, keys(two)[0])
    if payload != with_checksum(b"") or table == "rows":  # nobody is decided about: that is whole
        assert set(store.results(keys(two))) == {keys(two)[1]}
        assert store.path.name in store.notice and "computed anew" in store.notice
    store.put(pairs(two))
    assert set(store.results(keys(two))) == set(keys(two))


def test_rows_whose_names_are_damaged_are_computed_anew(store, opened, change, two, pairs):
    store.put(pairs(two))
    store.close()
    change("UPDATE schemas SET payload = substr(payload, 1, 100)")
    again = opened()
    assert again.results(keys(two)) == {} and "computed anew" in again.notice
    again.put(pairs(two))
    again.close()
    assert len(opened().results(keys(two))) == 2


def test_decisions_are_read_for_those_alone_that_need_them(store, two, pairs):
    stored = pairs(two)
    store.put(stored)
    found = store.results(keys(two), decisions=False)
    for one in found.values():
        with pytest.raises(ValueError, match="were not read"):
            _ = one.decisions
    assert store.decisions(keys(two)[:1]) == {keys(two)[0]: stored[0][1].measurement.decisions}


def test_names_are_stored_and_held_once(store, change, plain, pairs):
    store.put(pairs(plain(seeds=3)))
    store.put(pairs(plain(rows=310, seeds=3)))
    store.close()
    assert change("SELECT count(*) FROM schemas") == 1
    found = store.results(keys([*plain(seeds=3), *plain(rows=310, seeds=3)]))
    assert len(found) == 6 and len({id(one.schema) for one in found.values()}) == 1


def test_damaged_weights_are_no_model(store, change, two, pairs):
    store.put(pairs(two))
    store.close()
    wrong = bytearray(zlib.compress(b"\0\0\x80\x3f" * 3, 0))
    wrong[9] ^= 1
    change("UPDATE weights SET payload = ? WHERE key = ?", bytes(wrong), models(two)[1])
    assert set(store.weights(models(two))) == {models(two)[0]}


MOST = 250_000  # bytes, too few for the results of 600 models


def test_the_oldest_give_way_and_weights_first(opened, plain, pairs):
    small = opened(most_bytes=MOST)
    many = plain(seeds=600)
    for start in range(0, 600, 50):
        small.put(pairs(many[start : start + 50]))
    kept = small.results(keys(many))
    assert small.weights(models(many)) == {}
    assert 50 < len(kept) < 600
    first = min(at for at, key in enumerate(keys(many)) if key in kept)
    later = first - first % 50 + 50  # rows that are put together are of the same age
    assert set(keys(many[later:])) <= set(kept)
    assert small._failover.own is not None
    assert small._failover.own.used <= MOST


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
    bits = np.random.default_rng(0).bytes(4_000)
    return [
        (plan, replace(one, measurement=replace(one.measurement, bits=bits)))
        for plan, one in stored
    ]


def test_what_was_used_last_is_kept_longest(opened, plain, pairs, monkeypatch):
    small = opened(most_bytes=500_000)
    old, other = plain(seeds=20), plain(rows=310, seeds=20)
    small.put(large(pairs([*old, *other])))
    later = storage.hours() + 2 * storage.STALE
    monkeypatch.setattr(storage, "hours", lambda: later)
    assert len(small.results(keys(old))) == 20  # and are in use again
    assert small._failover.own is not None
    kept, rows = set(keys(other)), 320
    while set(keys(other)) <= kept:
        small.put(large(pairs(plain(rows=rows, seeds=5))))
        kept = {key for key, _ in small._failover.own.contents()["rows"]}
        rows += 10
    assert set(keys(old)) <= kept
    assert {
        key for key, _ in small._failover.own.contents()["decisions"]
    } == kept  # they go with their rows


def test_two_processes_write_to_one_store(store, opened, plain, pairs):
    many = plain(seeds=40)
    store.put(pairs(many[:1]))
    script = (
        "import sys; from tests.jobs.conftest import outcome\n"
        "from tradeoffs.settings import store_place\n"
        "from tradeoffs.jobs.store import Store; from tradeoffs.experiments.plan import resolve\n"
        "from tradeoffs.scenario import Scenario\n"
        "store = Store(store_place(sys.argv[1]), None)\n"
        "for seed in range(40):\n"
        "    one = Scenario.of(rows=300, mechanism='none', seed=seed)\n"
        "    store.put([(resolve(one), outcome(one))])\n"
        "store.close(); print(store.notice, end='')\n"
    )
    command = [sys.executable, "-c", script, getattr(store.path, "text", str(store.path))]
    others = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    for one in many:
        store.put(pairs([one]))
    assert [other.communicate()[0] for other in others] == ["", ""]
    assert [other.returncode for other in others] == [0, 0]
    store.close()
    found = opened()
    assert found.results(keys(many)) == {p.result_key: t.measurement for p, t in pairs(many)}
    assert found.notice == ""
