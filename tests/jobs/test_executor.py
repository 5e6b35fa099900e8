import socket
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor, Future

import pytest
from loky import ProcessPoolExecutor

from tradeoffs.cli import main
from tradeoffs.errors import InvalidInput
from tradeoffs.jobs.executor import Synchronous, check, open_executor, remote
from tradeoffs.jobs.parcel import carry_out
from tradeoffs.jobs.scheduler import Scheduler
from tradeoffs.jobs.worker import Machine
from tradeoffs.paths import PROJECT
from tradeoffs.settings import EXECUTOR


def test_synchronous_holds_the_result_or_the_exception():
    assert Synchronous().submit(divmod, 7, 2).result(0) == (3, 1)
    assert isinstance(Synchronous().submit(divmod, 7, 0).exception(0), ZeroDivisionError)
    assert list(Synchronous().map(abs, [-1, 2])) == [1, 2]


def test_an_address_needs_the_package_that_talks_to_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)  # as if it were not installed
    with pytest.raises(InvalidInput, match=r"tcp://host:8786.*distributed.*not installed"):
        remote("tcp://host:8786")
    monkeypatch.setenv(EXECUTOR.name, " tcp://host:8786 ")
    with pytest.raises(InvalidInput, match="'tcp://host:8786'"):
        open_executor(Machine())


@pytest.fixture
def nobody():
    """An address of this machine where nobody listens."""
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        yield f"tcp://127.0.0.1:{place.getsockname()[1]}"


@pytest.mark.parametrize("address", ["", "nonsense", "tcp://127.0.0.1:port", "ftp://", "9" * 500])
def test_an_address_where_none_answers_is_told_in_one_line(monkeypatch, nobody, address):
    monkeypatch.setitem(sys.modules, "distributed", type(sys)("distributed"))
    monkeypatch.setenv(EXECUTOR.name, address or nobody)
    for ask in (check, lambda: open_executor(Machine())):
        with pytest.raises(InvalidInput, match="must be the address of a Dask scheduler") as told:
            ask()
        assert "\n" not in str(told.value) and len(str(told.value)) <= 400
    assert main(["sweep", "--no-store"]) == main(["app"]) == 2


class Client:
    """What is asked of a client of a scheduler: it answers until it is told not to."""

    def __init__(self):
        self.scheduler = self
        self.identity = None
        self.name, self.workers = "Scheduler-1", {"one": {}}
        self.status = "running"
        self.tasks = []

    def get_executor(self, pure):
        assert not pure
        return self

    def submit(self, fn, parcel):
        self.tasks.append((parcel, Future()))
        return self.tasks[-1][1]

    def finish(self, place=-1):
        parcel, answer = self.tasks[place]
        answer.set_result(carry_out(parcel))

    def sync(self, function, callback_timeout):
        if self.workers is None:
            raise TimeoutError
        return {"id": self.name, "workers": self.workers}

    def close(self, timeout):
        self.workers = None


@pytest.fixture
def client():
    return Client()


@pytest.fixture
def scheduler(client):
    made = Scheduler(lambda: client, patience=0.2, look=0.02)
    yield made
    made.shutdown()


@pytest.mark.parametrize("left", [None, {}], ids=["no scheduler", "no worker"])
def test_a_lost_scheduler_ends_what_is_under_way_and_takes_no_more(scheduler, client, left):
    answer = scheduler.submit(divmod, 7, 2)
    assert not answer.done()
    client.workers = left
    assert isinstance(answer.exception(10), BrokenExecutor)
    client.finish()  # too late
    assert isinstance(answer.exception(0), BrokenExecutor)
    with pytest.raises(BrokenExecutor, match="the scheduler is lost"):
        scheduler.submit(divmod, 7, 2)


def test_a_scheduler_that_comes_back_in_time_goes_on(scheduler, client):
    answer = scheduler.submit(divmod, 7, 2)
    client.workers = {}
    time.sleep(0.1)
    client.workers = {"one": {}}
    time.sleep(0.3)
    client.finish()
    assert answer.result(0) == (3, 1)


def test_what_the_end_of_a_connection_cancelled_is_sent_again(scheduler, client):
    answer = scheduler.submit(divmod, 7, 2)
    client.tasks[0][1].cancel()
    client.tasks[0][1].set_running_or_notify_cancel()
    deadline = time.monotonic() + 60
    while len(client.tasks) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert not answer.done()
    client.finish()
    assert answer.result(60) == (3, 1)


def test_a_scheduler_that_was_started_again_is_sent_all_that_has_no_answer(scheduler, client):
    answers = [scheduler.submit(divmod, 7, number) for number in (2, 3)]
    client.finish(0)
    client.name = "Scheduler-2"  # and of the second task, the package tells nothing
    deadline = time.monotonic() + 60
    while len(client.tasks) < 3:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    client.finish()
    assert [answer.result(60) for answer in answers] == [(3, 1), (2, 1)]
    assert len(client.tasks) == 3


def test_a_lost_worker_is_told_as_such_and_what_a_task_raises_as_itself(scheduler, client):
    answers = [scheduler.submit(divmod, 7, 0) for _ in range(2)]
    client.tasks[0][1].set_exception(MemoryError("killed"))  # of the package
    client.finish(1)
    assert isinstance(answers[0].exception(60), BrokenExecutor)
    assert isinstance(answers[1].exception(60), ZeroDivisionError)


def test_a_caller_who_cancels_is_not_waited_for(scheduler, client):
    answer = scheduler.submit(divmod, 7, 2)
    assert answer.cancel()
    assert client.tasks[0][1].cancelled()
    time.sleep(0.1)
    assert len(client.tasks) == 1


@pytest.mark.parametrize("value", [None, "", "local"])
def test_worker_processes_are_the_default(monkeypatch, value):
    monkeypatch.delenv(EXECUTOR.name, raising=False)
    if value is not None:
        monkeypatch.setenv(EXECUTOR.name, value)
    with open_executor(Machine(workers=3)) as executor:  # no process starts before the first task
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
