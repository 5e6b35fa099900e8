"""Reader: files that visitors bring are parsed in processes of their own, which a deadline ends.

A large file takes many seconds of pure Python: in the page process every visitor would wait, and a
worker that trains could not be told to stop.
"""

import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import suppress
from copy import copy
from typing import Any

from tradeoffs import settings
from tradeoffs.errors import Busy, InvalidInput, TradeoffsError, WorkerError
from tradeoffs.jobs.executor import local
from tradeoffs.jobs.worker import Machine

AT_ONCE = 2  # processes
MOST_WAITING = 20


class ParseTask:
    """A file that is being parsed, or waits for it; made by a reader, followed by a page."""

    def __init__(self, key: Hashable, seconds: float) -> None:
        """Begin as one that waits."""
        self.key, self.seconds = key, seconds  # what is read; the deadline
        self.answer: Future[Any] = Future()
        self._began: float | None = None
        self._executor: Executor | None = None
        self._stopped = False
        self._lock = threading.Lock()

    @property
    def elapsed(self) -> float | None:
        """Seconds since it left the line; None while it waits."""
        return None if self._began is None else time.monotonic() - self._began

    def wait(self, seconds: float) -> bool:
        """Return whether the answer is there, or comes within so many seconds."""
        with suppress(FutureTimeout):
            self.answer.exception(seconds)
        return self.answer.done()

    def result(self) -> Any:
        """Return the answer, or raise the error that it is."""
        if error := self.answer.exception():
            raise copy(error)  # one that is raised keeps frames, and they the file
        return self.answer.result()

    def stop(self) -> None:
        """End it: its process is killed, and its answer is an error."""
        with self._lock:
            self._stopped = True
            if self._executor is not None:
                self._executor.shutdown(wait=False)

    def run(
        self, factory: Callable[[], Executor], function: Callable[..., Any], *args: Any
    ) -> None:
        """Parse in a fresh process; the answer then holds what came of it."""
        try:
            self.answer.set_result(self._result(factory, function, *args))
        except Exception as error:
            told = isinstance(error, TradeoffsError) and not self._stopped
            self.answer.set_exception(copy(error) if told else WorkerError("file_not_read"))

    def _result(
        self, factory: Callable[[], Executor], function: Callable[..., Any], *args: Any
    ) -> Any:
        with self._lock:
            if self._stopped:
                raise WorkerError("stopped_before_it_began")
            self._executor, self._began = factory(), time.monotonic()
        try:
            return self._executor.submit(function, *args).result(self.seconds)
        except FutureTimeout:
            raise InvalidInput(
                "file_took_too_long", seconds=self.seconds, variable=settings.IMPORT_SECONDS.name
            ) from None
        finally:
            self._executor.shutdown(wait=False)


class FileParser:
    """Parses at most one file of each owner at a time, the newest; used by any thread.

    Args:
        factory: makes the process of one file.
        seconds: after which it is ended; None asks `settings.IMPORT_SECONDS`.
        wake: called when a file was read.
    """

    def __init__(
        self,
        factory: Callable[[], Executor] | None = None,
        seconds: float | None = None,
        wake: Callable[[], None] = lambda: None,
    ) -> None:
        """Begin with nothing to read."""
        self._wake = wake
        self._factory = factory or (lambda: local(Machine(workers=1), load=""))
        self._seconds = settings.IMPORT_SECONDS.read() if seconds is None else seconds
        self._threads = ThreadPoolExecutor(AT_ONCE, "reader")
        self._lock = threading.Lock()
        self._of: dict[Hashable, ParseTask] = {}  # owner -> their newest

    def read(
        self, owner: Hashable, key: Hashable, function: Callable[..., Any], *args: Any
    ) -> ParseTask:
        """Return the reading of that key, which begins now unless it has; an older one is stopped.

        Raises:
            Busy: too many files wait.
        """
        with self._lock:
            before = self._of.get(owner)
            if before is not None and before.key == key:
                return before
            waiting = [one for one in self._of.values() if not one.answer.done()]
            if len(waiting) >= MOST_WAITING:
                raise Busy("files_waiting", waiting=len(waiting), most=MOST_WAITING)
            new = self._of[owner] = ParseTask(key, self._seconds)
            new.answer.add_done_callback(lambda _: self._wake())
        if before is not None:
            before.stop()
        self._threads.submit(new.run, self._factory, function, *args)
        return new

    @property
    def waiting(self) -> int:
        """Number of files that wait or are read."""
        with self._lock:
            return sum(not one.answer.done() for one in self._of.values())

    def before(self, reading: ParseTask) -> int:
        """Return how many files wait or are read before this one."""
        with self._lock:
            every = list(self._of.values())
        if reading not in every:
            return 0
        return sum(not one.answer.done() for one in every[: every.index(reading)])

    def cancel(self, owner: Hashable) -> None:
        """Stop an owner's reading and forget it."""
        with self._lock:
            found = self._of.pop(owner, None)
        if found is not None:
            found.stop()

    def close(self) -> None:
        """Stop everything."""
        for owner in list(self._of):
            self.cancel(owner)
        self._threads.shutdown(wait=False, cancel_futures=True)
