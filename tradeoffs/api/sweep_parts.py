"""Sweep parts: train the models of a sweep part by part, and write each into a folder."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tradeoffs
from tradeoffs.api.sweep_folder import SweepFolder
from tradeoffs.api.sweep_plan import SweepPlan, plan_sweep
from tradeoffs.engine.recipe import RECIPE_VERSION
from tradeoffs.errors import WorkerError
from tradeoffs.experiments.chunks import LARGEST_WORK
from tradeoffs.experiments.comparison import Comparison, table
from tradeoffs.experiments.plan import resolve
from tradeoffs.fronts.remarks import remark_column
from tradeoffs.jobs.backlog import Backlog, Task
from tradeoffs.jobs.batch import Progress
from tradeoffs.jobs.job import Job
from tradeoffs.jobs.lease import leased
from tradeoffs.jobs.window import Call, answers
from tradeoffs.jobs.worker import work
from tradeoffs.measurement import Measurement
from tradeoffs.messages.wording import cut
from tradeoffs.report.remedies.gain_columns import references, with_gains
from tradeoffs.results import CONFIGURATION
from tradeoffs.scenario import Scenario, Sweep

if TYPE_CHECKING:
    import pandas as pd

MOST_DEATHS = 3  # without a part in between: then a task kills them


def run_parts(
    sweep: Sweep,
    folder: Path,
    open_executor: Callable[[], Executor],
    *,
    at_once: int,
    progress: Progress = lambda done, total: None,
) -> SweepPlan:
    """Train and measure the models of a sweep that a folder lacks, and write them part by part.

    Results depend on the sweep alone, whoever trains and however often it was stopped.  After a
    worker died the parts that are not there are begun anew.

    Args:
        sweep: of any size that a sweep may have; few of its models are in memory at a time.
        folder: made, empty, or with some parts of the same sweep.
        open_executor: returns the workers; asked again after one died.
        at_once: tasks under way, at least 1; some for each worker.
        progress: is told how far it is.

    Raises:
        InvalidInput: a scenario that cannot be trained, or a folder of something else.
        WorkerError: workers died MOST_DEATHS times without a part in between, or tasks failed.
    """
    plan = plan_sweep(sweep)
    there = SweepFolder(folder, _told(sweep, plan), plan.sizes)
    deaths = 0  # without a part in between
    while missing := there.missing():
        try:
            with _opened(open_executor) as executor:
                _Run(plan, there, missing, progress).train(executor, at_once)
        except BrokenExecutor as error:
            deaths = deaths + 1 if there.missing() == missing else 1
            if deaths == MOST_DEATHS:
                raise WorkerError("worker_stopped_folder", folder=str(folder)) from error
    progress(plan.models, plan.models)
    there.align()
    return plan


def _told(sweep: Sweep, plan: SweepPlan) -> dict[str, object]:
    """Return what a folder holds, for who looks into it and for who goes on."""
    return {
        "version": tradeoffs.__version__,
        "recipe": RECIPE_VERSION,
        "scenario": sweep.base.to_query(),
        "axes": {name: list(map(str, values)) for name, values in sweep.axes.items()},
        "seeds": sweep.seeds,
        "models": plan.models,
        "parts": len(plan.sizes),
        "digest": plan.digest,
    }


@contextmanager
def _opened(open_executor: Callable[[], Executor]) -> Iterator[Executor]:
    executor = open_executor()
    try:
        yield executor
    finally:
        executor.shutdown()


@dataclass(slots=True)
class _Part:
    """A part under way.

    Attributes:
        scenarios: of its rows, in their order.
        references: communities that train alone, which its gains are over.
        left: number of tasks that have not arrived.
        found: what has arrived, by result key.
        failed: whether a task of it failed: it is not written.
    """

    scenarios: Sequence[Scenario]
    references: Sequence[Scenario]
    left: int
    found: dict[str, Measurement] = field(default_factory=dict[str, Measurement])
    failed: bool = False

    def frame(self, among: Comparison) -> "pd.DataFrame":
        """Return its rows, one a model and split; of remarks those that need no other setting."""
        frame = table(self._job(self.scenarios).results(), among)
        if any(one.communities for one in self.scenarios):
            frame = with_gains(frame, self._job([*self.scenarios, *self.references]))
        return frame.assign(remarks=remark_column(frame, CONFIGURATION, compared=False))

    def _job(self, scenarios: Sequence[Scenario]) -> Job:
        plans = list(map(resolve, scenarios))
        job = Job(plans)
        job.deliver({plan.result_key: self.found[plan.result_key] for plan in plans})
        return job


class _Run:
    """The training of some parts of a sweep."""

    def __init__(
        self, plan: SweepPlan, folder: SweepFolder, missing: Sequence[int], progress: Progress
    ) -> None:
        self._plan, self._folder, self._progress = plan, folder, progress
        self._missing = frozenset(missing)
        self._there = plan.models - sum(plan.sizes[number] for number in missing)
        self._parts: dict[int, _Part] = {}
        self._failures: list[tuple[Scenario, BaseException]] = []

    def train(self, executor: Executor, at_once: int) -> None:
        """Write the parts as they get done; WorkerError names what failed, once all are."""
        self._tell()
        for (number, task), future in answers(self._calls(), executor, at_once):
            part = self._parts[number]
            part.left -= 1
            self._take(part, task, future)
            if not part.left:
                self._end(number)
            self._tell()
        if self._failures:
            scenario, error = self._failures[0]
            named = scenario.to_query() | {"seed": str(scenario.seed)}
            raise WorkerError(
                "sweep_failed",
                failed=len(self._failures),
                scenario=", ".join(f"{name}={value}" for name, value in named.items()),
                reason=cut(" ".join(str(error).split()) or type(error).__name__, 200),
                folder=str(self._folder.path),
            )

    def _calls(self) -> Iterator[tuple[tuple[int, Task], Call]]:
        """Yield the tasks of one part after the other, each when there is room for it."""
        for number, scenarios in self._plan.parts():
            if number in self._missing:
                others = references(scenarios)
                plans = {p.result_key: p for p in map(resolve, [*scenarios, *others])}
                tasks = Backlog(list(plans.values()), {}).all(LARGEST_WORK)
                tasks.sort(key=lambda task: -task.chunk.work)  # no worker is alone at the end
                self._parts[number] = _Part(scenarios, others, left=len(tasks))
                for task in tasks:
                    yield (number, task), leased(work, (task.chunk, task.known))

    def _take(self, part: _Part, task: Task, future: "Future[Any]") -> None:
        error = future.exception()
        if isinstance(error, BrokenExecutor):
            raise error
        if error is not None:
            part.failed = True
            self._failures.append((task.chunk.flat[0], error))
        else:
            pairs = task.with_plans(future.result())
            part.found |= {plan.result_key: one.measurement for plan, one in pairs}

    def _end(self, number: int) -> None:
        part = self._parts.pop(number)
        if not part.failed:
            self._folder.write(number, part.frame(self._plan.comparison))
            self._there += len(part.scenarios)

    def _tell(self) -> None:
        under_way = (min(len(one.found), len(one.scenarios)) for one in self._parts.values())
        self._progress(self._there + sum(under_way), self._plan.models)
