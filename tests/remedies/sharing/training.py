"""A logistic regression of the engine on any people, with the recipe of the house."""

import numpy as np
import torch

from tradeoffs.data.table import Table
from tradeoffs.engine.batches import Batches, active_columns
from tradeoffs.engine.loop import run_training
from tradeoffs.engine.population import ModelSpec, logits
from tradeoffs.engine.recipe import recipe
from tradeoffs.values.privacy.account import Part, allocate


def accuracy(people: Table, seed: int, test: Table, epsilon: float | None = None) -> float:
    """Return the share of right decisions on test people of a model trained on some people."""
    how = recipe(people.rows, 0, epsilon, len(people.features))
    part = Part(sample_rate=how.sample_rate, steps=how.steps)
    setting = ModelSpec(
        learning_rate=how.learning_rate,
        clip_norm=how.clip_norm,
        ridge=how.ridge,
        sigma=allocate(epsilon, how.delta, part).sigma if epsilon else 0.0,
    )
    batches = Batches(
        [people],
        [np.zeros(people.rows, np.int32)],
        groups=1,
        seeds=(seed,),
        rate=how.sample_rate,
        steps=how.steps,
    )
    vector = run_training([setting], batches, seeds=(seed,), keys=[[f"{seed:x}"]]).mean()[0][0]
    codes = torch.from_numpy(active_columns(test))
    return float(((logits([vector], [0], codes)[0] > 0).numpy() == test.label).mean())
