"""The line of jobs: who asked for what, and whose turn it is."""

import time
from collections import deque
from collections.abc import Hashable, Iterable, Iterator, Mapping

from tradeoffs.errors import Busy
from tradeoffs.jobs.budget import WORK_A_SECOND, Budgets, Rank, Visitor
from tradeoffs.jobs.job import Job
from tradeoffs.jobs.metrics import FAILURES, MOVES
from tradeoffs.measurement import Measurement
from tradeoffs.messages.message import Coded
from tradeoffs.scenario import Scenario

OLDEST_EVERY = 16  # of so many jobs that begin, one is the oldest: the newest alone starve others
RANK_SECONDS = 1.0  # between two places told to one who waits: each is drawn in a browser
TIMED = 20  # tasks whose mean tells how long the next ones take


class Identity:
    """What was asked for: first, and all; hashed once, as some hundred scenarios take a while."""

    __slots__ = ("_asked", "_hash")

    def __init__(self, first: Scenario | None, scenarios: Iterable[Scenario]) -> None:
        """Remember both."""
        self._asked = first, tuple(scenarios)
        self._hash = hash(self._asked)

    def __hash__(self) -> int:
        """Return what equal ones have in common."""
        return self._hash

    def __eq__(self, other: object) -> bool:
        """Return whether the same was asked for."""
        if not isinstance(other, Identity):
            return NotImplemented
        return self._hash == other._hash and self._asked == other._asked


class Queue:
    """Jobs by owner and by what they compute; used by one thread at a time.

    Each owner has one job and identical jobs are one.  Jobs of those within their budget come
    before all others.  Among either, first come jobs whose first task, a single model, is not
    taken; then others that have had nothing; then all in turn.  Of jobs that have had nothing the
    newest goes first: under overload the older wishes are those that visitors are about to replace.

    Args:
        most_models: number of models not begun from which a further job is refused.
        lease_seconds: how long a job lives without being touched.
        lanes: number of tasks under way at once.
        budgets: of those who ask; None limits nobody.
    """

    def __init__(
        self,
        most_models: int,
        lease_seconds: float,
        lanes: int = 1,
        budgets: Budgets | None = None,
    ) -> None:
        """Begin empty."""
        self._budgets = budgets or Budgets()
        self._most_models = most_models
        self._lease_seconds = lease_seconds
        self._lanes = lanes
        self._begun = 0  # jobs
        self._ranked = 0.0  # when all were told their places
        self._seconds: deque[float] = deque(maxlen=TIMED)  # of tasks
        self._unfinished: list[Job] = []  # those waiting by age, those running by their last turn
        self._jobs: dict[Identity, Job] = {}
        self._owned: dict[Hashable, Job] = {}

    def __len__(self) -> int:
        """Return the number of unfinished jobs."""
        return len(self._unfinished)

    @property
    def ready(self) -> bool:
        """Whether there is a task to take."""
        return any(len(job.todo) for job in self._unfinished)

    @property
    def models(self) -> int:
        """Number of models that are not begun."""
        return sum(len(job.todo) for job in self._unfinished)

    def of(self, owner: Hashable) -> Job | None:
        """Return the owner's job, finished or not."""
        return self._owned.get(owner)

    def owners(self) -> list[Hashable]:
        """Return all who have a job."""
        return list(self._owned)

    def same(self, owner: Hashable, identity: Identity) -> Job | None:
        """Return the job that computes just this; one that failed only to who saw it fail."""
        job = self._jobs.get(identity)
        if job is None or (job.state == "failed" and owner not in job.owners):
            return None
        return job

    def add(
        self, owner: Hashable, identity: Identity, job: Job, payer: Visitor | None = None
    ) -> None:
        """Put a new job in line, unless it is complete; raise Busy if the line is too long."""
        if job.active:
            self._admit(owner)
            self._unfinished.append(job)
        self._jobs[identity] = job
        self.subscribe(owner, job, payer)

    def subscribe(self, owner: Hashable, job: Job, payer: Visitor | None = None) -> None:
        """Make this the owner's job, in the place of an older one."""
        job.payers[owner] = payer
        if self._owned.get(owner) is not job:
            MOVES.inc()
            self.leave(owner)
            if job.state == "waiting":  # a new wish
                self._move_to_end(job)
                self._rank()
        self._owned[owner] = job
        job.owners.add(owner)
        job.touch()

    def leave(self, owner: Hashable) -> None:
        """Take the owner's job from them; without any owner it is dropped."""
        job = self._owned.pop(owner, None)
        if job is not None:
            job.owners.discard(owner)
            job.payers.pop(owner, None)
            if not job.owners:
                self._forget(job)

    def expire(self) -> None:
        """Forget the jobs that nobody touched in time."""
        oldest = time.monotonic() - self._lease_seconds
        for job in set(self._owned.values()):
            if job.touched < oldest:
                self._forget(job)
        self._rank()

    def turn(self) -> Job | None:
        """Return the job whose turn it is and move it to the end; None if there is no work."""
        job = next(self._order(), None)
        if job is not None:
            self._begun += job.state == "waiting"
            self._move_to_end(job)
            job.begin()
            self._rank()
        return job

    def charge(self, job: Job, work: float) -> None:
        """Let those who asked for a job pay for a task of it, in row-columns."""
        self._budgets.charge(job.payers.values(), work / WORK_A_SECOND)

    def time(self, seconds: float) -> None:
        """Note how long a task took."""
        self._seconds.append(seconds)

    def deliver(self, found: Mapping[str, Measurement]) -> None:
        """Give measurements, by result key, to all that miss them."""
        for job in self._unfinished:
            job.deliver(found)
        self._unfinished = [job for job in self._unfinished if job.active]
        self._rank()

    def fail(self, job: Job, error: Coded) -> None:
        """End a job that cannot go on."""
        if job.active:
            FAILURES.inc()
            job.end("failed", error)
            self._unfinished.remove(job)
            self._rank()

    def _forget(self, job: Job) -> None:
        self._jobs = {identity: one for identity, one in self._jobs.items() if one is not job}
        for owner in job.owners:
            del self._owned[owner]
        job.owners.clear()
        job.payers.clear()
        if job.active:
            job.end("dropped")
            self._unfinished.remove(job)
            self._rank()

    def _admit(self, owner: Hashable) -> None:
        old = self._owned.get(owner)
        gives_way = old is not None and len(old.owners) == 1
        waiting = sum(len(one.todo) for one in self._unfinished if not (gives_way and one is old))
        if waiting >= self._most_models:
            raise Busy("models_waiting", waiting=waiting, most=self._most_models)

    def _order(self) -> Iterator[Job]:
        """Yield the jobs that have tasks in the order in which they are served."""
        ready: dict[Rank, list[Job]] = {0: [], 1: [], 2: []}
        for job in self._unfinished:
            if len(job.todo):
                price = job.todo.work / WORK_A_SECOND
                job.stand(self._budgets.rank(job.payers.values(), price))
                ready[job.behind].append(job)
        for jobs in ready.values():
            yield from self._among(jobs)

    def _among(self, ready: list[Job]) -> Iterator[Job]:
        """Yield jobs of one rank in the order in which they are served."""
        waiting = [job for job in ready if job.state == "waiting"]
        alone = deque(job for job in waiting if job.todo.first)
        others = deque(job for job in waiting if not job.todo.first)
        for turn in range(self._begun + 1, self._begun + 1 + len(waiting)):
            left = alone or others
            yield left.pop() if turn % OLDEST_EVERY else left.popleft()
        yield from (job for job in ready if job.state != "waiting")

    def _move_to_end(self, job: Job) -> None:
        self._unfinished.remove(job)
        self._unfinished.append(job)

    def _rank(self) -> None:
        each = sum(self._seconds) / len(self._seconds) / self._lanes if self._seconds else None
        due = (now := time.monotonic()) - self._ranked >= RANK_SECONDS
        self._ranked = now if due else self._ranked
        for place, job in enumerate(self._order(), start=1):
            if job.state == "waiting" and (due or not job.position):
                job.position = place
                job.expected_wait = None if each is None else place * each
