"""A real scheduler of Dask with two workers: same bits, versions, losses, certificates."""

import gc
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import BrokenExecutor, wait
from importlib.util import find_spec

import numpy as np
import pandas as pd
import pytest

from tests.data.upload.conftest import CHOICES, as_csv, people
from tradeoffs.api.sweep_parts import run_parts
from tradeoffs.cli import main
from tradeoffs.data.table_handle import TableHandle
from tradeoffs.data.upload.own_table import own_table
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.adapt import adapt
from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs.batch import run_all
from tradeoffs.jobs.executor import Synchronous, remote
from tradeoffs.jobs.parcel import carry_out, pack, unpack, versions
from tradeoffs.jobs.scheduler import compare_workers, security
from tradeoffs.paths import PROJECT
from tradeoffs.scenario import Scenario, Sweep
from tradeoffs.settings import TLS_CA, TLS_CERT, TLS_KEY, environment

PATIENCE = 120.0


class Site:
    """A scheduler and a command with two worker processes, by default on loopback."""

    def __init__(
        self, folder, scheme="tcp", options=(), variables=None, host="127.0.0.1", within=()
    ):
        with socket.socket() as place:
            place.bind((host, 0))
            self.port = place.getsockname()[1]
        self.address = f"{scheme}://{host}:{self.port}"
        self.folder, self.options, self.within = folder, options, within
        self.env = environment({"PYTHONPATH": str(PROJECT), **(variables or {})})
        self.parts = {}
        self.start("scheduler")
        self.start("worker")

    def start(self, part):
        within = self.within if part == "worker" else ()
        scheduler = ("distributed.cli.dask_scheduler", "--host", self.address.rpartition(":")[0])
        scheduler += ("--port", str(self.port), "--no-dashboard")
        scheduler += ("--dashboard-address", "127.0.0.1:0", *self.options)
        worker = ("tradeoffs.cli", "worker", self.address, "--processes", "2")
        with (self.folder / f"{part}.log").open("ab") as log:
            self.parts[part] = subprocess.Popen(
                [*within, sys.executable, "-m", *(scheduler if part == "scheduler" else worker)],
                **{"env": self.env, "cwd": self.folder, "stdout": log, "stderr": log},
            )

    def executor(self):
        """Return the executor once both workers are there."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                found = remote(self.address)
                break
            except InvalidInput as error:
                assert time.monotonic() < deadline, self.logs()
                assert "none answers" in str(error), error
                time.sleep(0.2)
        found._client.wait_for_workers(2, timeout=PATIENCE)
        return found

    def logs(self):
        return "".join(one.read_text()[-3000:] for one in self.folder.glob("*.log"))

    def kill(self, part, how=signal.SIGKILL):
        self.parts[part].send_signal(how)
        return self.parts[part].wait(PATIENCE)

    def close(self):
        for part in ("worker", "scheduler"):
            if self.parts[part].poll() is None:
                self.kill(part, signal.SIGTERM)


@pytest.fixture(scope="session")
def distributed():
    """Skip where the package is not installed, but in CI."""
    if not find_spec("distributed"):
        assert "CI" not in os.environ, "distributed is not installed"
        pytest.skip("distributed is not installed")


@pytest.fixture(scope="module")
def site(tmp_path_factory, distributed):
    made = Site(tmp_path_factory.mktemp("site"))
    yield made
    made.close()


@pytest.fixture
def executor(site):
    made = site.executor()
    yield made
    made.shutdown()


def bits(result):
    """Everything that was measured, but for how long training took."""
    one = result.measurement
    numbers = np.array(one.numbers)
    numbers[one.schema.training_names["seconds"]] = 0
    return one.schema, numbers.tobytes(), one.decisions


def test_results_are_those_of_this_machine_to_the_bit_on_bundled_and_own_tables(executor):
    own = TableHandle(own_table(as_csv(people()), CHOICES).whole)
    of_own, _ = adapt(Scenario(dataset=own))
    wanted = [*Sweep(base=Scenario(rows=300), axes={"epsilon": [0.5, None]}, seeds=2), of_own]
    there = run_all(wanted, None, executor)
    assert list(map(bits, there)) == list(map(bits, run_all(wanted, None, Synchronous())))


def test_a_folder_takes_a_sweep_with_the_bits_of_this_machine(tmp_path, site, executor):
    sweep = Sweep(base=Scenario(rows=300), axes={"epsilon": [0.5, None]}, seeds=4)
    tables = []
    for name, workers in (("there", lambda: remote(site.address)), ("here", Synchronous)):
        run_parts(sweep, tmp_path / name, workers, at_once=2)
        tables.append(pd.read_parquet(tmp_path / name).drop(columns="seconds"))
    assert tables[0].equals(tables[1]) and len(tables[0]) == 16


def test_what_a_task_raises_arrives_and_what_is_cancelled_does_not(executor):
    with pytest.raises(ZeroDivisionError) as told:
        executor.submit(divmod, 7, 0).result(PATIENCE)
    assert "on the worker" in told.value.__notes__[0]
    slow = [executor.submit(square, number, 0.1) for number in range(30)]
    assert slow[-1].cancel()
    assert slow[0].result(PATIENCE) == (0, 0)
    assert slow[-1].cancelled()
    executor.shutdown()
    assert {type(one.exception()) for one in slow[:-1]} <= {type(None), BrokenExecutor}


def square(number, seconds):
    time.sleep(seconds)
    return number, number**2


def test_versions_of_a_worker_are_compared_with_each_task(monkeypatch, executor):
    fine = versions()
    monkeypatch.setattr("tradeoffs.jobs.parcel.versions", lambda: {**fine, "torch": "1.0"})
    late = executor.submit(divmod, 7, 2)
    with pytest.raises(InvalidInput, match=rf"torch {fine['torch'].replace('+', '.')} in place of"):
        late.result(PATIENCE)


def test_versions_of_workers_are_compared_at_once():
    fine, here = versions(), type(sys)("client")
    less = {name: one for name, one in fine.items() if name != "opacus"}
    for answer, told in ((less, "opacus none in place of"), (ImportError("tradeoffs"), "install")):
        here.run = lambda *_, answer=answer, **__: {"one": fine, "two": answer}
        with pytest.raises(InvalidInput, match=told):
            compare_workers(here)
    here.run = lambda *_, **__: {"one": fine, "two": OSError("lost just now")}
    compare_workers(here)


def test_an_error_that_cannot_travel_is_told_by_its_kind():
    with pytest.raises(RuntimeError, match="^Stubborn$"):
        unpack(carry_out(pack(stubborn)))
    assert "secret" not in repr(pack(divmod, "secret"))


class Stubborn(Exception):
    def __reduce__(self):
        raise TypeError


def stubborn():
    raise Stubborn


def test_nothing_is_served_beside_the_schedulers_own_address(site):
    site.executor().shutdown()
    psutil = pytest.importorskip("psutil")  # comes with distributed
    processes = [psutil.Process(part.pid) for part in site.parts.values()]
    processes += [child for one in processes for child in one.children(recursive=True)]
    sockets = [socket for one in processes for socket in one.net_connections("tcp")]
    listening = {socket.laddr.ip for socket in sockets if socket.status == "LISTEN"}
    assert listening == {"127.0.0.1"}


ONE_OF_TWENTY = [0, *(pytest.param(number, marks=pytest.mark.slow) for number in range(1, 20))]


@pytest.mark.parametrize("attempt", ONE_OF_TWENTY)
def test_a_sweep_outlives_a_worker_and_the_scheduler(tmp_path, site, store, attempt):
    """Both are killed in mid-sweep: each row is there once, with the bits of this machine."""
    count = 40 if attempt else 16  # of tasks: each number of rows is one
    axes = {"rows": [3000 + 75 * number for number in range(count)]}
    wanted = list(Sweep(base=Scenario(rows=300, seed=100 * attempt), axes=axes))
    executor = site.executor()
    unanswered = []

    def when(left):
        while len(executor._sent) > left:
            time.sleep(0.01)
        unanswered.append(len(executor._sent))

    def kill():
        while len(executor._sent) < len(wanted):
            time.sleep(0.001)
        when(len(wanted) - 1)
        os.kill(victim, signal.SIGKILL)
        when(2 * len(wanted) // 3)
        site.kill("scheduler")
        site.start("scheduler")

    try:
        victim = executor.submit(os.getpid).result(PATIENCE)
        killer = threading.Thread(target=kill, daemon=True)
        killer.start()
        there = run_all(wanted, store, executor)
        killer.join(PATIENCE)
    finally:
        executor.shutdown()
    assert len(unanswered) == 2 and unanswered[-1] > 5
    assert [result.scenario for result in there] == wanted
    keys = [resolve(scenario).result_key for scenario in wanted]
    assert len(store.results(keys)) == len(set(keys)) == len(wanted)
    some = slice(None, None, 5)
    here = run_all(wanted[some], None, Synchronous())
    assert list(map(bits, there[some])) == list(map(bits, here))


@pytest.fixture
def network():
    """A network of two: here at 10.77.0.1, and a namespace; removed with the namespace."""
    if shutil.which("ip") is None or os.geteuid():
        pytest.skip("namespaces need iproute2 and root")
    name = f"split{os.getpid()}"
    link = ("link", "add", "split", "type", "veth", "peer", "name", "there", "netns", name)
    ip("netns", "add", name)
    try:
        ip(*link)
        ip("addr", "add", "10.77.0.1/24", "dev", "split")
        ip("link", "set", "split", "up")
        ip("-n", name, "addr", "add", "10.77.0.2/24", "dev", "there")
        for device in ("there", "lo"):
            ip("-n", name, "link", "set", device, "up")
        yield name
    finally:
        ip("netns", "del", name)


def ip(*words):
    subprocess.run(["ip", *words], check=True, capture_output=True)


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [5, 45])
def test_a_sweep_outlives_a_split_network(tmp_path, network, seconds):
    """Longer than half a minute the scheduler gives the workers up, and they come anew."""
    site = Site(tmp_path, host="10.77.0.1", within=("ip", "netns", "exec", network))
    try:
        executor = site.executor()
        slow = [executor.submit(square, number, 0.5) for number in range(60)]
        assert slow[0].result(PATIENCE) == (0, 0)
        ip("link", "set", "split", "down")
        time.sleep(seconds)
        ip("link", "set", "split", "up")
        assert [one.result(PATIENCE) for one in slow] == [(n, n**2) for n in range(60)]
        executor.shutdown()
    finally:
        site.close()


@pytest.fixture
def certificates(tmp_path):
    if not shutil.which("openssl"):
        assert "CI" not in os.environ
        pytest.skip("openssl is not installed")
    made = {name: tmp_path / f"{name}.pem" for name in ("key", "cert")}
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-days", "2", "-subj", "/CN=site", "-out", made["cert"]),
            *("-keyout", made["key"]),
        ],
        check=True,
        capture_output=True,
    )
    return {TLS_CA.name: made["cert"], TLS_CERT.name: made["cert"], TLS_KEY.name: made["key"]}


# A connection that Dask was opening as its scheduler died is closed by the collector alone.
@pytest.mark.filterwarnings("ignore:unclosed <ssl.SSLSocket:ResourceWarning")
@pytest.mark.usefixtures("distributed")
def test_certificates_are_used_and_a_scheduler_that_stays_away_is_told(
    monkeypatch, tmp_path, certificates
):
    files = {name: str(file) for name, file in certificates.items()}
    for name, value in files.items():
        monkeypatch.delenv(name, raising=False)
        with pytest.raises(InvalidInput, match=f"{name} must name a file"):
            security("tls://127.0.0.1:8786")
        monkeypatch.setenv(name, value)
    options = ("--tls-ca-file", files[TLS_CA.name], "--tls-cert", files[TLS_CERT.name])
    site = Site(tmp_path, "tls", (*options, "--tls-key", files[TLS_KEY.name]), files)
    try:
        executor = site.executor()
        assert executor.submit(divmod, 7, 2).result(PATIENCE) == (3, 1)
        with pytest.raises(InvalidInput, match="none answers there"):
            remote(site.address.replace("tls", "tcp"))
        executor._patience = 3.0
        slow = [executor.submit(square, number, 1) for number in range(20)]
        site.kill("scheduler")
        assert not wait(slow, PATIENCE).not_done
        assert isinstance(slow[-1].exception(), BrokenExecutor)
        with pytest.raises(BrokenExecutor, match="the scheduler is lost"):
            executor.submit(divmod, 7, 2)
        executor.shutdown()
        assert site.kill("worker", signal.SIGTERM) == 0  # which waits for a scheduler
    finally:
        site.close()
        gc.collect()  # here, where the warning is expected


@pytest.mark.parametrize(
    "words", [["nonsense"], ["tcp://host"], ["ftp://host:1"], ["tcp://host:1", "--processes", "0"]]
)
@pytest.mark.usefixtures("distributed")
def test_a_worker_is_told_what_an_address_must_be(capsys, words):
    assert main(["worker", *words]) == 2
    assert "must be" in capsys.readouterr().err
