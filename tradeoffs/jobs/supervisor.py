"""The link to the worker: calls it, and builds a new one when it died."""

import os
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Executor
from contextlib import suppress
from typing import Any, Literal

from tradeoffs.errors import WorkerError
from tradeoffs.jobs.lease import leased
from tradeoffs.jobs.worker import Machine

SupervisorState = Literal["starting", "ready", "failed"]


class Supervisor:
    """An executor that outlives its worker; used from several threads.

    Args:
        factory: makes an executor; called at the first call and after each death.
        machine: what it is made for.
    """

    def __init__(self, factory: Callable[[Machine], Executor], machine: Machine) -> None:
        """Remember how to make an executor; the first call makes it."""
        self._factory = factory
        self._machine = machine
        self._executor: Executor | None = None
        self._lock = threading.Lock()
        self._changed = threading.Condition()
        self._state: SupervisorState = "starting"
        self._closed = False

    @property
    def state(self) -> SupervisorState:
        """Starting until a call came back, failed once one was given up."""
        return self._state

    def wait_ready(self, timeout: float) -> bool:
        """Wait until the worker is no longer starting; return whether it is ready."""
        with self._changed:
            self._changed.wait_for(lambda: self._state != "starting", timeout)
        return self._state == "ready"

    def start(self) -> None:
        """Make the executor now and start its processes, without waiting for them.

        A program's first process pool has to be known before the program begins to end, or its
        end is never told to the pool.  What goes wrong is raised by the next `call`.
        """
        with suppress(Exception):
            self._made().submit(os.getpid)

    def call(self, function: Callable[..., Any], *args: Any) -> Any:
        """Run a function in the worker and return what it returns, or raise what it raises.

        Raises:
            InvalidInput: the arguments speak of an own table that is gone, or the executor is at an
                address where none answers.
            WorkerError: the worker died, and the next call is made to a new one; or the link was
                closed.
        """
        function, args = leased(function, args)
        executor = self._made()
        try:
            future = executor.submit(function, *args)
        except RuntimeError as error:  # found dead, or the program is ending
            raise self._lost(executor) from error
        try:
            error = future.exception()
        except CancelledError as cancelled:
            raise self._lost(executor) from cancelled
        if isinstance(error, BrokenExecutor) or (error and self._closed):
            raise self._lost(executor) from error
        self._become("ready")
        return future.result()

    def fail(self) -> None:
        """Note that the worker was given up; a later call may still revive it."""
        self._become("failed")

    def close(self) -> None:
        """Shut the executor down for good."""
        with self._lock:
            self._closed = True
            if self._executor is not None:
                self._executor.shutdown(wait=False)
                self._executor = None

    def _made(self) -> Executor:
        with self._lock:
            if self._closed:
                raise WorkerError("worker_shut_down")
            if self._executor is None:
                try:
                    self._executor = self._factory(self._machine)
                except Exception:
                    self._become("failed")
                    raise
            return self._executor

    def _lost(self, executor: Executor) -> WorkerError:
        with self._lock:
            if self._executor is executor:  # another thread may have replaced it already
                executor.shutdown(wait=False)
                self._executor = None
        self._become("starting")
        return WorkerError("worker_stopped")

    def _become(self, state: SupervisorState) -> None:
        with self._changed:
            self._state = state
            self._changed.notify_all()
