"""The manager of jobs: one for all sessions, it feeds the worker and hands out what arrives."""

import atexit
import logging
import math
import queue
import threading
import time
import weakref
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from concurrent.futures import Executor, Future
from contextlib import suppress
from typing import Any

from tradeoffs.data.table_handle import is_own
from tradeoffs.data.upload.registry import Registry
from tradeoffs.errors import InvalidInput, TradeoffsError, WorkerError
from tradeoffs.experiments.adapt import adapt
from tradeoffs.experiments.chunks import LARGEST_WORK
from tradeoffs.experiments.plan import Plan, resolve
from tradeoffs.jobs.backlog import Backlog, Task
from tradeoffs.jobs.budget import Budgets, Visitor
from tradeoffs.jobs.cache import Cache
from tradeoffs.jobs.executor import open_executor
from tradeoffs.jobs.job import Job
from tradeoffs.jobs.metrics import MODELS, RESULTS, TRAINING
from tradeoffs.jobs.parser import FileParser
from tradeoffs.jobs.queries import Queries
from tradeoffs.jobs.queue import Identity, Queue
from tradeoffs.jobs.record import is_complete
from tradeoffs.jobs.store import Store
from tradeoffs.jobs.supervisor import Supervisor, SupervisorState
from tradeoffs.jobs.worker import Machine, warm_up, work
from tradeoffs.limits import Limits
from tradeoffs.measurement import Measurement
from tradeoffs.messages.message import Coded, Message
from tradeoffs.results import Outcome
from tradeoffs.scenario import Scenario

ATTEMPTS = 3  # at a task whose worker dies
MOST_SHARES = 4  # a task is not cut finer than this: each has a fixed cost
MOST_MODELS = 100_000  # not begun, of some 2 kB each: 240 sweeps of the Explorer
REMEMBERED = 16_000_000  # bytes of measurements: ten screens
CLOSE_SECONDS = 4.0  # for lanes to end, and for what arrived to be stored
TICK_SECONDS = 1.0  # between two looks at the leases while nothing else happens

log = logging.getLogger(__name__)


class Manager:
    """Takes sweeps from many owners and trains what is missing, a task at a time from each.

    Each owner has one job, the newest; identical sweeps of two owners are one job.  A job that
    nobody looks at is dropped.  Only the manager writes the store.

    Args:
        store: where results are kept; its owner closes it.
        executor_factory: makes the executor, and a new one if its worker dies.
        machine: settings of the machine; as many tasks are under way at once as it has workers.
        most_models: number of models not begun from which a further job is refused.
        lease_seconds: how long a job lives without `Job.touch`.
        remembered: bytes of measurements kept in memory, beside those of jobs.
        dataset: what the worker loads at once; None: the one that the first screen shows.
        reader: parses files that visitors bring.
        limits: how much one visitor may ask before others come first; None: no limits.
        wake: called when a page may have something new to draw, by a thread that holds locks.
    """

    def __init__(
        self,
        store: Store,
        executor_factory: Callable[[Machine], Executor] = open_executor,
        *,
        machine: Machine | None = None,
        most_models: int = MOST_MODELS,
        lease_seconds: float = 15.0,
        remembered: int = REMEMBERED,
        dataset: str | None = None,
        reader: FileParser | None = None,
        limits: Limits | None = None,
        wake: Callable[[], None] = lambda: None,
    ) -> None:
        """Start the worker and the threads that feed it."""
        self.store = store
        self.reader = reader or FileParser(wake=wake)
        self.tables = Registry()  # that visitors brought
        self._wake = wake
        machine = machine or Machine.here()
        self._dataset = dataset or adapt(Scenario.of())[0].dataset
        self._link = Supervisor(executor_factory, machine)
        self._link.start()
        self._changed = threading.Condition()  # guards line, memory and closed
        self._limits = limits or Limits()
        budgets = Budgets(self._limits)
        self._line = Queue(most_models, lease_seconds, machine.workers, budgets)
        self._questions = Queries(
            self._link,
            busy=self._at_work,
            wake=wake,
            budgets=budgets,
            most_of_tab=self._limits.questions,
        )
        self._memory: Cache[str, Measurement] = Cache(remembered, lambda _, one: one.size)
        self._own: defaultdict[str, set[str]] = defaultdict(set)  # own table -> result keys
        self._closed = False
        self._warming = machine.workers  # lanes that do
        self._retrying = threading.Lock()
        self._arrivals: queue.SimpleQueue[list[tuple[Plan, Outcome]] | None] = queue.SimpleQueue()
        targets = [self._serve] * machine.workers + [self._keep]
        self._threads = [threading.Thread(target=target, daemon=True) for target in targets]
        for thread in self._threads:
            thread.start()
        # Before the program waits for its worker processes, which an exit hook of atexit is not.
        at_end = getattr(threading, "_register_atexit", atexit.register)
        at_end(_close, weakref.ref(self))

    @property
    def state(self) -> SupervisorState:
        """State of the worker: starting, ready or failed."""
        return self._link.state

    def wait_ready(self, timeout: float) -> bool:
        """Wait until the worker is no longer starting; return whether it is ready."""
        return self._link.wait_ready(timeout)

    def revive(self) -> None:
        """Warm the worker up again if it was given up: what nobody asks for revives it neither."""
        with self._changed:
            busy = self._warming or self._line.ready or self._questions.waiting
            if busy or self._closed or self.state == "ready":
                return
            self._questions.retry(warm_up, self._dataset)
            self._questions.ask(warm_up, self._dataset)

    def waiting(self) -> dict[str, int]:
        """Return how much waits, by kind: jobs not done, models and files not begun, questions."""
        with self._changed:
            jobs, models = len(self._line), self._line.models
        questions, files = self._questions.waiting, self.reader.waiting
        return {"jobs": jobs, "models": models, "questions": questions, "files": files}

    def submit(
        self,
        owner: Hashable,
        scenarios: Iterable[Scenario],
        first: Scenario | None = None,
        payer: Visitor | None = None,
    ) -> Job:
        """Ask for a sweep; what is known already is in the job when this returns.

        Asking again for the same sweep gives the same job; a failed one is tried again once its
        lease is over or it was cancelled.

        Args:
            owner: who asks; a job of theirs that is still under way is given up for this one.
            scenarios: in the order in which results are wanted.
            first: the scenario that is trained before all others, alone; put in front if it is
                not among them.
            payer: whose budget it is charged to; over it, others go first.

        Raises:
            InvalidInput: a scenario that cannot be resolved, or none that may be trained here.
            Busy: too many models wait to be trained, and this job is not complete yet.
            WorkerError: the manager was closed.
        """
        order = list(dict.fromkeys(scenarios))
        if first is not None and first not in order:
            order.insert(0, first)
        identity = Identity(first, order)
        with self._changed:
            self._line.expire()
            if job := self._line.same(owner, identity):
                self._line.subscribe(owner, job, payer)
                return job
        plans = [resolve(scenario) for scenario in order]
        new = self._prepared(plans, None if first is None else plans[order.index(first)])
        with self._changed:
            if job := self._line.same(owner, identity):  # somebody was faster
                self._line.subscribe(owner, job, payer)
                return job
            if self._closed:
                raise WorkerError("shut_down")
            new.deliver(self._remembered(plan.result_key for plan in new.missing()))
            self._line.add(owner, identity, new, payer)
            self._changed.notify_all()
        return new

    def job(self, owner: Hashable) -> Job | None:
        """Return the owner's job, finished or not, as long as its lease lasts."""
        with self._changed:
            return self._line.of(owner)

    def cancel(self, owner: Hashable) -> None:
        """Give up the owner's job, which goes on if somebody else asked for it too, and file."""
        self.reader.cancel(owner)
        with self._changed:
            self._line.leave(owner)

    def forget(self, name: str) -> None:
        """Forget everything about an own table that is gone; jobs about it come to an end."""
        with self._changed:
            self._memory.drop(self._own.pop(name, ()))
            for owner in self._line.owners():
                job = self._line.of(owner)
                if job is not None and name in job.datasets:
                    self._line.leave(owner)
        self._questions.forget(name)

    def ask(
        self,
        function: Callable[..., Any],
        *arguments: Hashable,
        payer: Visitor | None = None,
    ) -> "Future[Any]":
        """Return the future of what `function` returns in a worker; asked once, then remembered.

        It is cancelled if nobody looks at it for a while.
        """
        return self._questions.ask(function, *arguments, payer=payer)

    def look(self, answer: "Future[Any]") -> int:
        """Note that somebody waits for the answer to a question; return how many are before it."""
        return self._questions.look(answer)

    def retry(self, function: Callable[..., Any], *arguments: Hashable) -> None:
        """Forget the answer to a question, so that it is asked again."""
        self._questions.retry(function, *arguments)

    def close(self) -> None:
        """Stop: what has arrived is stored, what is under way is given up."""
        with self._changed:
            if self._closed:
                return
            self._closed = True
            for owner in self._line.owners():
                self._line.leave(owner)
            self._changed.notify_all()
        self._link.close()
        self._questions.close()
        self.reader.close()
        until = time.monotonic() + CLOSE_SECONDS / 2
        for thread in self._threads[:-1]:
            thread.join(max(0.0, until - time.monotonic()))
        self._arrivals.put(None)
        self._threads[-1].join(CLOSE_SECONDS / 2)

    def _at_work(self) -> bool:
        """Say whether jobs have tasks that nobody has taken."""
        with self._changed:
            return self._line.ready

    # The lanes: each takes tasks to the worker, one after the other.

    def _serve(self) -> None:
        self._warm_up()
        with self._changed:
            self._warming -= 1
        while self._served():
            pass

    def _served(self) -> bool:
        """Wait for a task and run it; False when the manager is closed.

        While a lane waits it holds no job: what nobody looks at any more is gone.
        """
        turn = self._turn()
        if turn is not None:
            job, task = turn
            try:
                self._run(job, task)
            except Exception as error:
                self._fail(job, error)
        return turn is not None

    def _warm_up(self) -> None:
        for _ in range(ATTEMPTS):
            try:
                warmth = self._link.call(warm_up, self._dataset)
            except WorkerError:
                continue
            except Exception:
                log.exception("the worker could not be warmed up")
                break
            log.info("the worker is ready: %s", warmth)
            return
        self._link.fail()

    def _turn(self) -> tuple[Job, Task] | None:
        """Wait for something to do and return it; None when the manager is closed."""
        with self._changed:
            while not self._closed:
                self._line.expire()
                if job := self._line.turn():
                    try:
                        task = job.todo.take(LARGEST_WORK / shares(len(self._line)))
                        self._line.charge(job, 0.0 if task.known else task.chunk.work)
                        return job, task
                    except Exception as error:  # a lane must outlive whatever fails
                        self._fail(job, error)
                        continue
                self._changed.wait(TICK_SECONDS if self._line.owners() else None)
            return None

    def _run(self, job: Job, task: Task) -> None:
        """Run a task, and again if its worker dies: then one lane at a time.

        All workers die together, and of two lanes the innocent one must not lose each attempt.
        """
        began = time.monotonic()
        try:
            trained = self._link.call(work, task.chunk, task.known)
        except WorkerError:
            with self._retrying:
                trained = self._retried(job, task)
        else:
            seconds = time.monotonic() - began
            TRAINING.inc(seconds)
            with self._changed:
                self._line.time(seconds)
        if trained is not None:
            self._arrived(job, task, trained)

    def _retried(self, job: Job, task: Task) -> list[Outcome] | None:
        """Return the outcome of a further attempt; None if nobody waits for it any more."""
        for _ in range(ATTEMPTS - 1):
            with self._changed:
                job.tell(Message("worker_restarted"))
                if not job.active:
                    return None
            with suppress(WorkerError):
                return self._link.call(work, task.chunk, task.known)
        self._link.fail()
        raise WorkerError("worker_stopped_often", times=ATTEMPTS)

    def _arrived(self, job: Job, task: Task, trained: Sequence[Outcome]) -> None:
        pairs = task.with_plans(trained)
        found = {plan.result_key: one.measurement for plan, one in pairs}
        MODELS.inc(len(found))
        with self._changed:
            self._memory.add(found)
            for plan, _ in pairs:
                if is_own(plan.dataset.name):
                    self._own[plan.dataset.name].add(plan.result_key)
            self._line.deliver(found)
        self._arrivals.put(pairs)
        if lost := len(task.chunk.flat) - len(found):
            raise WorkerError("results_lost", lost=lost)

    def _fail(self, job: Job, error: Exception) -> None:
        if isinstance(error, TradeoffsError):
            why: Coded = error
        else:
            # What stands in an error may stand in the table, and nothing of an own one is logged.
            own = any(map(is_own, job.datasets))
            log.error("a task failed: %s", type(error).__name__, exc_info=None if own else error)
            why = Message("unexpected_error", kind=type(error).__name__)
        with self._changed:
            self._line.fail(job, why)

    # What is known.

    def _prepared(self, plans: Sequence[Plan], first: Plan | None) -> Job:
        """Return a job with what memory or the store holds, and what is left to do."""
        keys = [plan.result_key for plan in plans]
        with self._changed:
            found = self._remembered(keys)
        left = [key for key in keys if key not in found]
        stored = self.store.results(left, decisions=False)
        with self._changed:
            self._memory.add(stored)
        found |= stored
        beyond = [p for p in plans if p.result_key not in found and not self._trains(p)]
        left_out = {plan.result_key for plan in beyond}
        allowed = [plan for plan in plans if plan.result_key not in left_out]
        if beyond and not allowed:
            raise self._error(beyond[0])
        job = Job(allowed, self._wake, self.store.decisions)
        if beyond:
            job.tell(Message.of(self._error(beyond[0])))
        job.deliver(found)
        missing = job.missing()
        counts = {"memory": len(found), "store": len(stored), "missing": len(missing)}
        for source, count in counts.items():
            RESULTS.labels(source).inc(count)
        known = self.store.weights(plan.model_key for plan in missing) if missing else {}
        job.todo = Backlog(missing, known, first)
        return job

    def _trains(self, plan: Plan) -> bool:
        """Say whether a model is within what this server trains."""
        most = self._limits
        rows, width = plan.scenario.rows, plan.scenario.width
        return not (0 < most.rows < rows or 0 < most.width < width)

    def _error(self, plan: Plan) -> InvalidInput:
        """Return why a model is not trained here."""
        rows, width = plan.scenario.rows, plan.scenario.width
        if 0 < self._limits.rows < rows:
            return InvalidInput("rows_beyond_limit", rows=rows, most=self._limits.rows)
        return InvalidInput("width_beyond_limit", width=width, most=self._limits.width)

    def _remembered(self, keys: Iterable[str]) -> dict[str, Measurement]:
        """Return what memory holds and counts as measured (see `is_complete`)."""
        found = self._memory.find(keys)
        able = {schema for schema in {one.schema for one in found.values()} if is_complete(schema)}
        return {key: one for key, one in found.items() if one.schema in able}

    def _keep(self) -> None:
        """Store what arrives, apart from the lanes: the worker need not wait for the disk."""
        while self._kept():
            pass

    def _kept(self) -> bool:
        """Wait for results and store them; False when there will be no more."""
        pairs = self._arrivals.get()
        if pairs is not None:
            try:
                self.store.put(pairs)
            except Exception:
                log.exception("results could not be stored")
        return pairs is not None


def _close(manager: "weakref.ref[Manager]") -> None:
    if one := manager():
        one.close()


def shares(active: int) -> int:
    """Return into how many parts a task is cut when so many jobs take turns: 1, 2 or 4."""
    return min(2 ** int(math.log2(max(active, 1))), MOST_SHARES)
