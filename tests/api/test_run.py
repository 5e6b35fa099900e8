"""Sweeps run in this process or in others, from anywhere, with the same results."""

import subprocess
import sys

import numpy as np
import pytest

import tradeoffs as to
from tradeoffs.api import sweep_run
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs import batch
from tradeoffs.jobs.store import Store
from tradeoffs.results import CONFIGURATION
from tradeoffs.settings import DatabaseUrl

SWEEP = to.Sweep(base=to.Scenario(rows=300), axes={"epsilon": [1.0, None]}, seeds=2)


@pytest.fixture(scope="module")
def results() -> to.Results:
    return to.run(SWEEP, progress=False)


def test_a_script_without_a_guard_trains_in_workers_and_finds_the_same(results, tmp_path):
    script = tmp_path / "own.py"
    script.write_text(
        "import tradeoffs as to\n"
        "base = to.Scenario(rows=300)\n"
        "sweep = to.Sweep(base=base, axes={'epsilon': [1.0, None]}, seeds=2)\n"
        "found = to.run(sweep, workers=1, progress=False)\n"
        "print(*found['accuracy'])\n"
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found = list(map(float, done.stdout.split()))
    assert found == pytest.approx(results["accuracy"].tolist(), abs=1e-6)


def test_much_work_goes_to_the_machines_workers_and_little_stays(results, monkeypatch):
    def none(machine):
        raise AssertionError("a worker is asked for")

    monkeypatch.setattr(batch, "open_executor", none)
    again = to.run(list(SWEEP), progress=False)
    assert again["accuracy"].tolist() == results["accuracy"].tolist()
    monkeypatch.setattr(batch, "LITTLE", 0)
    with pytest.raises(AssertionError, match="asked for"):
        to.run(SWEEP, progress=False)


def test_columns_have_a_value_a_model_and_rows_one_a_split(results):
    table = results.to_pandas()
    assert len(results) == 4 and len(table) == 8 and set(results.columns) == set(table.columns)
    for split in ("select", "report"):
        own = table.loc[table["split"] == split]
        assert results.column("gap", split).tolist() == own["gap"].tolist()
        assert results.column("seed", split).tolist() == [one.seed for one in SWEEP]
    arrow = results.to_arrow()
    assert arrow.num_rows == 8 and arrow.column_names == list(table.columns)


def test_some_models_are_selected_by_fields(results):
    assert results.select(epsilon=None).scenarios == [s for s in SWEEP if s.epsilon is None]
    assert len(results.select(seed=[0, 1], epsilon=1)) == 2
    chosen = results.select(epsilon=None)["accuracy"]
    assert np.array_equal(chosen, results["accuracy"][2:])


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda found: found["accurate"], "unknown"),
        (lambda found: found.column("gap", "train"), "unknown"),
        (lambda found: found.select(colour=1), "unknown"),
        (lambda found: found.select(epsilon=3), "no_model_with"),
        (lambda found: to.run([]), "no_scenario"),
        (lambda found: to.run(SWEEP, workers=0), "out_of_range"),
        (lambda found: to.run(SWEEP, workers=65), "out_of_range"),
    ],
)
def test_what_cannot_be_had_is_refused(results, call, code):
    with pytest.raises(InvalidInput) as caught:
        call(results)
    assert caught.value.code == code


def test_a_scenario_that_cannot_be_trained_is_refused_before_any_work(monkeypatch):
    monkeypatch.setattr(batch, "work", None)
    with pytest.raises(InvalidInput, match="unknown dataset"):
        to.run([to.Scenario(rows=300), to.Scenario(dataset="adlut")])


def test_a_bar_tells_how_far_it_is_where_it_takes_a_while(monkeypatch, capsys):
    monkeypatch.setattr(sweep_run, "SHOWN_AFTER", 0)
    to.run(to.Scenario(rows=300))
    assert "1/1" in capsys.readouterr().err
    to.run(to.Scenario(rows=300), progress=False)
    assert capsys.readouterr().err == ""


def test_what_is_stored_is_looked_up(tmp_path, results, monkeypatch):
    file = tmp_path / "own.sqlite"
    assert to.run(SWEEP, store=file, progress=False)["gap"].tolist() == results["gap"].tolist()
    assert len(Store(file).results(resolve(one).result_key for one in SWEEP)) == 4
    monkeypatch.setattr(batch, "work", None)
    again = to.run(SWEEP, store=str(file), progress=False)
    own = [*CONFIGURATION, "seed", "split", "accuracy", "gap", "remarks"]
    assert again.to_pandas()[own].equals(results.to_pandas()[own])
    first, second = (to.front(one, "privacy", "accuracy").table() for one in (results, again))
    assert first.equals(second)  # the decisions behind its intervals are stored, too


def test_a_store_may_be_the_address_of_a_server():
    address = "postgresql://me:secret@localhost/it"
    store = sweep_run.store_at(address)
    assert store is not None and store.path == DatabaseUrl(address)
    with pytest.raises(InvalidInput, match="TRADEOFFS_STORE='mysql://...' must be a file"):
        sweep_run.store_at("mysql://me:secret@localhost/it")
