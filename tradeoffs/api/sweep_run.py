"""Run: train and measure the models of a sweep."""

from collections.abc import Iterable
from pathlib import Path

from tqdm import tqdm

from tradeoffs.api.model_results import Results
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs.batch import Progress, run_all
from tradeoffs.jobs.executor import local
from tradeoffs.jobs.store import Store
from tradeoffs.jobs.worker import Machine
from tradeoffs.report.remedies.gain_columns import references
from tradeoffs.scenario import Scenario, Sweep

MOST_WORKERS = 64
SHOWN_AFTER = 0.5  # seconds: what is done by then needs no bar


def run(
    sweep: Sweep | Scenario | Iterable[Scenario],
    *,
    workers: int | None = None,
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
        progress: whether to show a bar on the standard error stream, or what is told of it instead:
            a function of the number of models that are there, and of all.
        store: file in which results are kept and looked up; True is the one of this machine, None
            keeps nothing.

    Returns:
        One model a scenario, in their order.

    Raises:
        InvalidInput: a scenario that cannot be trained, none at all, or workers out of bounds; told
            before any work.
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
    executor = None if workers is None else local(Machine(workers=workers))
    shown = progress if callable(progress) else None
    hidden = {"disable": progress is not True, "delay": SHOWN_AFTER}
    try:
        with tqdm(total=len(wanted), unit="model", **hidden) as bar:
            tell = shown or (lambda done, _: bar.update(done - bar.n))
            found = run_all(wanted, kept, executor, tell)
    finally:
        if executor is not None:
            executor.shutdown()
    return Results(found[: len(scenarios)], kept, found[len(scenarios) :])


def resolved(sweep: Sweep | Scenario | Iterable[Scenario]) -> list[Scenario]:
    """Return the scenarios of a sweep; InvalidInput if one cannot be trained, or there is none."""
    scenarios = [sweep] if isinstance(sweep, Scenario) else list(sweep)
    if not scenarios:
        raise InvalidInput("no_scenario")
    for scenario in scenarios:
        resolve(scenario)
    return scenarios


def store_at(store: Store | Path | str | bool | None) -> Store | None:
    """Return the store that an argument names; None keeps nothing."""
    if isinstance(store, Store):
        return store
    if isinstance(store, bool) or store is None:
        return Store.here() if store else None
    return Store(Path(store))
