"""Own tables go through the jobs, and no trace of them stays behind."""

import gc
import os
import pickle
import tempfile
import time
from pathlib import Path

import pytest

from tests.data.upload.conftest import CHOICES, as_csv, people
from tradeoffs.data.encoded import Encoded
from tradeoffs.data.load import load_codebook, load_split
from tradeoffs.data.table import Table
from tradeoffs.data.table_handle import TableHandle
from tradeoffs.data.upload.own_table import own_table
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.adapt import adapt
from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs import lease
from tradeoffs.jobs import manager as jobs_manager
from tradeoffs.jobs.batch import run_all
from tradeoffs.jobs.cache import pickle_size
from tradeoffs.jobs.executor import Synchronous, local
from tradeoffs.jobs.lease import leased, own_names
from tradeoffs.jobs.manager import Manager
from tradeoffs.jobs.store import Store
from tradeoffs.jobs.worker import Machine
from tradeoffs.report.titles import attribute
from tradeoffs.scenario import Scenario

SECRET = "Quetzalcoatl"  # a value that must not be found anywhere
PATIENCE = 60.0


@pytest.fixture
def own():
    towns = ([SECRET, "South", "West"] * 200)[:600]
    made = own_table(as_csv({**people(), "town": towns}), CHOICES)
    return TableHandle(made.whole)


@pytest.fixture
def scenarios(own):
    one, _ = adapt(Scenario(dataset=own))
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


def test_a_real_worker_trains_on_a_table_it_is_given_and_forgets_it(own, scenarios):
    executor = local(Machine(workers=1))
    try:
        results = run_all(scenarios, None, executor)
        here = run_all(scenarios, None, Synchronous())
        assert [r.measurement.decisions for r in results] == [r.measurement.decisions for r in here]
        assert executor.submit(parts_of, str(own)).result(PATIENCE)
        executor.submit(shorten).result(PATIENCE)
        run_all(scenarios[:1], None, executor)
        deadline = time.monotonic() + PATIENCE
        while executor.submit(parts_of, str(own)).result(PATIENCE):
            assert time.monotonic() < deadline
            time.sleep(SHORT)
        with pytest.raises(InvalidInput, match="deleted when they leave"):
            executor.submit(load_codebook, str(own)).result(PATIENCE)
    finally:
        executor.shutdown()


SHORT = 0.05


def shorten() -> None:
    lease.LEASE_SECONDS = SHORT


def parts_of(name: str) -> int:
    """Return how much of an own table is in the memory of this process."""
    gc.collect()
    held = [one for one in gc.get_objects() if isinstance(one, Table | Encoded)]
    return sum(name == (one.name if isinstance(one, Table) else one.book.name) for one in held)


def test_a_lease_that_is_over_leaves_the_table_to_who_brought_it(own, scenarios, monkeypatch):
    monkeypatch.setattr(lease, "LEASE_SECONDS", 0.0)
    task, arguments = leased(attribute, (scenarios[0],))
    assert task(*arguments) == attribute(scenarios[0])
    assert load_split(own).train.rows and not own.closed


def test_a_table_that_is_gone_is_told_before_its_task_begins(own, scenarios):
    own.close()
    with pytest.raises(InvalidInput, match="deleted when they leave"):
        leased(attribute, (scenarios[0],))


def test_only_tasks_about_own_tables_have_a_lease(own, scenarios):
    assert leased(len, ((Scenario(),),)) == (len, ((Scenario(),),))
    assert own_names([Scenario(), scenarios[0], "own-text"]) == [own]


def test_what_is_remembered_of_an_own_table_counts_its_name_alone(own, scenarios):
    assert pickle_size(scenarios[0]) < 2_000 < len(pickle.dumps(scenarios[0]))


def test_results_come_to_the_session_and_never_to_the_disk(manager, own, scenarios, tmp_path):
    job = manager.submit("somebody", scenarios)
    assert job.wait(PATIENCE)
    assert (job.state, job.error) == ("done", None)
    plain, _ = adapt(Scenario(rows=300))
    assert manager.submit("another", [plain]).wait(PATIENCE)  # something is stored
    keys = [resolve(s).result_key for s in scenarios]
    manager.close()
    assert not manager.store.results(keys)
    manager.store.close()
    files = [f for f in tmp_path.rglob("*") if f.is_file()]
    assert files
    for file in files:
        content = file.read_bytes()
        for word in (SECRET, str(own), "hired", *keys):
            assert word.encode() not in content, (file.name, word)


def test_a_manager_forgets_when_the_owner_leaves(manager, own, scenarios):
    first = manager.submit("somebody", scenarios)
    assert first.wait(PATIENCE)
    manager.ask(said, scenarios[0]).result(PATIENCE)
    assert len(manager._memory) >= len(scenarios)
    own.close()
    manager.forget(own)
    assert len(manager._memory) == 0
    assert manager.job("somebody") is None
    assert not list(manager._questions._asked)
    del first
    assert not parts_of(str(own))
    with pytest.raises(InvalidInput, match="deleted when they leave"):
        manager.submit("somebody", scenarios)


def said(scenario: Scenario) -> str:
    return scenario.dataset


def test_a_table_that_leaves_during_a_job_ends_it(manager, own, scenarios):
    job = manager.submit("somebody", [s.but(seed=n) for n in range(200) for s in scenarios])
    own.close()
    manager.forget(own)
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
    assert SECRET not in caplog.text + str(job.error)


def test_the_folder_of_temporary_files_is_not_used(own, scenarios, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    executor = local(Machine(workers=1))
    try:
        run_all(scenarios[:1], None, executor)
    finally:
        executor.shutdown()
    kept = [f for f in tmp_path.rglob("*") if f.is_file() and os.path.getsize(f)]
    assert not [f for f in map(Path, kept) if SECRET.encode() in f.read_bytes()]
