"""Own tables go through the jobs, and no trace of them stays behind."""

import os
import tempfile
import time
from pathlib import Path

import pytest

from tests.data.upload.conftest import CHOICES, as_csv, people
from tradeoffs.data.load import load_codebook
from tradeoffs.data.upload import registry
from tradeoffs.data.upload.own_table import own_table
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.adapt import fitting
from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs import manager as jobs_manager
from tradeoffs.jobs import tables
from tradeoffs.jobs.batch import run_all
from tradeoffs.jobs.executor import Synchronous, local
from tradeoffs.jobs.manager import Manager
from tradeoffs.jobs.store import Store
from tradeoffs.jobs.tables import own_names, with_tables
from tradeoffs.jobs.worker import Machine
from tradeoffs.scenario import Scenario

SECRET = "Quetzalcoatl"  # a value that must not be found anywhere
PATIENCE = 60.0


@pytest.fixture
def own():
    towns = ([SECRET, "South", "West"] * 200)[:600]
    made = own_table(as_csv({**people(), "town": towns}), CHOICES)
    registry.hold("somebody", made.whole)
    yield made
    registry.release("somebody")


@pytest.fixture
def scenarios(own):
    one, _ = fitting(Scenario(dataset=own.book.name))
    return [one, one.but(epsilon=None), one.but(max_gap=0.1), one.but(width=4)]


@pytest.fixture
def manager(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    found = Manager(
        Store(tmp_path / "store.sqlite", None),
        lambda machine: Synchronous(),
        machine=Machine(workers=1),
    )
    yield found
    found.close()
    found.store.close()


def test_a_real_worker_trains_on_a_carried_table_and_forgets_it(own, scenarios, monkeypatch):
    executor = local(Machine(workers=1))
    try:
        results = run_all(scenarios, None, executor)
        here = run_all(scenarios, None, Synchronous())
        assert [r.measurement.decisions for r in results] == [r.measurement.decisions for r in here]
        name = own.book.name
        assert executor.submit(registry.is_held, name).result(PATIENCE)
        executor.submit(shorten).result(PATIENCE)
        run_all(scenarios[:1], None, executor)
        time.sleep(4 * SHORT)
        deadline = time.monotonic() + PATIENCE
        while executor.submit(registry.is_held, name).result(PATIENCE):
            assert time.monotonic() < deadline
            time.sleep(SHORT)
        with pytest.raises(InvalidInput, match="is gone when they leave"):
            executor.submit(load_codebook, name).result(PATIENCE)
    finally:
        executor.shutdown()


SHORT = 0.05


def shorten() -> None:
    from tradeoffs.jobs import tables as there

    there.LEASE_SECONDS = SHORT
    with there._lock:
        there._until.clear()
    for owner in list(registry._held):
        registry.release(owner)


def test_a_process_that_holds_the_table_anyway_keeps_it(own, monkeypatch):
    monkeypatch.setattr(tables, "LEASE_SECONDS", 0.0)
    assert with_tables((own.whole,), lambda x: x + 1, 1) == 2
    assert not tables._until
    assert registry.is_held(own.book.name)


def test_only_own_tables_are_carried(own, scenarios):
    assert tables.carried(len, ((Scenario(),),)) == (len, ((Scenario(),),))
    assert own_names([Scenario(), scenarios[0], "own-text"]) == [own.book.name]


def test_results_come_to_the_session_and_never_to_the_disk(manager, own, scenarios, tmp_path):
    job = manager.submit("somebody", scenarios)
    assert job.wait(PATIENCE)
    assert (job.state, job.error) == ("done", "")
    plain, _ = fitting(Scenario(rows=300))
    assert manager.submit("another", [plain]).wait(PATIENCE)  # something is stored
    keys = [resolve(s).result_key for s in scenarios]
    manager.close()
    assert not manager.store.results(keys)
    manager.store.close()
    files = [f for f in tmp_path.rglob("*") if f.is_file()]
    assert files
    for file in files:
        content = file.read_bytes()
        for word in (SECRET, own.book.name, "hired", *keys):
            assert word.encode() not in content, (file.name, word)


def test_a_manager_forgets_when_the_owner_leaves(manager, own, scenarios):
    first = manager.submit("somebody", scenarios)
    assert first.wait(PATIENCE)
    manager.ask(said, scenarios[0]).result(PATIENCE)
    assert len(manager._memory) >= len(scenarios)
    name = registry.release("somebody")
    manager.forget(name)
    assert len(manager._memory) == 0
    assert manager.job("somebody") is None
    assert not list(manager._questions._asked)
    with pytest.raises(InvalidInput, match="is gone when they leave"):
        manager.submit("somebody", scenarios)


def said(scenario: Scenario) -> str:
    return scenario.dataset


def test_a_table_that_leaves_during_a_job_ends_it(manager, own, scenarios):
    job = manager.submit("somebody", [s.but(seed=n) for n in range(200) for s in scenarios])
    registry.release("somebody")
    manager.forget(own.book.name)
    assert job.wait(PATIENCE)
    assert job.state in ("dropped", "failed")


def test_nothing_of_an_own_table_is_logged_when_a_task_fails(
    manager, scenarios, caplog, monkeypatch
):
    def fail(chunk, known):
        raise KeyError(SECRET)

    monkeypatch.setattr(jobs_manager, "work", fail)
    job = manager.submit("somebody", scenarios)
    assert job.wait(PATIENCE)
    assert job.state == "failed"
    assert "KeyError" in caplog.text
    assert SECRET not in caplog.text + job.error


def test_the_folder_of_temporary_files_is_not_used(own, scenarios, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    executor = local(Machine(workers=1))
    try:
        run_all(scenarios[:1], None, executor)
    finally:
        executor.shutdown()
    kept = [f for f in tmp_path.rglob("*") if f.is_file() and os.path.getsize(f)]
    assert not [f for f in map(Path, kept) if SECRET.encode() in f.read_bytes()]
