"""Populations: how many model-rows a second the engine trains, on one core and on all workers.

A model-row is one row of a batch that one model has seen, forwards and backwards: the count is
models x rows that were in the batches, which Poisson sampling makes vary.  Timed is `fit`, as the
worker calls it: initial weights, noise, clipping, all steps, cut into populations that fit the
cache.  The batches are drawn and sorted before, as the worker keeps them between chunks.  Models
are private, with budgets of their own, in float32.
"""

import statistics
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from tradeoffs.benchmarks.clock import once
from tradeoffs.benchmarks.sgemm import dense_product
from tradeoffs.benchmarks.sizes import Sizes
from tradeoffs.data.table import Table
from tradeoffs.engine.poisson_sampling import participation
from tradeoffs.experiments.fit import fit
from tradeoffs.experiments.plan import Plan, resolve
from tradeoffs.experiments.run import one_core
from tradeoffs.experiments.training_data import training_table
from tradeoffs.scenario import Scenario


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """What one worker, or all together, did in a second."""

    rows: float  # model-rows
    flops: float  # of a dense matrix product, timed in turns with the training


def rate(width: int, models: int, sizes: Sizes) -> Rate:
    """Return the rates of one core, medians of some trainings; runs in a worker."""
    plans = private_plans(width, models, sizes.rows)
    product = dense_product(sizes.sgemm)
    with one_core():
        fit([plans[:1]])  # draws and sorts the batches
        product()
        both = [(once(lambda: fit([plans])), once(product)) for _ in range(sizes.repeats)]
    training, dense = map(statistics.median, zip(*both, strict=True))
    rows = models * batch_rows(plans[0])
    return Rate(rows=rows / training, flops=2 * sizes.sgemm**3 / dense)


def rates(executor: Executor, workers: int, width: int, models: int, sizes: Sizes) -> list[Rate]:
    """Return the rates of all workers side by side, and of one while the others rest.

    Side by side each worker trains the whole population for itself, and their rates are added up.
    """
    futures = [executor.submit(rate, width, models, sizes) for _ in range(workers)]
    each = [future.result() for future in futures]
    together = Rate(rows=sum(r.rows for r in each), flops=sum(r.flops for r in each))
    return [together, executor.submit(rate, width, models, sizes).result()]


def private_plans(width: int, models: int, rows: int) -> list[Plan]:
    """Return models of one seed that differ in epsilon, from .1 to 20."""
    base = Scenario.of(rows=rows, width=width)
    return [resolve(base.but(epsilon=float(e))) for e in np.geomspace(0.1, 20, models)]


def batch_rows(plan: Plan) -> int:
    """Return how many rows the batches of a training have, all steps together."""
    return sum(len(rows) for rows in batch_positions(plan))


def batch_positions(plan: Plan) -> list[np.ndarray]:
    """Return the positions of each step's rows in the training table."""
    seed, how = plan.scenario.seed, plan.recipe
    row_id = table_of(plan).row_id
    return participation(row_id, seed=seed, rate=how.sample_rate, steps=how.steps)


def table_of(plan: Plan) -> Table:
    """Return the people that a model is trained on."""
    own = plan.scenario
    return training_table(own)
