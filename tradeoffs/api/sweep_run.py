"""Run: train and measure the models of a sweep."""

from collections.abc import Iterable
from concurrent.futures import Executor
from itertools import islice
from pathlib import Path

from tqdm import tqdm

from tradeoffs import settings
from tradeoffs.api.model_results import Results
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs import executor as executors
from tradeoffs.jobs.batch import Progress, run_all
from tradeoffs.jobs.store import Store
from tradeoffs.jobs.worker import Machine
from tradeoffs.report.remedies.gain_columns import references
from tradeoffs.scenario import Scenario, Sweep

MOST_WORKERS = 64
LARGEST_TABLE = 20_000  # models that are in memory together
TASKS_A_WORKER = 4  # handed out beforehand, so that none waits for the next
REMOTE_TASKS = 64 * TASKS_A_WORKER  # of a scheduler, however many workers it has
SHOWN_AFTER = 0.5  # seconds: what is done by then needs no bar


def run(
    sweep: Sweep | Scenario | Iterable[Scenario],
    *,
    workers: int | None = None,
    executor: str | None = None,
    progress: bool | Progress = True,
    store: Store | Path | str | bool | None = None,
) -> Results:
    """Train and measure one model of each scenario.

    Results depend on the scenarios alone, whoever trains.  Few models are trained in this process:
    another one takes about two seconds to load torch.  Beside scenarios among communities those of
    training alone are trained, which their gains are over.

    Args:
        sweep: a sweep, one scenario or several.
        workers: processes that train, of one core and some 400 MB each, 1 to 64.  None: none where
            that is sooner, else as TRADEOFFS_WORKERS and TRADEOFFS_EXECUTOR say.
        executor: local, for processes of this machine, or the address of a Dask scheduler, whose
            workers train; None: as TRADEOFFS_EXECUTOR says.  Not beside `workers`.
        progress: whether to show a bar on the standard error stream, or what is told of it instead:
            a function of the number of models that are there, and of all.
        store: file in which results are kept and looked up; True is the one of this machine, None
            keeps nothing.

    Returns:
        One model a scenario, in their order.

    Raises:
        InvalidInput: a scenario that cannot be trained, none at all or too many, workers out of
            bounds, or an address where no scheduler answers; told before any work.
        WorkerError: a process died, perhaps for lack of memory.

    >>> import tradeoffs as to
    >>> results = to.run(to.Scenario(rows=300, epsilon=None), progress=False)
    >>> results
    Results(models=1, settings=1)
    >>> round(float(results["accuracy"][0]), 2)
    0.83
    """
    scenarios = resolved(sweep)
    wanted = [*scenarios, *references(scenarios)]
    if workers is not None and not 1 <= workers <= MOST_WORKERS:
        raise InvalidInput("out_of_range", field="workers", value=workers, low=1, high=MOST_WORKERS)
    kept = store_at(store)
    if workers is not None:
        own = executors.local(Machine(workers=workers))
    else:
        own = None if executor is None else open_at(executor)
    shown = progress if callable(progress) else None
    hidden = {"disable": progress is not True, "delay": SHOWN_AFTER}
    try:
        with tqdm(total=len(wanted), unit="model", **hidden) as bar:
            tell = shown or (lambda done, _: bar.update(done - bar.n))
            found = run_all(wanted, kept, own, tell)
    finally:
        if own is not None:
            own.shutdown()
    return Results(found[: len(scenarios)], kept, found[len(scenarios) :])


def open_at(address: str | None) -> Executor:
    """Return the workers at an address, local or of a scheduler; None: as TRADEOFFS_EXECUTOR says.

    Raises:
        InvalidInput: no scheduler answers there, or the package for one is not installed.
    """
    if address is None:
        return executors.open_executor(Machine.here())
    if address == "local":
        return executors.local(Machine.here())
    return executors.remote(address)


def tasks_at_once(address: str | None) -> int:
    """Return how many tasks to hand to the workers at an address beforehand."""
    if (address or settings.EXECUTOR.read()) == "local":
        return TASKS_A_WORKER * Machine.here().workers
    return REMOTE_TASKS


def resolved(sweep: Sweep | Scenario | Iterable[Scenario]) -> list[Scenario]:
    """Return the scenarios of a sweep; InvalidInput if one cannot be trained, or there is none."""
    every = [sweep] if isinstance(sweep, Scenario) else sweep
    scenarios = list(islice(every, LARGEST_TABLE + 1))
    if not scenarios:
        raise InvalidInput("no_scenario")
    if len(scenarios) > LARGEST_TABLE:
        raise InvalidInput("sweep_too_large_for_a_table", most=LARGEST_TABLE)
    for scenario in scenarios:
        resolve(scenario)
    return scenarios


def store_at(store: Store | Path | str | bool | None) -> Store | None:
    """Return the store that an argument names; None keeps nothing."""
    if isinstance(store, Store):
        return store
    if isinstance(store, bool) or store is None:
        return Store.here() if store else None
    return Store(store if isinstance(store, Path) else settings.STORE.of(store))
