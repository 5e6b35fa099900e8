"""The line of jobs: who asked for what, and whose turn it is."""

import time
from collections.abc import Hashable, Mapping

from tradeoffs.errors import Busy
from tradeoffs.jobs.job import Job
from tradeoffs.results import Measurement
from tradeoffs.scenario import Scenario

Identity = tuple[Scenario | None, tuple[Scenario, ...]]  # what was asked for: first, and all


class Line:
    """Jobs by owner and by what they compute; used by one thread at a time.

    Each owner has one job and identical jobs are one.  Turns go round, except that a job that
    has had none yet comes before those that have.

    Args:
        most_jobs: number of unfinished jobs from which a further one is refused.
        lease_seconds: how long a job lives without being polled.
    """

    def __init__(self, most_jobs: int, lease_seconds: float) -> None:
        """Begin empty."""
        self._most_jobs = most_jobs
        self._lease_seconds = lease_seconds
        self._unfinished: list[Job] = []  # the next one to serve in front
        self._jobs: dict[Identity, Job] = {}
        self._owned: dict[Hashable, Job] = {}

    def __len__(self) -> int:
        """Return the number of unfinished jobs."""
        return len(self._unfinished)

    @property
    def ready(self) -> bool:
        """Whether there is a task to take."""
        return any(len(job.todo) for job in self._unfinished)

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

    def add(self, owner: Hashable, identity: Identity, job: Job) -> None:
        """Put a new job in line, unless it is complete; raise Busy if the line is too long."""
        if job.active:
            self._admit(owner)
            self._unfinished.append(job)
        self._jobs[identity] = job
        self.subscribe(owner, job)
        self._rank()

    def subscribe(self, owner: Hashable, job: Job) -> None:
        """Make this the owner's job, in the place of an older one."""
        if self._owned.get(owner) is not job:
            self.leave(owner)
        self._owned[owner] = job
        job.owners.add(owner)
        job.touch()

    def leave(self, owner: Hashable) -> None:
        """Take the owner's job from them; without any owner it is dropped."""
        job = self._owned.pop(owner, None)
        if job is not None:
            job.owners.discard(owner)
            if not job.owners:
                self._forget(job)

    def expire(self) -> None:
        """Forget the jobs that nobody polled in time."""
        oldest = time.monotonic() - self._lease_seconds
        for job in set(self._owned.values()):
            if job.polled < oldest:
                self._forget(job)

    def turn(self) -> Job | None:
        """Return the job whose turn it is and move it to the end; None if there is no work."""
        ready = [job for job in self._unfinished if len(job.todo)]
        if not ready:
            return None
        job = next((job for job in ready if job.state == "waiting"), ready[0])
        self._unfinished.remove(job)
        self._unfinished.append(job)
        job.begin()
        self._rank()
        return job

    def deliver(self, found: Mapping[str, Measurement]) -> None:
        """Give measurements, by result key, to all that miss them."""
        for job in self._unfinished:
            job.deliver(found)
        self._unfinished = [job for job in self._unfinished if job.active]

    def fail(self, job: Job, error: str) -> None:
        """End a job that cannot go on."""
        if job.active:
            job.end("failed", error)
            self._unfinished.remove(job)
            self._rank()

    def _forget(self, job: Job) -> None:
        self._jobs = {identity: one for identity, one in self._jobs.items() if one is not job}
        for owner in job.owners:
            del self._owned[owner]
        job.owners.clear()
        if job.active:
            job.end("dropped")
            self._unfinished.remove(job)
            self._rank()

    def _admit(self, owner: Hashable) -> None:
        old = self._owned.get(owner)
        gives_way = old is not None and old.active and len(old.owners) == 1
        waiting = len(self._unfinished) - gives_way
        if waiting >= self._most_jobs:
            raise Busy(
                f"{waiting} computations are waiting for this machine, which takes no more than "
                f"{self._most_jobs} at a time; try again in a moment"
            )

    def _rank(self) -> None:
        waiting = [job for job in self._unfinished if job.state == "waiting"]
        for place, job in enumerate(waiting, start=1):
            job.position = place
