"""A whole sweep at once: stored results first, then what is missing.  No page uses it."""

from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import TypeVar

from tradeoffs.errors import WorkerError
from tradeoffs.experiments.chunks import LARGEST_WORK
from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs.backlog import Backlog
from tradeoffs.jobs.executor import check, open_executor
from tradeoffs.jobs.lease import leased
from tradeoffs.jobs.store import Store
from tradeoffs.jobs.worker import Machine, work
from tradeoffs.measurement import Measurement
from tradeoffs.results import Outcome, Result
from tradeoffs.scenario import Scenario

# Row-columns that one core trains while another process loads torch: some two seconds.
LITTLE = 8 * LARGEST_WORK
T = TypeVar("T")
Progress = Callable[[int, int], object]  # (scenarios with a result, all)


def run_all(
    scenarios: Sequence[Scenario],
    store: Store | None,
    executor: Executor | None,
    progress: Progress | None = None,
) -> list[Result]:
    """Return the results of all scenarios, in their order; new ones are stored as they arrive.

    If everything is stored, the executor is not asked for anything.

    Args:
        scenarios: one that is there twice is computed once.
        store: results are looked up in and kept in; None keeps nothing.
        executor: trains; None is that of the machine, or this process where that is sooner.
        progress: is told how far it is.

    Raises:
        InvalidInput: a scenario that cannot be resolved.
        WorkerError: the worker died; what had arrived is stored, so that a second run goes on.
    """
    plans = [resolve(scenario) for scenario in scenarios]
    keys = [plan.result_key for plan in plans]
    found: dict[str, Measurement] = store.results(keys, decisions=False) if store else {}
    left = {plan.result_key: plan for plan in plans if plan.result_key not in found}
    known = store.weights(plan.model_key for plan in left.values()) if store and left else {}
    # Longest first, so that at the end no worker is left alone with a long one.
    tasks = Backlog(list(left.values()), known).all(LARGEST_WORK)
    tasks.sort(key=lambda task: -task.chunk.work)
    own = None
    if executor is None and tasks:
        check()  # an address where none answers is told of little work, too
    if executor is None and sum(task.chunk.work for task in tasks) > LITTLE:
        executor = own = open_executor(Machine.here())
    futures: list[Future[list[Outcome]]] = []
    if executor is not None:
        calls = [leased(work, (task.chunk, task.known)) for task in tasks]
        futures = [executor.submit(function, *arguments) for function, arguments in calls]
    try:
        _tell(progress, keys, found)
        for place, task in enumerate(tasks):
            trained = futures[place].result() if futures else work(task.chunk, task.known)
            pairs = task.with_plans(trained)
            found |= {plan.result_key: one.measurement for plan, one in pairs}
            if store:
                store.put(pairs)
            _tell(progress, keys, found)
    except BrokenExecutor as error:
        raise WorkerError("worker_stopped_stored") from error
    finally:
        for future in futures:
            future.cancel()
        if own is not None:
            own.shutdown()
    return [Result(scenario=p.scenario, measurement=found[p.result_key]) for p in plans]


def call(executor: Executor, function: Callable[..., T], *arguments: object) -> T:
    """Return what a function returns in a worker, or raise what it raises.

    Raises:
        WorkerError: the worker died.
    """
    try:
        task, taken = leased(function, arguments)
        return executor.submit(task, *taken).result()
    except BrokenExecutor as error:
        raise WorkerError("worker_out_of_memory") from error


def _tell(progress: Progress | None, keys: Sequence[str], found: dict[str, Measurement]) -> None:
    if progress:
        progress(sum(key in found for key in keys), len(keys))
