"""Fit on gathered people: training tables that no scenario names, for studies of lessons.

Who was gathered is no sample of a public number of people, so nothing is promised about privacy
and only scenarios without a mechanism are taken.
"""

from collections.abc import Sequence

import numpy as np
import torch

from tradeoffs.data.table import Table
from tradeoffs.engine.batches import Batches, active_columns
from tradeoffs.engine.loop import train
from tradeoffs.engine.population import logits
from tradeoffs.engine.rates import by_label
from tradeoffs.engine.recipe import recipe
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.fit import model_spec
from tradeoffs.experiments.line_search import line_search
from tradeoffs.experiments.plan import Plan, resolve
from tradeoffs.experiments.run import one_core
from tradeoffs.fields import BASELINE
from tradeoffs.scenario import Scenario

Vectors = list[torch.Tensor]


def fit_tables(
    scenario: Scenario,
    tables: Sequence[Table],
    gaps: Sequence[float | None] = (None,),
    seed: int = 0,
) -> list[Vectors]:
    """Return parameter vectors, a list a table with one model a bound, as `run` would train them.

    As there, a bound is kept on the training rows, and one that is met leaves the model as it is.

    Args:
        scenario: how to train, without a mechanism; its rows and training shifts do not matter.
        tables: the people of each training.
        gaps: bounds on the gap of the scenario's notion; None: no bound.
        seed: of the first table's sampling; the others count upwards.

    Raises:
        InvalidInput: the scenario has a mechanism, a stage beside training, or cannot be resolved.
    """
    if scenario.mechanism != "none" or scenario.stage != BASELINE["stage"]:
        raise InvalidInput(
            "gathered_not_with",
            mechanism=scenario.mechanism,
            stage=scenario.stage,
        )
    wanted = list(dict.fromkeys((None, *gaps)))  # the unconstrained ones come first
    plans = [resolve(scenario.but(max_gap=gap)) for gap in wanted]
    found: list[Vectors] = [[]] * len(tables)
    with one_core():
        for rows in dict.fromkeys(table.rows for table in tables):
            same = [i for i, table in enumerate(tables) if table.rows == rows]
            fitted = _fit(plans, [tables[i] for i in same], [seed + i for i in same])
            for i, vectors in zip(same, fitted, strict=True):
                found[i] = [vectors[wanted.index(gap)] for gap in gaps]
    return found


def _fit(plans: Sequence[Plan], tables: Sequence[Table], seeds: Sequence[int]) -> Sequence[Vectors]:
    """Train the plans, the unconstrained first, on tables of one length side by side."""
    first = plans[0].scenario
    groups = [table.group_of(first.protected) for table in tables]
    how = recipe(tables[0].rows, first.width, None, len(tables[0].features))
    batches = Batches(
        tables,
        [codes for codes, _ in groups],
        groups=len(groups[0][1]),
        by_label=by_label(plans[0].notion.constrained_rates),
        seeds=seeds,
        rate=how.sample_rate,
        steps=how.steps,
    )
    settings = [model_spec(plan) for plan in plans]
    keys = [[f"{plan.model_key} {seed}" for plan in plans] for seed in seeds]
    fitted = train(settings, batches, seeds=seeds, keys=keys)
    return [
        [vectors[0]]
        + [
            line_search(plan, vectors[0], own, table, how.sample_rate).vector
            for plan, own in zip(plans[1:], vectors[1:], strict=True)
        ]
        for vectors, table in zip(fitted, tables, strict=True)
    ]


@torch.no_grad()
def table_scores(vectors: Sequence[torch.Tensor], width: int, table: Table) -> np.ndarray:
    """Return (models, rows) logits, in the order of the table."""
    codes = torch.from_numpy(active_columns(table))
    with one_core():
        return logits(vectors, [width] * len(vectors), codes).numpy()


def table_decisions(vectors: Sequence[torch.Tensor], width: int, table: Table) -> np.ndarray:
    """Return (models, rows) bool: whom each model decides positive, in the order of the table."""
    return table_scores(vectors, width, table) > 0
