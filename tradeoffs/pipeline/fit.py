"""Fit: train the models of a grid of plans, and settle bounds that do not bind."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import torch

from tradeoffs.data.load import load_split
from tradeoffs.data.sample import subsample
from tradeoffs.data.table import Table
from tradeoffs.pipeline.chunks import parts
from tradeoffs.pipeline.resolve import Plan, resolve
from tradeoffs.scenario import Scenario
from tradeoffs.training.batches import Batches, held_columns
from tradeoffs.training.loop import train
from tradeoffs.training.population import Setting, cut, logits

STACKED_ROWS = 2_048  # expected rows of a step up to which seeds are stacked
CACHED_NUMBERS = 250_000  # rows x units of a step: a megabyte, which stays in a core's cache


def fit(plans: Sequence[Sequence[Plan]]) -> tuple[dict[str, torch.Tensor], dict[str, bool]]:
    """Train the models of a grid of plans (seeds x configurations).

    Returns:
        Parameter vectors by model key and, for constrained models without noise, whether the
        bound is binding on the training rows: where it is not, the model is the unconstrained one.
    """
    rows = _with_twins(plans)
    vectors: dict[str, torch.Tensor] = {}
    for population in populations(rows):
        vectors |= _train(population)
    binding: dict[str, bool] = {}
    for row in rows:
        binding |= _release_where_not_binding(row, vectors)
    return vectors, binding


def populations(rows: Sequence[Sequence[Plan]]) -> list[list[list[Plan]]]:
    """Cut a grid into grids whose working set stays in the cache, logistic and deep apart."""
    how, first = rows[0][0].recipe, rows[0][0].scenario
    batch = how.sample_rate * first.rows
    stacked = max(1, int(STACKED_ROWS / batch))
    units = max(1, int(CACHED_NUMBERS / (batch * min(stacked, len(rows)))))
    grids = []
    for deep in (True, False):
        places = [m for m, plan in enumerate(rows[0]) if bool(plan.scenario.width) == deep]
        for part in cut(places, [max(rows[0][m].scenario.width, 1) for m in places], units):
            for seeds in parts(rows, stacked):
                grids.append([[row[m] for m in part] for row in seeds])
    return grids


def _train(rows: Sequence[Sequence[Plan]]) -> dict[str, torch.Tensor]:
    first = rows[0][0].scenario
    seeds = tuple(row[0].scenario.seed for row in rows)
    vectors = train(
        [setting_of(plan) for plan in rows[0]],
        _batches(first.dataset, first.hide, first.rows, first.protected, seeds),
        seeds=seeds,
        keys=[[plan.model_key for plan in row] for row in rows],
    )
    return {
        plan.model_key: vector
        for row, trained in zip(rows, vectors, strict=True)
        for plan, vector in zip(row, trained, strict=True)
    }


@lru_cache(maxsize=32)
def training_table(dataset: str, hide: tuple[str, ...], rows: int, seed: int) -> Table:
    """Return the people one model is trained on: a sample drawn by the seed."""
    table = subsample(load_split(dataset).train, rows, seed)
    return table.without(hide) if hide else table


@lru_cache(maxsize=4)
def _batches(
    dataset: str, hide: tuple[str, ...], rows: int, protected: str, seeds: tuple[int, ...]
) -> Batches:
    tables = [training_table(dataset, hide, rows, seed) for seed in seeds]
    how = resolve(Scenario.of(dataset=dataset, rows=rows)).recipe
    groups = [table.group_of(protected) for table in tables]
    return Batches(
        tables,
        [codes for codes, _ in groups],
        groups=len(groups[0][1]),
        seeds=seeds,
        rate=how.sample_rate,
        steps=how.steps,
    )


def setting_of(plan: Plan) -> Setting:
    """Return a plan as the numbers that the engine trains with."""
    spent = plan.budget
    return Setting(
        width=plan.scenario.width,
        learning_rate=plan.recipe.learning_rate,
        clip_norm=plan.recipe.clip_norm,
        sigma=spent.sigma if spent else 0.0,
        sigma_counts=(spent.sigma_counts or 0.0) if spent else 0.0,
        max_gap=plan.scenario.max_gap,
        momentum=plan.recipe.momentum,
    )


def _with_twins(plans: Sequence[Sequence[Plan]]) -> list[list[Plan]]:
    """Return each seed's distinct models, unconstrained first, with the twins they need.

    The twin of a constrained model without noise is the same model without the constraint.
    """
    complete: list[list[Plan]] = []
    for row in plans:
        models = {plan.model_key: plan for plan in row}
        for plan in row:
            if released(plan):
                twin = _twin(plan)
                models.setdefault(twin.model_key, twin)
        complete.append(sorted(models.values(), key=lambda p: p.scenario.max_gap is not None))
    return complete


def released(plan: Plan) -> bool:
    """Say whether a constraint may look at exact statistics: there is no noise to protect."""
    return plan.scenario.max_gap is not None and plan.budget is None


def _twin(plan: Plan) -> Plan:
    return resolve(plan.scenario.model_copy(update={"max_gap": None}))


def _release_where_not_binding(
    row: Sequence[Plan], vectors: dict[str, torch.Tensor]
) -> dict[str, bool]:
    """Replace constrained models whose twin meets the bound on the training rows by the twin."""
    binding: dict[str, bool] = {}
    for plan in row:
        if released(plan):
            twin = vectors[_twin(plan).model_key]
            gap = training_gap(plan.scenario, twin)
            binding[plan.model_key] = gap > (plan.scenario.max_gap or 0)
            if not binding[plan.model_key]:
                vectors[plan.model_key] = twin
    return binding


def training_gap(scenario: Scenario, vector: torch.Tensor) -> float:
    """Return the exact gap in selection rates on the training rows; only without a promise."""
    table = training_table(scenario.dataset, scenario.hide, scenario.rows, scenario.seed)
    group, names = table.group_of(scenario.protected)
    codes = torch.from_numpy(held_columns(table))
    decided = logits([vector], [scenario.width], codes)[0].numpy() > 0
    people = np.bincount(group, minlength=len(names))
    rates = np.bincount(group, weights=decided, minlength=len(names)) / np.maximum(people, 1)
    return float(np.ptp(rates[people > 0]))
