"""Score people with trained models, for what needs more than their decisions."""

from collections.abc import Sequence

import numpy as np
import torch

from tradeoffs.data.table import Table
from tradeoffs.engine.batches import active_columns
from tradeoffs.engine.population import logits
from tradeoffs.experiments.chunks import chunks
from tradeoffs.experiments.designs import SEEDS
from tradeoffs.experiments.fit import Model
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.run import run
from tradeoffs.results import Outcome
from tradeoffs.scenario import Scenario


@torch.no_grad()
def scores(model: Outcome, table: Table) -> np.ndarray:
    """Return the logit of each row, in the order of the table; float32 (rows,).

    Args:
        model: from `run`.
        table: people of its dataset and label, with every feature the label allows.
    """
    scenario = model.scenario
    seen = table.without(scenario.hide) if scenario.hide else table
    codes = torch.from_numpy(np.ascontiguousarray(active_columns(seen)))
    vector = Model.from_bytes(model.weights).vector
    return logits([vector], [scenario.width], codes)[0].numpy()


def train_seeds(scenario: Scenario, seeds: int = SEEDS) -> list[Outcome]:
    """Train a setting with consecutive seeds, here and now."""
    wanted = [resolve(scenario.but(seed=scenario.seed + seed)) for seed in range(seeds)]
    found = {one.scenario.seed: one for chunk in chunks(wanted) for one in run(chunk)}
    return [found[plan.scenario.seed] for plan in wanted]


def score_all(models: Sequence[Outcome], table: Table) -> np.ndarray:
    """Return the `scores` of each model; float32 (models, rows)."""
    return np.stack([scores(model, table) for model in models])
