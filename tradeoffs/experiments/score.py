"""Score people with a trained model, for what needs more than its decisions."""

import numpy as np
import torch

from tradeoffs.data.table import Table
from tradeoffs.engine.batches import active_columns
from tradeoffs.engine.population import logits
from tradeoffs.experiments.fit import Model
from tradeoffs.results import Outcome


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
