"""Questions: small things that only a worker can compute, asked once and remembered."""

import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from tradeoffs.errors import Busy, WorkerError
from tradeoffs.jobs.budget import Budgets, Visitor
from tradeoffs.jobs.cache import Cache, pickle_size
from tradeoffs.jobs.lease import own_names
from tradeoffs.jobs.supervisor import Supervisor

ATTEMPTS = 2  # at a question whose worker dies
MOST_BYTES = 20_000_000  # of answers that are remembered, with what was asked
MOST_WAITING = 50
LEASE_SECONDS = 15.0  # how long a question waits without anybody looking at it
PATIENCE_SECONDS = 5.0  # how long one lets jobs go first
LOOK_SECONDS = 0.05  # between two looks at whether jobs are still at work

Key = tuple[Callable[..., Any], tuple[Hashable, ...]]  # function, arguments


@dataclass(kw_only=True, slots=True, eq=False)
class Query:
    """One that waits, and when somebody last looked at it."""

    key: Key
    answer: "Future[Any]" = field(default_factory=Future)
    looked: float = field(default_factory=time.monotonic)
    payers: set[Visitor | None] = field(default_factory=set)


class Queries:
    """Calls the worker beside the jobs, one question at a time; used by any thread.

    Questions of those within their budget go first, and among either the oldest.

    A question that nobody looks at any more is cancelled unless it is being computed already.
    While jobs have work to do, each question lets them go first for PATIENCE_SECONDS.

    Args:
        link: to the worker.
        most_waiting: unanswered questions from which a further one is refused.
        busy: says whether jobs have work to do.
        lease_seconds: how long a question waits without a look.
        patience_seconds: how long a question lets jobs go first.
        wake: called when an answer is there.
        budgets: of those who ask; None limits nobody.
        most_of_tab: questions of one tab that wait at once; 0 is no limit.
    """

    def __init__(
        self,
        link: Supervisor,
        most_waiting: int = MOST_WAITING,
        *,
        busy: Callable[[], bool] = lambda: False,
        lease_seconds: float = LEASE_SECONDS,
        patience_seconds: float = PATIENCE_SECONDS,
        wake: Callable[[], None] = lambda: None,
        budgets: Budgets | None = None,
        most_of_tab: int = 0,
    ) -> None:
        """Begin with nothing asked."""
        self._budgets, self._most_of_tab = budgets or Budgets(), most_of_tab
        self._link, self._busy, self._wake = link, busy, wake
        self._most_waiting = most_waiting
        self._lease_seconds, self._patience_seconds = lease_seconds, patience_seconds
        self._changed = threading.Condition()  # guards the following
        self._asked: Cache[Key, Future[Any]] = Cache(MOST_BYTES, _bytes)
        self._waiting: list[Query] = []  # in the order asked
        self._closed = False
        threading.Thread(target=self._serve, name="questions", daemon=True).start()

    @property
    def waiting(self) -> int:
        """Number of questions without an answer."""
        with self._changed:
            return len(self._waiting)

    def ask(
        self,
        function: Callable[..., Any],
        *arguments: Hashable,
        payer: Visitor | None = None,
    ) -> "Future[Any]":
        """Return the future of what `function` returns in a worker; the same for equal questions.

        The future holds a WorkerError where the worker died at each attempt or was shut down. It is
        cancelled if nobody looks at it (see `look`), and a question is then asked anew.

        Raises:
            Busy: too many questions are unanswered, or too many of this tab.
        """
        key = (function, arguments)
        with self._changed:
            if key in (found := self._asked.find([key])):
                self._look(found[key], payer)
                return found[key]
            self._admit(payer)
            question = Query(key=key, payers={payer})
            question.answer.add_done_callback(lambda _: self._wake())
            self._waiting.append(question)
            self._asked.add({key: question.answer})
            self._changed.notify_all()
        return question.answer

    def look(self, answer: "Future[Any]") -> int:
        """Note that somebody still waits for an answer; return how many questions are before it."""
        with self._changed:
            return self._look(answer)

    def retry(self, function: Callable[..., Any], *arguments: Hashable) -> None:
        """Forget the answer to a question, so that it is asked again."""
        with self._changed:
            self._asked.drop([(function, arguments)])

    def forget(self, name: str) -> None:
        """Forget the answers about an own table."""
        with self._changed:
            self._asked.drop([key for key in self._asked if name in own_names(key[1])])

    def close(self) -> None:
        """Give up what is not answered yet."""
        with self._changed:
            self._closed = True
            for question in self._waiting:
                question.answer.cancel()
            self._waiting.clear()
            self._changed.notify_all()

    def _admit(self, payer: Visitor | None) -> None:
        if len(self._waiting) >= self._most_waiting:
            raise Busy("questions_waiting", waiting=len(self._waiting))
        own = sum(payer in question.payers for question in self._waiting)
        if payer is not None and 0 < self._most_of_tab <= own:
            raise Busy("own_questions_waiting", waiting=own)

    def _look(self, answer: "Future[Any]", payer: Visitor | None = None) -> int:
        for place, question in enumerate(self._order()):
            if question.answer is answer:
                question.looked = time.monotonic()
                if payer is not None:
                    question.payers.add(payer)
                return place
        return 0

    def _order(self) -> list[Query]:
        """Return the questions in the order in which they are answered; that at work is first."""
        return sorted(
            self._waiting,
            key=lambda one: -1 if one.answer.running() else self._budgets.rank(one.payers),
        )

    def _serve(self) -> None:
        while self._wait():
            until = time.monotonic() + self._patience_seconds
            while self._busy() and time.monotonic() < until:
                time.sleep(LOOK_SECONDS)
            if question := self._next():
                self._answer(question)

    def _wait(self) -> bool:
        """Wait for a question; False once this is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or bool(self._waiting))
            return not self._closed

    def _next(self) -> Query | None:
        """Return the first question that somebody waits for, and cancel those before it."""
        with self._changed:
            oldest = time.monotonic() - self._lease_seconds
            for question in self._order():
                if question.looked >= oldest and question.answer.set_running_or_notify_cancel():
                    return question
                self._leave(question)
                self._asked.drop([question.key])
                question.answer.cancel()
            return None

    def _leave(self, question: Query) -> None:
        if question in self._waiting:  # closing empties it
            self._waiting.remove(question)

    def _answer(self, question: Query) -> None:
        began = time.monotonic()
        try:
            found, error = self._called(*question.key), None
        except Exception as problem:
            found, error = None, problem
        with self._changed:
            self._leave(question)
        self._budgets.charge(question.payers, time.monotonic() - began)
        if error is not None:
            question.answer.set_exception(error)
        else:
            question.answer.set_result(found)
            with self._changed:
                if self._asked.find([question.key]):  # nobody forgot it meanwhile
                    self._asked.add({question.key: question.answer})  # which has its size now

    def _called(self, function: Callable[..., Any], arguments: tuple[Hashable, ...]) -> Any:
        for _ in range(ATTEMPTS - 1):
            try:
                return self._link.call(function, *arguments)
            except WorkerError:
                continue  # the link makes a new worker
        return self._link.call(function, *arguments)


def _bytes(key: Key, answer: "Future[Any]") -> int:
    """Return the size of a question and its answer; an answer to come counts for nothing yet."""
    whole = answer.done() and not answer.cancelled() and answer.exception() is None
    return pickle_size((key[1], answer.result() if whole else None))
