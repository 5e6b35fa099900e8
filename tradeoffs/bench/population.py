"""Populations: how many model-rows a second the engine trains, on one core and on all workers.

A model-row is one row of a batch that one model has seen, forwards and backwards: the count is
models x rows that were in the batches, which Poisson sampling makes vary.  Timed is `fit`, as the
worker calls it: initial weights, noise, clipping, all steps, cut into populations that fit the
cache.  The batches are drawn and sorted before, as the worker keeps them between chunks.  Models
are private, with budgets of their own, in float32.
"""

from concurrent.futures import Executor
from functools import partial

import numpy as np

from tradeoffs.bench.clock import seconds
from tradeoffs.pipeline.fit import fit
from tradeoffs.pipeline.people import training_table
from tradeoffs.pipeline.resolve import Plan, resolve
from tradeoffs.pipeline.run import one_core
from tradeoffs.scenario import Scenario
from tradeoffs.training.masks import participation


def rate(width: int, models: int, rows: int, repeats: int) -> float:
    """Return model-rows a second of one core, the median of some trainings; runs in a worker."""
    plans = private_plans(width, models, rows)
    with one_core():
        fit([plans[:1]])  # draws and sorts the batches
        took = seconds(partial(fit, [plans]), repeats)
    return models * batch_rows(plans[0]) / took


def rates(
    executor: Executor, workers: int, width: int, models: int, rows: int, repeats: int
) -> tuple[float, float]:
    """Return model-rows a second of all workers side by side, and of one while the others rest.

    Side by side each worker trains the whole population for itself, and their rates are added up.
    """
    together = [executor.submit(rate, width, models, rows, repeats) for _ in range(workers)]
    total = sum(future.result() for future in together)
    return total, executor.submit(rate, width, models, rows, repeats).result()


def private_plans(width: int, models: int, rows: int) -> list[Plan]:
    """Return models of one seed that differ in epsilon, from .1 to 20."""
    base = Scenario.of(rows=rows, width=width)
    return [resolve(base.but(epsilon=float(e))) for e in np.geomspace(0.1, 20, models)]


def batch_rows(plan: Plan) -> int:
    """Return how many rows the batches of a training have, all steps together."""
    return sum(len(rows) for rows in drawn(plan))


def drawn(plan: Plan) -> list[np.ndarray]:
    """Return the positions of each step's rows in the training table."""
    scenario, how = plan.scenario, plan.recipe
    table = training_table(scenario.dataset, scenario.hide, scenario.rows, scenario.seed)
    return participation(table.row_id, seed=scenario.seed, rate=how.sample_rate, steps=how.steps)
