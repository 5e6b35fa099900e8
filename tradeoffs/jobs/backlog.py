"""What a job still has to compute, cut into tasks as late as possible.

Cutting late keeps three promises: a task fits the number of jobs that share the worker now, what
arrived for another job is not computed again, and nothing has to be called back.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tradeoffs.experiments.chunks import Chunk, chunks, cost
from tradeoffs.experiments.plan import Plan
from tradeoffs.results import Outcome


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """A chunk, and the weights of all its models if there is nothing to train."""

    chunk: Chunk
    known: Mapping[str, bytes] | None

    def with_plans(self, trained: Iterable[Outcome]) -> list[tuple[Plan, Outcome]]:
        """Return what came back from a worker with the plans that it is of."""
        plans = {plan.scenario: plan for row in self.chunk.resolve() for plan in row}
        return [(plans[one.scenario], one) for one in trained if one.scenario in plans]


class Backlog:
    """The scenarios a job is missing, in the order in which they are wanted.

    Args:
        missing: plans of different result keys.
        known: weights of models trained before, by model key; they are only measured, and first.
        first: the scenario that goes before all others, alone.
    """

    def __init__(
        self, missing: Sequence[Plan], known: Mapping[str, bytes], first: Plan | None = None
    ) -> None:
        """Take stock; nothing is cut yet."""
        self._left = {plan.result_key: plan for plan in missing}
        self._known = known
        self._first = first.result_key if first else ""
        self._cost = cost(plan for plan in missing if plan.model_key not in known)
        self._count = max(len(missing), 1)
        self._cut: deque[Chunk] = deque()
        self._work: float | None = None  # size of the chunks in _cut; None: cut anew

    def __len__(self) -> int:
        """Return the number of results that no task was taken for."""
        return len(self._left)

    @property
    def work(self) -> float:
        """How much is left to train, roughly, in row-columns."""
        return self._cost * len(self._left) / self._count

    @property
    def first(self) -> bool:
        """Whether the next task is the scenario that goes before all others."""
        return self._first in self._left

    def remove(self, keys: Iterable[str]) -> None:
        """Leave out results that arrived in another way."""
        for key in keys:
            if self._left.pop(key, None):
                self._work = None

    def take(self, work: float) -> Task:
        """Return the next task, of at most `work` row-columns, of those that are left."""
        chunk = self._next(work)
        plans = [plan for row in chunk.resolve() for plan in row]
        for plan in plans:
            del self._left[plan.result_key]
        models = {plan.model_key for plan in plans}
        if models <= self._known.keys():
            return Task(chunk=chunk, known={key: self._known[key] for key in models})
        return Task(chunk=chunk, known=None)

    def all(self, work: float) -> list[Task]:
        """Take all tasks."""
        tasks: list[Task] = []
        while self._left:
            tasks.append(self.take(work))
        return tasks

    def _next(self, work: float) -> Chunk:
        if first := self._left.get(self._first):
            self._work = None
            return chunks([first])[0]
        if work != self._work:
            left = self._left.values()
            measured = [p for p in left if p.model_key in self._known]
            trained = [p for p in left if p.model_key not in self._known]
            self._cut = deque([*chunks(measured, work=work), *chunks(trained, work=work)])
            self._work = work
        return self._cut.popleft()
