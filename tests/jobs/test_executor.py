import subprocess
import sys

import pytest
from loky import ProcessPoolExecutor

from tradeoffs.errors import InvalidInput
from tradeoffs.jobs.executor import VARIABLE, Synchronous, chosen, remote
from tradeoffs.jobs.worker import Machine
from tradeoffs.paths import PROJECT


def test_synchronous_holds_the_result_or_the_exception():
    assert Synchronous().submit(divmod, 7, 2).result(0) == (3, 1)
    assert isinstance(Synchronous().submit(divmod, 7, 0).exception(0), ZeroDivisionError)
    assert list(Synchronous().map(abs, [-1, 2])) == [1, 2]


def test_an_address_needs_the_package_that_talks_to_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)  # as if it were not installed
    with pytest.raises(InvalidInput, match=r"tcp://host:8786.*distributed.*not installed"):
        remote("tcp://host:8786")
    monkeypatch.setenv(VARIABLE, " tcp://host:8786 ")
    with pytest.raises(InvalidInput, match="'tcp://host:8786'"):
        chosen(Machine())


@pytest.mark.parametrize("value", [None, "", "local"])
def test_worker_processes_are_the_default(monkeypatch, value):
    monkeypatch.delenv(VARIABLE, raising=False)
    if value is not None:
        monkeypatch.setenv(VARIABLE, value)
    with chosen(Machine(workers=3)) as executor:  # no process starts before the first task
        assert isinstance(executor, ProcessPoolExecutor)
        assert executor._max_workers == 3
        assert (executor._env or {})["OMP_NUM_THREADS"] == "1"


def test_a_page_process_loads_no_heavy_package():
    code = (
        "import sys, tradeoffs.jobs.manager, tradeoffs.jobs.batch\n"
        "heavy = ('torch', 'opacus', 'fairlearn', 'sklearn', 'pandas', 'pyarrow', 'streamlit')\n"
        "found = [name for name in heavy if name in sys.modules]\n"
        "assert not found, found\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60, cwd=PROJECT)
