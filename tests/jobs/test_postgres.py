"""A database server that is away, refuses, or has tables of another version."""

import threading
import time
from urllib.parse import quote

import pytest

from tests.postgres_server import free_port
from tradeoffs import settings
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs import failover
from tradeoffs.jobs import postgres as engine
from tradeoffs.jobs.postgres import Postgres
from tradeoffs.jobs.storage import ForeignStore, ServerError
from tradeoffs.jobs.store import Store
from tradeoffs.settings import DatabaseUrl

PATIENCE = 60.0  # seconds until something has failed to happen
AWAY = "PostgreSQL cannot be written (the server cannot be reached, or refuses the connection)"


def keys(scenarios):
    return [resolve(scenario).result_key for scenario in scenarios]


def wait_until(true):
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture
def server(postgres):
    postgres.execute("DROP SCHEMA IF EXISTS tradeoffs CASCADE")
    yield postgres
    postgres.kill()
    postgres.start()


@pytest.fixture
def opened(server, monkeypatch):
    """Opens stores of an address, that of the server unless stated, and closes them in the end."""
    monkeypatch.setattr(failover, "RETRY_SECONDS", 0.05)
    made = []

    def open_one(url=server.url):
        made.append(Store(url, None))
        return made[-1]

    yield open_one
    for one in made:
        one.close()


def test_a_killed_server_is_told_memory_serves_and_all_is_written_once_it_is_back(
    opened, server, plain, pairs
):
    store, before, during = opened(), plain(seeds=3), plain(rows=310, seeds=3)
    store.put(pairs(before))
    server.kill()
    assert store.results(keys(before)) == {} and store.notice.startswith(AWAY)
    store.put(pairs(during))
    assert len(store.results(keys(during))) == 3
    server.start()
    wait_until(lambda: not store.notice)  # and nothing need be asked or put for that
    assert set(store.results(keys([*before, *during]))) == set(keys([*before, *during]))
    assert server.execute("SELECT count(*) FROM rows") == 6
    assert server.execute("SELECT count(*) FROM weights") == 6


def test_what_is_put_while_the_server_dies_is_kept(opened, server, plain, pairs):
    store, many = opened(), plain(seeds=30)
    ending = threading.Timer(0.2, server.kill)
    ending.start()
    for one in many:
        store.put(pairs([one]))
        time.sleep(0.02)
    ending.join()
    server.start()
    wait_until(lambda: not store.notice)
    assert set(opened().results(keys(many))) == set(keys(many))
    assert server.execute("SELECT count(*) FROM rows") == 30


@pytest.mark.parametrize("use", ["results", "put"])
def test_a_restart_between_two_uses_is_not_noticed(opened, server, plain, pairs, use):
    store, two = opened(), plain(seeds=2)
    store.put(pairs(two))
    server.kill()
    server.start()
    if use == "put":
        store.put(pairs(plain(rows=310)))
    assert len(store.results(keys(two))) == 2 and store.notice == ""
    assert server.execute("SELECT count(*) FROM rows") == 2 + (use == "put")


def test_what_memory_holds_at_the_end_is_written_if_the_server_is_back(
    opened, server, plain, pairs, monkeypatch
):
    monkeypatch.setattr(failover, "RETRY_SECONDS", 3600.0)
    server.kill()
    store = opened()
    store.put(pairs(plain(seeds=2)))
    server.start()
    assert "cannot be written" in store.notice
    store.close()
    assert server.execute("SELECT count(*) FROM rows") == 2


def test_a_server_that_only_reads_is_read(opened, server, plain, pairs):
    store, two, more = opened(), plain(seeds=2), plain(rows=310)
    store.put(pairs(two))
    server.execute("ALTER DATABASE postgres SET default_transaction_read_only = on")
    try:
        store.close()
        store.put(pairs(more))
        assert store.notice.startswith("PostgreSQL cannot be written (the server only reads)")
        assert len(store.results(keys([*two, *more]))) == 3
    finally:
        server.execute("SET transaction_read_only = off")
        server.execute("SET default_transaction_read_only = off")
        with_write = "BEGIN READ WRITE; ALTER DATABASE postgres RESET default_transaction_read_only"
        server.execute(f"{with_write}; COMMIT")
    wait_until(lambda: not store.notice)
    assert server.execute("SELECT count(*) FROM rows") == 3


def test_no_password_is_shown_or_logged(opened, server, plain, pairs, caplog, monkeypatch):
    wrong = server.url.text.replace("tester:", "tester:no", 1)
    address = wrong.rpartition("@")[2]
    for url in (
        wrong,
        f"postgresql://{address}?user=tester&password={quote('se&cret')}",
        "postgresql://u:se%26cret@host/d?no=1",
    ):
        store = opened(DatabaseUrl(url))
        store.put(pairs(plain(seeds=1)))
        assert store.notice.startswith("PostgreSQL cannot be written")
        for told in (store.notice, repr(store.path), str(vars(store)), caplog.text):
            assert "cret" not in told and server.password not in told
            assert quote(server.password, safe="") not in told
        store.close()
    assert "password authentication failed" in caplog.text  # what an operator needs to know
    monkeypatch.setenv("TRADEOFFS_STORE", "postgresql://u:secret@host:port/d")
    with pytest.raises(InvalidInput, match="TRADEOFFS_STORE='postgresql://...' must be") as raised:
        settings.STORE.read()
    assert "secret" not in str(raised.value)


def test_an_address_where_nobody_answers_is_told(opened, plain, pairs):
    store = opened(DatabaseUrl(f"postgresql://127.0.0.1:{free_port()}/it"))
    store.put(pairs(plain(seeds=2)))
    assert len(store.results(keys(plain(seeds=2)))) == 2 and store.notice.startswith(AWAY)


def test_tables_are_brought_up_to_date_and_newer_ones_left_as_they_are(
    opened, server, plain, pairs, monkeypatch
):
    two, more = plain(seeds=2), plain(rows=310)
    store = opened()
    store.put(pairs(two))
    store.close()
    step = {3: ("ALTER TABLE rows ADD COLUMN more INTEGER DEFAULT 7",)}
    with monkeypatch.context() as newer:
        newer.setattr(engine, "MIGRATIONS", {**engine.MIGRATIONS, **step})
        newer.setattr(engine, "SCHEMA", 3)
        assert len(store.results(keys(two))) == 2 and store.notice == ""
        store.close()
    assert server.execute("SELECT sum(more) FROM rows") == 14
    with pytest.raises(ForeignStore, match="its schema is 3, not 2"):
        Postgres.at(server.url)
    store.put(pairs(more))
    assert "PostgreSQL is left as it is, as it was made by a newer version" in store.notice
    assert len(store.results(keys(more))) == 1
    assert server.execute("SELECT count(*) FROM rows") == 2


def test_many_begin_the_tables_at_the_same_moment(server):
    errors, together = [], threading.Barrier(6)

    def begin():
        try:
            together.wait(PATIENCE)
            Postgres.at(server.url).close()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=begin) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not errors and server.execute("SELECT count(*) FROM version") == 1


def test_a_user_without_rights_is_told(server):
    server.execute("DROP ROLE IF EXISTS guest")
    server.execute("CREATE ROLE guest LOGIN PASSWORD 'guest'")
    address = server.url.text.rpartition("@")[2]
    with pytest.raises(ServerError, match="may not make or write the tables"):
        Postgres.at(DatabaseUrl(f"postgresql://guest:guest@{address}"))
