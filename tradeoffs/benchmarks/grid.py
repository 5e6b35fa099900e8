"""The whole: a grid of epsilons, bounds, widths and seeds, cold, trained and measured."""

import statistics
from concurrent.futures import Executor

from tradeoffs.benchmarks.clock import once
from tradeoffs.benchmarks.sizes import Sizes
from tradeoffs.jobs.batch import run_all
from tradeoffs.scenario import Scenario, Sweep


def whole(sizes: Sizes, executor: Executor) -> dict[str, float]:
    """Return the number of models and the median seconds until the last one has arrived.

    Warm workers, but nothing is stored and the seeds are new each time, so that batches are drawn
    and sorted within the time.  Every model is evaluated and explained on select and report.
    """
    grids = [grid(sizes, first=1_000 + r * sizes.seeds) for r in range(sizes.repeats)]
    took = statistics.median(once(lambda g=g: run_all(g, None, executor)) for g in grids)
    return {"models": len(grids[0]), "seconds": took}


def grid(sizes: Sizes, first: int) -> list[Scenario]:
    """Return epsilons x bounds x widths x seeds on all rows, the seeds counted from `first`."""
    base = Scenario.of(rows=sizes.rows, seed=first)
    axes = {"epsilon": sizes.epsilons, "max_gap": sizes.bounds, "width": sizes.widths}
    return list(Sweep(base=base, axes=axes, seeds=sizes.seeds))
