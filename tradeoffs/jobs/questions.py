"""Questions: small things that only a worker can compute, asked once and remembered."""

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from tradeoffs.errors import Busy, WorkerError
from tradeoffs.jobs.carried import own_names
from tradeoffs.jobs.link import Link
from tradeoffs.jobs.memory import Memory

ATTEMPTS = 2  # at a question whose worker dies
Question = tuple[Callable[..., Any], tuple[Hashable, ...]]  # function, arguments
REMEMBERED = 200  # answers
MOST_WAITING = 8


class Questions:
    """Calls the worker beside the jobs, one question at a time; used by any thread.

    Args:
        link: to the worker.
        most_waiting: unanswered questions from which a further one is refused.
    """

    def __init__(self, link: Link, most_waiting: int = MOST_WAITING) -> None:
        """Begin with nothing asked."""
        self._most_waiting, self._waiting = most_waiting, 0
        self._link = link
        self._asker = ThreadPoolExecutor(1, "questions")
        self._lock = threading.Lock()
        self._asked: Memory[Question, Future[Any]] = Memory(REMEMBERED)

    def ask(self, function: Callable[..., Any], *arguments: Hashable) -> "Future[Any]":
        """Return the future of what `function` returns in a worker; the same for equal questions.

        The future holds a WorkerError where the worker died at each attempt or was shut down.

        Raises:
            Busy: too many questions are unanswered.
        """
        key = (function, arguments)
        with self._lock:
            if key in (found := self._asked.find([key])):
                return found[key]
            if self._waiting >= self._most_waiting:
                raise Busy(f"{self._waiting} questions are waiting; ask again in a minute")
            self._waiting += 1
            answer = self._asker.submit(self._answer, function, *arguments)
            self._asked.add({key: answer})
        answer.add_done_callback(self._answered)  # outside the lock: it may be done already
        return answer

    def retry(self, function: Callable[..., Any], *arguments: Hashable) -> None:
        """Forget the answer to a question, so that it is asked again."""
        with self._lock:
            self._asked.drop([(function, arguments)])

    def _answered(self, answer: "Future[Any]") -> None:
        del answer
        with self._lock:
            self._waiting -= 1

    def forget(self, name: str) -> None:
        """Forget the answers about an own table."""
        with self._lock:
            self._asked.drop([key for key in self._asked if name in own_names(key[1])])

    def close(self) -> None:
        """Give up what is not answered yet."""
        self._asker.shutdown(wait=False, cancel_futures=True)

    def _answer(self, function: Callable[..., Any], *arguments: Hashable) -> Any:
        for _ in range(ATTEMPTS - 1):
            try:
                return self._link.call(function, *arguments)
            except WorkerError:
                continue  # the link makes a new worker
        return self._link.call(function, *arguments)
