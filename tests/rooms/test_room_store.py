"""What is kept of a room outlives a killed process, is seen by others, and is gone at its end."""

import multiprocessing
import os
import sqlite3
import sys
import threading
from types import ModuleType

import pytest

from tests.rooms.play import ROUNDS, Play
from tradeoffs.errors import InvalidInput, StoreError
from tradeoffs.rooms.room_store import TABLES, RoomStore
from tradeoffs.rooms.rooms import Rooms

PATIENCE = 60.0
WRITTEN = "a sentence that nobody else writes"


def files(path):
    return b"".join(one.read_bytes() for one in sorted(path.parent.iterdir()))


def full(path, **given):
    """Play a room with many answers and texts, and return it."""
    play = Play(names=("pick", "words", "number"), path=path, tables=("clinic",), **given)
    seats = play.join(40, "clinic")
    play.round(seats, [{"guess": "more"}] * 40)
    play.act("next", "open")
    for k, seat in enumerate(seats):
        for again in range(3):
            play.say(seat, "words", text=f"{WRITTEN} {k} {again} " + 100 * chr(97 + again))
    return play


@pytest.mark.parametrize("way", ["end", "purge"])
def test_after_the_end_the_file_holds_nothing_of_a_room(tmp_path, way):
    path = tmp_path / "rooms.sqlite"
    play = full(path)
    kept = Play(path=path, now=play.now + 3600)  # a second room in the same file stays
    seat = kept.join(1)[0]
    assert WRITTEN.encode() in files(path) and play.code.encode() in files(path)
    if way == "end":
        play.act("end")
    else:
        play.now += 24 * 3600
        assert play.rooms.purge() == 1
    held = files(path)
    assert WRITTEN.encode() not in held and play.code.encode() not in held
    assert b"clinic" not in held and kept.code.encode() in held
    assert kept.rooms.seated(kept.code, seat)
    with sqlite3.connect(path) as found:
        for table in TABLES:
            codes = {code for (code,) in found.execute(f"SELECT code FROM {table}")}
            assert codes <= {kept.code}
    found.close()


def test_what_another_process_kept_from_being_overwritten_is_at_the_next_purge(tmp_path):
    path = tmp_path / "rooms.sqlite"
    play = full(path)
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT COUNT(*) FROM answer").fetchone()
    play.rooms._store._db.execute("PRAGMA busy_timeout = 50")
    play.act("end")
    assert WRITTEN.encode() in files(path)
    reader.execute("COMMIT")
    reader.close()
    assert play.rooms.purge() == 0
    assert WRITTEN.encode() not in files(path)


def test_what_a_process_deleted_just_before_it_died_is_overwritten_by_the_next(tmp_path):
    path = tmp_path / "rooms.sqlite"
    play = full(path)
    play.rooms._store.delete(play.code)
    assert WRITTEN.encode() in files(path)
    assert Rooms(RoomStore(path)).purge() == 0
    assert WRITTEN.encode() not in files(path)


def test_no_name_address_agent_or_time_is_kept():
    store = RoomStore()
    columns = {
        table: [row[1] for row in store._read(f"PRAGMA table_info({table})", ())]
        for table in TABLES
    }
    assert columns == {
        "room": ["code", "key_hash", "salt", "version", "ends", "state", "options"],
        "seat": ["code", "token_hash", "place"],
        "answer": ["code", "round", "attempt", "token_hash", "said"],
        "paper": ["code", "round", "attempt", "said", "many"],
    }
    play = Play()
    (token,) = play.join(1)
    kept = [
        row for table in TABLES for row in play.rooms._store._read(f"SELECT * FROM {table}", ())
    ]
    assert token not in str(kept) and play.key not in str(kept)


def answer_until_killed(path, code, said):
    play = Rooms(RoomStore(path), lambda: Play.now)
    for k in range(240):
        token = play.join(code)
        play.say(code, token, "number", {"guess": k % 100})
        said.send(token)


def test_a_process_that_is_killed_loses_no_answer(tmp_path, monkeypatch):
    # A process of its own begins with the main module, which tests of pages replace by a page's.
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))
    play = Play(names=("number",), path=tmp_path / "rooms.sqlite")
    play.act("next", "open")
    context = multiprocessing.get_context("spawn")
    for _ in range(2):
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=answer_until_killed, args=(play.path, play.code, there))
        process.start()
        there.close()
        said = [here.recv() for _ in range(20)]
        process.kill()
        process.join(PATIENCE)
        with pytest.raises(EOFError):
            while True:
                said.append(here.recv())
        again = Rooms(RoomStore(play.path), lambda: play.now)
        for k, token in enumerate(said):
            assert again.phone(play.code, token)["answer"] == {"guess": k % 100}
        assert again.room(play.code) == play.rooms.room(play.code)


def test_two_processes_see_each_others_changes_and_are_told(tmp_path):
    path = tmp_path / "rooms.sqlite"
    host = Play(path=path)
    phones = Rooms(RoomStore(path), lambda: host.now)
    told, heard = threading.Event(), threading.Event()
    unwatch = [phones.watch(host.code, told.set), host.rooms.watch(host.code, heard.set)]
    version = phones.version(host.code)
    host.act("next", "open")
    assert phones.version(host.code) == version + 2
    assert told.wait(PATIENCE)
    heard.clear()
    seat = phones.join(host.code)
    assert heard.wait(PATIENCE)
    phones.say(host.code, seat, "pick", {"guess": "more"})
    assert host.rooms.host(host.code, host.key)["answered"] == 1
    watchers = [one._watchers for one in (phones, host.rooms)]
    looking = [one.thread for one in watchers]
    for one in unwatch:
        one()
    for thread in looking:
        assert thread is not None
        thread.join(PATIENCE)
        assert not thread.is_alive()
    assert [one.thread for one in watchers] == [None, None]


def test_results_of_a_room_that_another_process_deleted_are_forgotten(tmp_path):
    path = tmp_path / "rooms.sqlite"
    host, kept = Play(path=path), Play(path=path)
    phones = Rooms(RoomStore(path), lambda: host.now)
    for one in (host, kept):
        one.round(one.join(6), [{"guess": "more"}] * 6)
        phones.results(one.code)
    salts = {one.code: phones._store.salt(one.code) for one in (host, kept)}
    assert {key[0] for key in phones._contents._ready} == set(salts.values())
    host.act("end")
    assert phones.purge() == 0
    assert {key[0] for key in phones._contents._ready} == {salts[kept.code]}
    kept.act("end")
    with pytest.raises(InvalidInput):
        phones.results(kept.code)
    assert not phones._contents._ready


def test_the_version_is_read_without_the_state_and_gone_with_the_room():
    play = Play()
    play.act("next", "open")
    assert play.rooms.version(f" {play.code.lower()}") == play.rooms.room(play.code).version == 2
    play.now += 24 * 3600
    with pytest.raises(InvalidInput, check=lambda error: error.code == "room_unknown"):
        play.rooms.version(play.code)


class Broken:
    """A database whose file cannot be read any more."""

    def execute(self, sql):
        raise sqlite3.DatabaseError("database disk image is malformed")


def test_a_file_that_cannot_be_written_anew_says_why():
    store = RoomStore()
    vars(store)["_db"] = Broken()
    with pytest.raises(StoreError, match="malformed"):
        store.clean()


def test_many_threads_answer_at_once_and_all_is_kept(tmp_path):
    play = Play(names=("number",), path=tmp_path / "rooms.sqlite")
    play.act("next", "open")
    seats: dict[str, int] = {}

    def answers(start):
        for k in range(start, start + 15):
            token = play.rooms.join(play.code)
            play.rooms.say(play.code, token, "number", {"guess": k})
            seats[token] = k

    threads = [threading.Thread(target=answers, args=(15 * k,)) for k in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(PATIENCE)
    assert sorted(seats.values()) == list(range(90))
    for token, k in seats.items():
        assert play.rooms.phone(play.code, token)["answer"] == {"guess": k}


def test_a_file_that_is_none_of_ours_is_refused_and_left_as_it_is(tmp_path):
    path = tmp_path / "rooms.sqlite"
    path.write_bytes(b"something else" * 100)
    with pytest.raises(StoreError, match=r"rooms.sqlite cannot be used: file is not a database"):
        RoomStore(path)
    assert path.read_bytes() == b"something else" * 100


def test_a_file_that_cannot_be_written_says_so_and_goes_on_when_it_can(tmp_path):
    play = Play(names=("number",), path=tmp_path / "rooms.sqlite")
    play.act("next", "open")
    (seat,) = play.join(1)
    play.rooms._store._db.execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(play.path or "", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match=r"rooms.sqlite cannot be used: database is locked"):
        play.say(seat, "number", guess=5)
    other.execute("COMMIT")
    other.close()
    play.say(seat, "number", guess=6)
    assert play.rooms.phone(play.code, seat)["answer"] == {"guess": 6}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_only_who_runs_the_server_can_read_the_file(tmp_path):
    play = full(tmp_path / "rooms.sqlite")
    assert play.path is not None
    modes = {one.name: one.stat().st_mode & 0o777 for one in tmp_path.iterdir()}
    assert len(modes) == 3 and set(modes.values()) == {0o600}


def test_what_fails_halfway_changes_nothing():
    play = Play(names=("number",))
    play.act("next", "open")
    (seat,) = play.join(1)
    with pytest.raises(InvalidInput), play.rooms._store.transaction():
        play.say(seat, "number", guess=5)
        play.say(seat, "number", guess=500)
    assert play.rooms.phone(play.code, seat)["answer"] is None
    play.say(seat, "number", guess=6)
    assert play.rooms.phone(play.code, seat)["answer"] == {"guess": 6}
    assert ROUNDS["number"] == play.rooms.room(play.code).round
