"""Many ask at once, and something breaks meanwhile: all are served, and nothing piles up."""

import sqlite3
import threading
import time
from contextlib import closing

import pytest

from tradeoffs.errors import WorkerError
from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs.store import Store

PATIENCE = 60.0
OWNERS = 50


@pytest.fixture
def sweeps(plain):
    """One sweep an owner: two models of its own, and two that all want."""
    shared = plain(300, seeds=2)
    return {owner: [*plain(200, seed=1000 + owner), *shared] for owner in range(OWNERS)}


def burst(manager, sweeps):
    """Ask for all sweeps at once; return owner -> job."""
    jobs = {}

    def ask(owner):
        jobs[owner] = manager.submit(owner, sweeps[owner], first=sweeps[owner][0])

    threads = [threading.Thread(target=ask, args=(owner,)) for owner in sweeps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return jobs


def kept(store, sweeps):
    wanted = {resolve(one).result_key for sweep in sweeps.values() for one in sweep}
    return len(store.results(wanted)), len(wanted)


def until(condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def test_of_five_hundred_wishes_in_a_second_the_newest_is_trained(managed, fake, plain):
    manager = managed()
    fake.hold()
    sweeps = [plain(200 + move, seeds=2) for move in range(500)]
    jobs = [manager.submit("me", sweep, first=sweep[0]) for sweep in sweeps]
    assert {job.state for job in jobs[:-1]} == {"dropped"}
    assert len(manager._line) == 1
    fake.step()
    assert jobs[-1].wait(PATIENCE)
    asked = {scenario.rows for scenarios in fake.asked for scenario in scenarios}
    assert len(asked) <= 2 and 699 in asked  # beside the newest, what a lane had begun
    assert not any(len(job.todo) for job in jobs)


def test_a_worker_that_dies_in_a_burst_costs_nobody_their_models(managed, fake, sweeps):
    manager = managed()
    fake.hold()
    jobs = burst(manager, sweeps)
    fake.dies = 2
    fake.step()
    assert all(job.wait(PATIENCE) for job in jobs.values())
    assert {(job.state, job.arrived) for job in jobs.values()} == {("done", 3)}
    assert sum("restarted" in job.notice for job in jobs.values()) == 1


def test_closing_in_a_burst_lets_nobody_wait(managed, fake, sweeps, store):
    manager = managed()
    fake.hold()
    jobs = burst(manager, sweeps)
    fake.step(3)
    fake.wait_asked(3)
    closing_ = threading.Thread(target=manager.close)
    closing_.start()
    assert all(job.wait(PATIENCE) for job in jobs.values())
    with pytest.raises(WorkerError, match="shut down"):
        manager.submit("late", sweeps[0])
    fake.step()
    closing_.join(PATIENCE)
    assert {job.state for job in jobs.values()} <= {"done", "dropped"}
    assert kept(store, sweeps)[0] == sum(map(len, fake.asked))


def test_a_locked_store_holds_nobody_up_and_has_all_in_the_end(managed, fake, sweeps, store):
    manager = managed()
    store.results(["none"])  # opened
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("begin immediate")
        jobs = burst(manager, sweeps)
        assert all(job.wait(PATIENCE) for job in jobs.values())
        other.execute("rollback")
    assert {job.state for job in jobs.values()} == {"done"}
    until(lambda: len(set(kept(store, sweeps))) == 1)
    manager.close()
    store.close()
    again = Store(store.path, None)
    assert len(set(kept(again, sweeps))) == 1
    again.close()


def test_a_full_disk_holds_nobody_up(managed, fake, sweeps, store):
    manager = managed()
    store.results(["none"])
    store._failover.own.connection.execute("pragma max_page_count = 1")  # no larger than it is
    jobs = burst(manager, sweeps)
    assert all(job.wait(PATIENCE) for job in jobs.values())
    assert {job.state for job in jobs.values()} == {"done"}
    until(lambda: len(set(kept(store, sweeps))) == 1)
