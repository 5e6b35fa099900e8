"""The seam to bigger machines: `concurrent.futures.Executor`, here or at an address."""

import importlib
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from loky import ProcessPoolExecutor

from tradeoffs import settings
from tradeoffs.errors import InvalidInput
from tradeoffs.jobs.worker import Machine, begin
from tradeoffs.messages.wording import cut

CONNECT_SECONDS = 10.0
LOST_SECONDS = 10.0  # without an answer, or any worker, until a scheduler is given up
LOOK_SECONDS = 2.0  # between two looks at whether it is there
ONE_CORE = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "LOKY_MAX_CPU_COUNT")
# For glibc.  One arena: it otherwise keeps the freed memory of every thread apart.  And keep what
# a step of training frees for the next step: asking the system for it anew costs a tenth.
MEMORY = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_TRIM_THRESHOLD_": str(2**26),
    "MALLOC_MMAP_THRESHOLD_": str(2**26),
}
# Bytes above what its first task took from which loky takes a worker for one that leaks and starts
# another.  That first task loads nothing yet; a worker at work has some 400 MB.
LEAK = {"LOKY_MAX_MEMORY_LEAK_SIZE": "1e9"}


def open_executor(machine: Machine) -> Executor:
    """Return the executor that `settings.EXECUTOR` names; errors are those of `remote`."""
    address = settings.EXECUTOR.read()
    return local(machine) if address == "local" else remote(address)


def local(machine: Machine) -> Executor:
    """Return worker processes that start with the first task and wait for ever for the next.

    Each uses one core.  One that dies breaks the executor: a new one has to be made.
    """
    env = dict.fromkeys(ONE_CORE, "1") | MEMORY | LEAK
    return Workers(machine.workers, timeout=None, env=env, initializer=begin)


def remote(address: str) -> "Scheduler":
    """Return the workers of a Dask scheduler, such as tcp://host:8786.

    Raises:
        InvalidInput: the package distributed, which this one does not need, is not installed; or
            no scheduler answers at the address within CONNECT_SECONDS.
    """
    try:
        distributed = importlib.import_module("distributed")
    except ImportError:
        raise InvalidInput("no_distributed", field=settings.EXECUTOR.name, value=address) from None
    try:
        place = urlsplit(address)
        # First by itself: a client that cannot connect lingers, and complains when it is dropped.
        socket.create_connection((place.hostname or "", place.port or 0), CONNECT_SECONDS).close()
        client = distributed.Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        told = cut(" ".join(str(error).split()) or type(error).__name__, 100)
        raise InvalidInput(
            "no_scheduler", field=settings.EXECUTOR.name, value=address, reason=told
        ) from None
    return Scheduler(client)


def check() -> None:
    """Raise InvalidInput if `settings.EXECUTOR` names a scheduler that does not answer."""
    if (address := settings.EXECUTOR.read()) != "local":
        remote(address).shutdown()


class Scheduler(Executor):
    """The workers of a Dask scheduler; broken once it, or its last worker, was lost for a while.

    A client waits for a lost scheduler for ever, so what is under way is given up here.

    Args:
        client: connected; of the package distributed.
        patience: seconds without an answer or a worker until the tasks are given up.
        look: seconds between two looks.
    """

    def __init__(
        self, client: Any, *, patience: float = LOST_SECONDS, look: float = LOOK_SECONDS
    ) -> None:
        """Begin to watch the scheduler."""
        self._client, self._executor = client, client.get_executor()
        self._patience, self._look = patience, look
        self._pending: set[Future[Any]] = set()
        self._lock = threading.Lock()
        self._lost = False
        self._closed = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run the task on a worker; BrokenExecutor if the scheduler is lost."""
        answer: Future[Any] = Future()
        with self._lock:
            if self._lost:
                raise BrokenExecutor("the scheduler is lost")
            self._pending.add(answer)
        answer.set_running_or_notify_cancel()
        self._executor.submit(fn, *args, **kwargs).add_done_callback(partial(self._done, answer))
        return answer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the scheduler; what is under way is given up, as with `Workers`."""
        del wait, cancel_futures
        self._closed.set()
        self._give_up()
        self._client.close(timeout=self._look)

    def _done(self, answer: "Future[Any]", found: "Future[Any]") -> None:
        with self._lock:
            if answer not in self._pending:
                return  # given up
            self._pending.discard(answer)
        if found.cancelled():
            answer.set_exception(BrokenExecutor("the task was cancelled"))
        elif error := found.exception():
            answer.set_exception(error)
        else:
            answer.set_result(found.result())

    def _watch(self) -> None:
        seen = time.monotonic()
        while not self._closed.wait(self._look):
            if self._answers():
                seen = time.monotonic()
            elif time.monotonic() - seen >= self._patience:
                self._give_up()
                return

    def _answers(self) -> bool:
        """Say whether the scheduler answers and has a worker."""
        try:
            told = self._client.sync(self._client.scheduler.identity, callback_timeout=self._look)
        except Exception:  # whatever the network or the package made of it
            return False
        return bool(told.get("workers"))

    def _give_up(self) -> None:
        with self._lock:
            self._lost = True
            given, self._pending = self._pending, set()
        for answer in given:
            answer.set_exception(BrokenExecutor("the scheduler is lost"))


class Workers(ProcessPoolExecutor):
    """Worker processes; what they are doing when they are shut down is given up."""

    def shutdown(self, wait: bool = True, kill_workers: bool = True) -> None:
        """End the processes, with a signal unless told otherwise."""
        super().shutdown(wait=wait, kill_workers=kill_workers)


class Synchronous(Executor):
    """Runs each task at once in the caller's own thread; for tests and small tools."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run the task; the future is finished and holds its result or exception."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future
