"""The seam to bigger machines: `concurrent.futures.Executor`, here or at an address."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial
from typing import Any

from loky import ProcessPoolExecutor

from tradeoffs import settings
from tradeoffs.jobs.scheduler import Scheduler, connect
from tradeoffs.jobs.worker import Machine, begin

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


def local(machine: Machine, load: str = "tradeoffs.experiments.run") -> Executor:
    """Return worker processes that start with the first task and wait for ever for the next.

    Each uses one core.  One that dies breaks the executor: a new one has to be made.

    Args:
        machine: how many.
        load: module that each loads as it starts, by default torch and all that trains.
    """
    env = dict.fromkeys(ONE_CORE, "1") | MEMORY | LEAK
    return Workers(machine.workers, timeout=None, env=env, initializer=begin, initargs=(load,))


def remote(address: str) -> Scheduler:
    """Return the workers of a Dask scheduler, such as tcp://host:8786; errors are of `connect`."""
    return Scheduler(partial(connect, address))


def check() -> None:
    """Raise InvalidInput if `settings.EXECUTOR` names a scheduler that cannot be used."""
    if (address := settings.EXECUTOR.read()) != "local":
        remote(address).shutdown()


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
