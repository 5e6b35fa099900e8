"""Fit: train the models of a grid of plans, and settle bounds that do not bind."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from tradeoffs.engine.loop import run_training
from tradeoffs.engine.population import ModelSpec, cut
from tradeoffs.experiments.bound import (
    Columns,
    clipping_columns,
    constraint_columns,
    gap_columns,
    reweighing_columns,
)
from tradeoffs.experiments.chunks import parts
from tradeoffs.experiments.fit_alone import fit_alone
from tradeoffs.experiments.fit_partnership import fit_partnerships
from tradeoffs.experiments.line_search import line_search
from tradeoffs.experiments.plan import Plan, resolve
from tradeoffs.experiments.postprocessing import fit_rule
from tradeoffs.experiments.training_data import batches, divides_by_row_count, training_table
from tradeoffs.results import Weights

STACKED_ROWS = 2_048  # expected rows of a step up to which seeds are stacked
CACHED_NUMBERS = 256_000  # rows x units of a step: a megabyte, which stays in a core's cache


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Model:
    """A trained model: its parameters, and what training told of its bound."""

    vector: torch.Tensor  # float32
    bound: Columns

    def to_bytes(self) -> bytes:
        """Return it as it is kept."""
        return Weights(vector=self.vector.numpy().tobytes(), bound=self.bound).to_bytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Model":
        """Read a model that was kept."""
        kept = Weights.from_bytes(data)
        vector = torch.from_numpy(np.frombuffer(kept.vector, dtype=np.float32).copy())
        return cls(vector=vector, bound=dict(kept.bound))


def fit(plans: Sequence[Sequence[Plan]]) -> dict[str, Model]:
    """Train the models of a grid of plans (seeds x configurations); return them by model key.

    A bound without noise that does not bind on the training rows gives the unconstrained model.
    A rule after training is fitted to the weights of the unconstrained model, or with a promise to
    weights of its own, as the rule's histogram takes part of the budget.
    """
    if plans[0][0].remedy is not None:
        fitted = fit_partnerships(plans).items()
        return {key: Model(vector=one.vector, bound=one.figures) for key, one in fitted}
    if len({plan.home for plan in plans[0]}) > 1:
        return {key: Model(vector=one, bound={}) for key, one in fit_alone(plans).items()}
    rows = _with_twins(plans)
    found: dict[str, Model] = {}
    for population in populations(rows):
        found |= _train(population)
    for plan in (plan for row in plans for plan in row):
        if uses_exact_statistics(plan):
            found[plan.model_key] = _released(plan, found)
        elif plan.fit_rule:
            found[plan.model_key] = _with_rule(plan, found)
    return found


def populations(rows: Sequence[Sequence[Plan]]) -> list[list[list[Plan]]]:
    """Cut a grid into grids whose working set stays in the cache, logistic and deep apart."""
    how = rows[0][0].recipe
    batch = how.sample_rate * rows[0][0].rows
    stacked = max(1, int(STACKED_ROWS / batch))
    units = max(1, int(CACHED_NUMBERS / (batch * min(stacked, len(rows)))))
    grids = []
    kinds = [(bool(plan.scenario.width), divides_by_row_count(plan)) for plan in rows[0]]
    for kind in sorted(set(kinds), reverse=True):
        places = [m for m, own in enumerate(kinds) if own == kind]
        for part in cut(places, [max(rows[0][m].scenario.width, 1) for m in places], units):
            # Seeds with as many rows as were left by chance do not share a divisor.
            for seeds in parts(rows, 1 if kind[1] else stacked):
                grids.append([[row[m] for m in part] for row in seeds])
    return grids


def _train(rows: Sequence[Sequence[Plan]]) -> dict[str, Model]:
    first = rows[0][0]
    if first.trainer:
        return {plan.model_key: _by_stage(plan) for row in rows for plan in row}
    seeds = tuple(row[0].scenario.seed for row in rows)
    training = run_training(
        [model_spec(plan) for plan in rows[0]],
        batches(first, seeds),
        seeds=seeds,
        keys=[[plan.model_key for plan in row] for row in rows],
    )
    watched, clipped, alone = (
        training.constraint_statistics(),
        training.clipping_statistics(),
        training.unweighted_cells(),
    )
    found = {}
    for s, (row, vectors) in enumerate(zip(rows, training.mean(), strict=True)):
        for m, (plan, vector) in enumerate(zip(row, vectors, strict=True)):
            told = constraint_columns(plan, watched[s][m]) | clipping_columns(plan, clipped[s][m])
            told |= reweighing_columns(plan, alone[s][m])
            found[plan.model_key] = Model(vector=vector, bound=told)
    return found


def model_spec(plan: Plan) -> ModelSpec:
    """Return a plan as the numbers that the engine trains with."""
    spent = plan.budget
    spec = ModelSpec(
        width=plan.scenario.width,
        learning_rate=plan.recipe.learning_rate,
        clip_norm=plan.recipe.clip_norm,
        sigma=spent.sigma if spent else 0.0,
        clipping=plan.scenario.clipping,
        sigma_counts=(spent.sigma_counts or 0.0) if spent else 0.0,
        max_gap=plan.training_scenario.max_gap,
        constrained_rates=plan.notion.constrained_rates,
        ridge=plan.recipe.ridge,
        momentum=plan.recipe.momentum,
    )
    for stage in plan.stages:
        spec = stage.modify(spec, plan) if stage.modify else spec
    return spec


def _by_stage(plan: Plan) -> Model:
    """Return the model that a stage trains in the engine's place."""
    if plan.trainer is None:
        raise ValueError(f"no stage of {plan.scenario} trains")
    vector = plan.trainer(plan, training_table(plan.scenario))
    return Model(vector=torch.from_numpy(vector), bound={})


def _with_twins(plans: Sequence[Sequence[Plan]]) -> list[list[Plan]]:
    """Return each seed's distinct models to train, unconstrained first, with their twins.

    The twin of a constrained model without noise is the same model without the constraint.  A rule
    without noise after training is fitted to its twin, and nothing else is trained for it.
    """
    complete: list[list[Plan]] = []
    for row in plans:
        models = {plan.model_key: plan for plan in row if not _exact_rule(plan)}
        for plan in row:
            if uses_exact_statistics(plan) or _exact_rule(plan):
                twin = _twin(plan)
                models.setdefault(twin.model_key, twin)
        complete.append(
            sorted(models.values(), key=lambda p: p.training_scenario.max_gap is not None)
        )
    return complete


def uses_exact_statistics(plan: Plan) -> bool:
    """Say whether a constraint may look at exact statistics: there is no noise to protect."""
    return plan.training_scenario.max_gap is not None and plan.budget is None


def _exact_rule(plan: Plan) -> bool:
    return plan.fit_rule is not None and plan.budget is None


def _with_rule(plan: Plan, models: Mapping[str, Model]) -> Model:
    """Return the model that a rule after training is fitted to, with the rule."""
    own = models[_twin(plan).model_key if _exact_rule(plan) else plan.model_key]
    return Model(vector=own.vector, bound=own.bound | fit_rule(plan, own.vector))


def _twin(plan: Plan) -> Plan:
    return resolve(plan.scenario.model_copy(update={"max_gap": None}))


def _released(plan: Plan, models: Mapping[str, Model]) -> Model:
    """Return the model on the line from the twin through the constrained one that keeps the bound.

    Where no rate could be held, nothing is told of the bound but that.
    """
    twin, own = models[_twin(plan).model_key], models[plan.model_key]
    table, rate = training_table(plan.scenario), plan.recipe.sample_rate
    found = line_search(plan, twin.vector, own.vector, table, rate)
    told = {name: value for name, value in own.bound.items() if name == "bound_unheld"}
    if not math.isnan(found.gap):
        told |= gap_columns(plan, found.gap, binding=found.step > 0)
    return Model(vector=found.vector, bound=told)
