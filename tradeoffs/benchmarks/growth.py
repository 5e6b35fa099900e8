"""Growth: how time grows with models and rows, and how much memory a worker needs."""

import math
from collections.abc import Sequence

import numpy as np

from tradeoffs.benchmarks.clock import seconds
from tradeoffs.benchmarks.sizes import Sizes
from tradeoffs.jobs.batch import run_all
from tradeoffs.jobs.executor import local
from tradeoffs.jobs.worker import Machine, warm_up
from tradeoffs.scenario import Scenario, Sweep

SEEDS = 4  # among which the models are divided
ROWS = 3_000  # of the training tables while the number of models grows
MODELS = 100  # while the number of rows grows


def growth(sizes: Sizes) -> dict[str, dict[str, float]]:
    """Return seconds, seconds over what linear growth from the smallest would be, and memory.

    Private logistic regressions, trained and measured on both splits by one fresh worker that is
    warm.  Below 1 it is cheaper than linear: a few models still pay for the calls, and larger
    tables are sampled at lower rates.  The memory is the worker's peak after all models.
    """
    with local(Machine(workers=1)) as executor:
        executor.submit(warm_up, Scenario.of().dataset).result()

        def took(models: int, rows: int) -> float:
            sweep = list(private_sweep(models, rows))
            run_all(sweep[:SEEDS], None, executor)  # draws and sorts the batches
            repeats = sizes.repeats if models < max(sizes.grown_models) else 1
            return seconds(lambda: run_all(sweep, None, executor), repeats)

        by_models = {m: took(m, ROWS) for m in sizes.grown_models}
        rss = executor.submit(warm_up, Scenario.of().dataset).result().rss
        models = min(MODELS, max(sizes.grown_models))
        by_rows = {r: took(models, r) for r in sizes.grown_rows}
    return {
        "models_seconds": _named(by_models),
        "models_over_linear": _named(over_linear(by_models)),
        "rows_seconds": _named(by_rows),
        "rows_over_linear": _named(over_linear(by_rows)),
        "worker": {} if rss is None else {"peak_megabytes": rss / 1e6},
    }


def over_linear(took: dict[int, float]) -> dict[int, float]:
    """Return each time over what it would be, had it grown in proportion from the smallest."""
    first = min(took)
    return {size: time / (took[first] * size / first) for size, time in took.items()}


def private_sweep(models: int, rows: int) -> Sweep:
    """Return logistic regressions of SEEDS seeds that differ in epsilon."""
    epsilons: Sequence[object] = np.geomspace(0.1, 20, math.ceil(models / SEEDS)).tolist()
    return Sweep(base=Scenario.of(rows=rows), axes={"epsilon": epsilons}, seeds=SEEDS)


def _named(values: dict[int, float]) -> dict[str, float]:
    return {str(name): value for name, value in values.items()}
