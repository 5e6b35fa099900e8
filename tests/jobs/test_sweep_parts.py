"""A sweep in a folder: whole or to be taken up, with no row lost or doubled."""

import os
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor

import pandas as pd
import pytest

import tradeoffs as to
from tradeoffs.api import sweep_plan, sweep_run
from tradeoffs.api.sweep_folder import MANIFEST, SweepFolder
from tradeoffs.api.sweep_parts import run_parts
from tradeoffs.cli import main
from tradeoffs.errors import InvalidInput, WorkerError
from tradeoffs.jobs.executor import Synchronous
from tradeoffs.paths import PROJECT
from tradeoffs.results import CONFIGURATION

BASE = to.Scenario.of(rows=300, mechanism="none")
PATIENCE = 120.0
COLUMNS = [*CONFIGURATION, "seed", "split"]


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(sweep_plan, "MODELS_A_PART", 6)


@pytest.fixture
def sweep() -> to.Sweep:
    """Twenty models in four parts."""
    return to.Sweep(base=BASE, axes={"rows": [300, 400, 500, 600, 700]}, seeds=4)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "new" / "sweep"


def rows(folder) -> pd.DataFrame:
    """Return what a folder holds, as any reader of Parquet finds it, in one order."""
    found = pd.read_parquet(folder).drop(columns="seconds")
    return found.sort_values(COLUMNS).reset_index(drop=True)


def is_whole(folder, sweep) -> bool:
    found = rows(folder)
    models = list(zip(found["rows"], found["seed"], strict=True))
    return sorted(models) == sorted(2 * [(one.rows, one.seed) for one in sweep])


def test_parts_hold_every_model_once_and_progress_is_told(fake, folder, sweep):
    told = []
    plan = run_parts(sweep, folder, lambda: fake, at_once=2, progress=lambda *n: told.append(n))
    assert plan.sizes == (4, 4, 4, 4, 4) and is_whole(folder, sweep)
    assert told[0] == (0, 20) and told[-1] == (20, 20) and told == sorted(told)
    assert sorted(os.listdir(folder)) == [MANIFEST, *(f"part-0000{k}.parquet" for k in range(5))]


def test_a_whole_folder_asks_nobody(fake, folder, sweep):
    run_parts(sweep, folder, lambda: fake, at_once=2)
    written = {one.name: one.stat().st_mtime_ns for one in folder.iterdir()}
    run_parts(sweep, folder, lambda: pytest.fail("asked"), at_once=2)
    assert {one.name: one.stat().st_mtime_ns for one in folder.iterdir()} == written


@pytest.mark.parametrize("after", range(5))
def test_a_sweep_goes_on_where_it_was_stopped(fake, folder, sweep, after):
    outcome, left = fake.answer, [4 * after + 2]

    def answer(scenario):
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        return outcome(scenario)

    fake.answer = answer
    with pytest.raises(KeyboardInterrupt):
        run_parts(sweep, folder, lambda: fake, at_once=1)
    there = set(folder.glob("*.parquet"))
    assert len(there) == after
    fake.answer, fake.asked = outcome, []
    run_parts(sweep, folder, lambda: fake, at_once=3)
    assert sum(map(len, fake.asked)) == 20 - 4 * after
    assert is_whole(folder, sweep)


def test_a_new_worker_goes_on_after_one_died(fake, folder, sweep):
    opened, outcome = [], fake.answer

    def open_executor():
        opened.append(fake)
        return fake

    left = [9]

    def answer(scenario):
        left[0] -= 1
        if left[0] == 0:
            raise BrokenExecutor("killed")
        return outcome(scenario)

    fake.answer = answer
    run_parts(sweep, folder, open_executor, at_once=1)
    assert len(opened) == 2 and is_whole(folder, sweep)


def test_workers_that_get_nothing_done_are_told(fake, folder, sweep):
    fake.dies = 3
    with pytest.raises(WorkerError, match=r"stopped.*sweep, and the same command goes on"):
        run_parts(sweep, folder, lambda: fake, at_once=1)
    run_parts(sweep, folder, lambda: fake, at_once=1)
    assert is_whole(folder, sweep)


def test_a_task_that_fails_is_named_and_the_others_are_written(fake, folder, sweep):
    outcome = fake.answer

    def answer(scenario):
        if scenario.rows == 500:
            raise MemoryError("of this one")
        return outcome(scenario)

    fake.answer = answer
    with pytest.raises(WorkerError, match="1 task of.*rows=500, mechanism=none.*of this one"):
        run_parts(sweep, folder, lambda: fake, at_once=2)
    assert len(list(folder.glob("*.parquet"))) == 4
    fake.answer = outcome
    run_parts(sweep, folder, lambda: fake, at_once=2)
    assert is_whole(folder, sweep)


def test_a_folder_of_something_else_is_refused(fake, folder, sweep, tmp_path):
    run_parts(sweep, folder, lambda: fake, at_once=2)
    other = to.Sweep(base=BASE, axes=sweep.axes, seeds=3)
    with pytest.raises(InvalidInput, match="sweep holds another sweep: its seeds"):
        run_parts(other, folder, lambda: fake, at_once=2)
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(InvalidInput, match="holds files, but no sweep"):
        run_parts(sweep, tmp_path, lambda: fake, at_once=2)
    with pytest.raises(InvalidInput, match="cannot write"):
        run_parts(sweep, tmp_path / "notes.txt" / "under", lambda: fake, at_once=2)


def test_a_damaged_part_is_told(fake, folder, sweep):
    run_parts(sweep, folder, lambda: fake, at_once=2)
    pd.read_parquet(folder / "part-00002.parquet").head(3).to_parquet(folder / "part-00001.parquet")
    with pytest.raises(InvalidInput, match=r"part-00001\.parquet has 3 rows, not 8; delete it"):
        run_parts(sweep, folder, lambda: fake, at_once=2)
    (folder / "part-00001.parquet").write_bytes(b"PAR1")
    with pytest.raises(InvalidInput, match=r"cannot read .*part-00001\.parquet"):
        run_parts(sweep, folder, lambda: fake, at_once=2)
    (folder / "part-00001.parquet").unlink()
    (folder / "part-00001.parquet.77.unfinished").write_bytes(b"PAR1")
    run_parts(sweep, folder, lambda: fake, at_once=2)
    assert is_whole(folder, sweep) and len(list(folder.iterdir())) == 6


def test_parts_of_other_columns_get_the_same_ones(folder):
    made = SweepFolder(folder, {"seeds": 1}, [1, 1])
    made.write(0, pd.DataFrame({"a": [1, 2], "b": [None, None]}))
    made.write(1, pd.DataFrame({"a": [0.5, 1.0], "b": ["x", "y"], "c": [1.0, 2.0]}))
    made.align()
    found = pd.read_parquet(folder)
    assert found["a"].tolist() == [1.0, 2.0, 0.5, 1.0]
    assert found["b"].isna().tolist() == [True, True, False, False]
    assert found["c"].isna().tolist() == [True, True, False, False]


def test_one_model_at_several_deployments_is_trained_once(fake, folder):
    axes = {"shift_intensity": [0.0, 0.5, 1.0], "rows": [300, 400], "seed": [3, 1]}
    run_parts(to.Sweep(base=BASE, axes=axes), folder, lambda: fake, at_once=2)
    assert [len({one.rows for one in asked}) for asked in fake.asked] == [1, 1]
    assert len(rows(folder)) == 2 * 3 * 2 * 2


def test_a_part_has_the_rows_that_one_table_has(folder, monkeypatch):
    """But for remarks that compare: the untouched model may be in another part."""
    monkeypatch.setattr(sweep_plan, "MODELS_A_PART", 1000)
    axes = {"epsilon": [0.5, None], "shift_intensity": [0.0, 1.0]}
    sweep = to.Sweep(base=to.Scenario(rows=300, max_gap=0.1), axes=axes, seeds=2)
    run_parts(sweep, folder, Synchronous, at_once=2)
    there, found = rows(folder), to.run(sweep, progress=False).to_pandas()
    found = found.sort_values(COLUMNS).reset_index(drop=True)
    assert set(found) == {*there, "seconds"}
    for name in there.columns.drop("remarks"):
        known = found[name].notna()
        assert there[name].notna().equals(known), name
        assert there[name][known].tolist() == found[name][known].tolist(), name


def test_gains_are_over_training_alone_in_every_part(folder):
    base = to.Scenario(dataset="gss", label="income_25k", communities="place", home="Pacific")
    axes = {"remedy": ["pooled", "fedavg"]}
    sweep = to.Sweep(base=base.but(rows=100, epsilon=None), axes=axes, seeds=2)
    run_parts(sweep, folder, Synchronous, at_once=1)
    found = to.run(sweep, progress=False)
    there = rows(folder).query("split == 'report'")
    assert sorted(there["gain"]) == pytest.approx(sorted(found["gain"]), abs=1e-5)


def test_one_table_holds_fewer_models(monkeypatch, sweep):
    monkeypatch.setattr(sweep_run, "LARGEST_TABLE", 19)
    with pytest.raises(InvalidInput, match=r"more than 19 models.*--out FOLDER/"):
        to.run(sweep)


KILLED = """
from tradeoffs.api import sweep_plan
from tradeoffs.cli import main
from tradeoffs.jobs import executor
sweep_plan.MODELS_A_PART = 6
executor.open_executor = lambda machine: executor.Synchronous()
raise SystemExit(main({arguments!r}))
"""


def test_a_killed_command_is_taken_up_with_the_same_bits(capfd, tmp_path, here):
    asked = ["sweep", "--set", "rows=2000", "--axis", "epsilon=0.1,0.2,0.3,0.5,1,2,3,none"]
    asked += ["--seeds", "4", "--out"]
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    code = KILLED.format(arguments=[*asked, f"{killed}/"])
    started = subprocess.Popen([sys.executable, "-c", code], cwd=PROJECT)
    until = time.monotonic() + PATIENCE
    while not list(killed.glob("*.parquet")):
        assert started.poll() is None and time.monotonic() < until
        time.sleep(0.01)
    started.kill()
    started.wait(PATIENCE)
    for place in (killed, whole):
        assert main([*asked, f"{place}/"]) == 0
    assert "32 models in 8 files of" in capfd.readouterr().err
    assert rows(killed).equals(rows(whole)) and len(rows(killed)) == 64
