import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

import pytest

from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.chunks import chunks
from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs.executor import local
from tradeoffs.jobs.manager import Manager
from tradeoffs.jobs.store import Store
from tradeoffs.jobs.worker import Machine, attack, warm_up, work
from tradeoffs.paths import PROJECT
from tradeoffs.scenario import Scenario

PATIENCE = 60.0
ENVIRONMENT = os.environ | {"PYTHONPATH": str(PROJECT)}


class Live:
    """A manager with a real worker process."""

    def __init__(self, path: Path) -> None:
        self.executors: list[Executor] = []
        self.store = Store(path, None)
        self.manager = Manager(self.store, self.make, machine=Machine(workers=1))

    def make(self, machine: Machine) -> Executor:
        self.executors.append(local(machine))
        return self.executors[-1]

    def pid(self) -> int:
        return self.executors[-1].submit(os.getpid).result(PATIENCE)


@pytest.fixture(scope="module")
def live(tmp_path_factory) -> Iterator[Live]:
    made = Live(tmp_path_factory.mktemp("live") / "store.sqlite")
    assert made.manager.wait_ready(PATIENCE)
    yield made
    made.manager.close()
    made.store.close()


def gone(pid: int) -> bool:
    """Whether the process has ended; one that nobody has waited for counts."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_the_worker_attacks_one_setting_beside_the_sweeps(live):
    scenario = Scenario.of(rows=300)
    found = live.manager.ask(attack, scenario, 8).result(PATIENCE)
    assert replace(found, seconds=0.0) == replace(attack(scenario, 8), seconds=0.0)
    with pytest.raises(InvalidInput, match="shadows=3"):
        live.manager.ask(attack, scenario, 3).result(PATIENCE)


def test_the_worker_measures_what_this_process_measures(live, plain):
    scenarios = plain(200, seeds=2)
    job = live.manager.submit("me", scenarios, first=scenarios[0])
    assert job.wait(PATIENCE)
    [chunk] = chunks(map(resolve, scenarios))
    here = work(chunk, None)
    for result, trained in zip(job.results(), here, strict=True):
        assert result.scenario == trained.scenario
        assert result.measurement.decisions == trained.measurement.decisions
        expected = pytest.approx(trained.measurement.report, abs=1e-4, rel=1e-6)  # sums are large
        assert result.measurement.report == expected


def test_another_deployment_of_known_weights_is_the_same_as_training_again(live, plain):
    scenarios = plain(210, seeds=2)
    assert live.manager.submit("me", scenarios).wait(PATIENCE)
    plans = [resolve(scenario) for scenario in scenarios]
    end = time.monotonic() + PATIENCE
    while len(live.store.weights(plan.model_key for plan in plans)) < 2:
        assert time.monotonic() < end
        time.sleep(0.01)
    shifted = [scenario.but(shift_intensity=0.5) for scenario in scenarios]
    job = live.manager.submit("me", shifted)
    assert job.wait(PATIENCE)
    [chunk] = chunks(map(resolve, shifted))
    trained = work(chunk, None)
    for result, again in zip(job.results(), trained, strict=True):
        assert result.measurement.decisions == again.measurement.decisions


def test_a_killed_worker_is_replaced_and_the_sweep_finished(live, plain):
    rows = (220, 230, 240, 250, 260, 270)
    scenarios = [scenario for n in rows for scenario in plain(n, seeds=2)]
    pid, executors = live.pid(), len(live.executors)
    job = live.manager.submit("me", scenarios, first=scenarios[0])
    while job.arrived < 3:
        job.touch()
        time.sleep(0.001)
    os.kill(pid, signal.SIGKILL)
    assert job.wait(PATIENCE)
    assert (job.state, job.error, job.arrived) == ("done", None, len(scenarios))
    assert "restarted" in job.notice
    assert len(live.executors) == executors + 1
    assert live.manager.state == "ready"
    live.manager.cancel("me")
    keys = [resolve(scenario).result_key for scenario in scenarios]
    end = time.monotonic() + PATIENCE
    while len(live.store.results(keys)) < len(keys):
        assert time.monotonic() < end
        time.sleep(0.01)
    assert live.store.notice == ""


def test_a_worker_killed_while_idle_is_replaced(live, plain):
    pid = live.pid()
    os.kill(pid, signal.SIGKILL)
    job = live.manager.submit("me", plain(280))
    assert job.wait(PATIENCE)
    assert job.state == "done"
    assert live.pid() != pid


def hold(size: int) -> None:
    sys.modules["__main__"].__dict__["held"] = b"x" * size  # zeros alone would not be resident


def test_a_worker_at_work_is_not_taken_for_one_that_leaks(live):
    pid = live.pid()
    live.executors[-1].submit(hold, 300_000_000).result(PATIENCE)
    time.sleep(1.1)  # it is looked at once a second, after a task
    live.executors[-1].submit(hold, 300_000_000).result(PATIENCE)
    assert live.pid() == pid
    live.executors[-1].submit(hold, 0).result(PATIENCE)


def test_an_interrupt_is_not_the_workers_affair(live):
    pid = live.pid()
    os.kill(pid, signal.SIGINT)
    assert live.pid() == pid


def test_warming_up_says_what_it_took(live):
    warmth = live.executors[-1].submit(warm_up, "adult").result(PATIENCE)
    assert 0 < warmth.seconds < PATIENCE
    assert 1e8 < warmth.rss < 4e9  # torch alone takes 200 MB


SCRIPT = """
import os, sys
from tradeoffs.jobs.executor import local
from tradeoffs.jobs.worker import Machine
if __name__ == "__main__":
    executor = local(Machine(workers=1))
    print(executor.submit(os.getpid).result(), flush=True)
    os.kill(os.getpid(), 9)
"""

# A handle tells of the parent, as loky gives one to workers on Windows.
WATCHED = """
import multiprocessing, os, time
from tradeoffs.jobs.worker import begin
def work(told):
    begin()
    told.send(os.getpid())
    time.sleep(600)
if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    heard, told = context.Pipe(duplex=False)
    context.Process(target=work, args=(told,)).start()
    print(heard.recv(), flush=True)
    os.kill(os.getpid(), 9)
"""

LEAVE_AT_ONCE = """
import sys, time
from pathlib import Path
from tradeoffs.jobs.manager import Manager
from tradeoffs.jobs.store import Store
from tradeoffs.jobs.worker import Machine
if __name__ == "__main__":
    Manager(Store(Path(sys.argv[1]), None), machine=Machine(workers=1))
    time.sleep(float(sys.argv[2]))
    print(time.time(), flush=True)
"""

LEAVE = """
import sys, time
from pathlib import Path
from tradeoffs.jobs.manager import Manager
from tradeoffs.jobs.store import Store
from tradeoffs.jobs.worker import Machine
from tradeoffs.scenario import Scenario
if __name__ == "__main__":
    path = Path(sys.argv[1])
    manager = Manager(Store(path, None), machine=Machine(workers=1))
    sweep = [Scenario.of(rows=200 + n, mechanism="none") for n in range(100)]
    job = manager.submit("me", sweep, first=sweep[0])
    while job.arrived < 2:
        job.touch()
        time.sleep(0.01)
    assert "torch" not in sys.modules
    print(time.time(), flush=True)
"""


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks processes up in /proc")
@pytest.mark.parametrize("program", [SCRIPT, WATCHED], ids=["number", "handle"])
def test_the_worker_of_a_killed_program_ends(tmp_path, program):
    script = tmp_path / "script.py"
    script.write_text(program)
    with subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, text=True, env=ENVIRONMENT
    ) as killed:
        assert killed.stdout is not None
        pid = int(killed.stdout.readline())
    end = time.monotonic() + PATIENCE
    while not gone(pid):
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.parametrize("after", ["0", "0.3"])
def test_a_program_ends_while_its_worker_starts(tmp_path, after):
    script = tmp_path / "script.py"
    script.write_text(LEAVE_AT_ONCE)
    command = [sys.executable, script, tmp_path / "store.sqlite", after]
    ended = subprocess.run(
        command, capture_output=True, text=True, timeout=PATIENCE, check=True, env=ENVIRONMENT
    )
    assert time.time() - float(ended.stdout) < 5
    assert ended.stderr == ""


def test_a_program_ends_in_the_middle_of_a_sweep(tmp_path, plain):
    script = tmp_path / "script.py"
    script.write_text(LEAVE)
    command = [sys.executable, script, tmp_path / "store.sqlite"]
    ended = subprocess.run(
        command, capture_output=True, text=True, timeout=PATIENCE, check=True, env=ENVIRONMENT
    )
    assert time.time() - float(ended.stdout) < 5
    assert ended.stderr == ""
    begun = [resolve(scenario).result_key for n in range(2) for scenario in plain(200 + n)]
    assert len(Store(tmp_path / "store.sqlite", None).results(begun)) == 2
