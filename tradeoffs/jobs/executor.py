"""The seam to bigger machines: `concurrent.futures.Executor`, here or at an address."""

import importlib
import os
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from loky import ProcessPoolExecutor

from tradeoffs.errors import InvalidInput
from tradeoffs.jobs.worker import Machine, begin

VARIABLE = "TRADEOFFS_EXECUTOR"
ONE_CORE = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "LOKY_MAX_CPU_COUNT")
# For glibc.  One arena: it otherwise keeps the freed memory of every thread apart.  And keep what
# a step of training frees for the next step: asking the system for it anew costs a tenth.
MEMORY = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_TRIM_THRESHOLD_": str(2**26),
    "MALLOC_MMAP_THRESHOLD_": str(2**26),
}


def chosen(machine: Machine) -> Executor:
    """Return the executor that TRADEOFFS_EXECUTOR names: an address, or `local` (the default)."""
    address = os.environ.get(VARIABLE, "").strip()
    return local(machine) if address in ("", "local") else remote(address)


def local(machine: Machine) -> Executor:
    """Return worker processes that start with the first task and wait for ever for the next.

    Each uses one core.  One that dies breaks the executor: a new one has to be made.
    """
    env = dict.fromkeys(ONE_CORE, "1") | MEMORY
    return Workers(machine.workers, timeout=None, env=env, initializer=begin)


def remote(address: str) -> Executor:
    """Return the workers of a Dask scheduler, such as tcp://host:8786.

    Raises:
        InvalidInput: the package distributed, which this one does not need, is not installed.
        OSError: nobody answers at the address.
    """
    try:
        distributed = importlib.import_module("distributed")
    except ImportError:
        raise InvalidInput(
            f"{VARIABLE}={address!r} is an address, and the package distributed that talks to it "
            "is not installed; install it, or set the variable to 'local'"
        ) from None
    return distributed.Client(address).get_executor()


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
