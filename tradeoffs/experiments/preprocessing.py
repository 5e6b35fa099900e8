"""Before training: logistic regression on columns without what the group predicts.

The transformed columns are no longer 0 and 1, so this is the recipe of the engine on a dense
matrix: the same batches, steps, momentum and mean of the last weights, without clipping and noise.
The transformation is folded back, so that the result is one weight a column like any other's.
"""

import numpy as np
import torch

from tradeoffs.engine.poisson_sampling import participation
from tradeoffs.engine.recipe import TAIL, Recipe
from tradeoffs.experiments.plan import Plan, column_of
from tradeoffs.experiments.training_data import training_table
from tradeoffs.remedies.correlation_remover import folded, removed


def train_without_correlation(plan: Plan) -> torch.Tensor:
    """Return the float32 weights (columns + 1,) of the original columns and the bias."""
    own = plan.scenario
    table = training_table(own)
    group, names = table.group_of(own.protected)
    column = column_of(plan.dataset, own.protected)
    place = [feature.name for feature in table.features].index(str(column))
    first, bins = int(table.offsets[place]), len(table.features[place].labels)
    theirs = np.arange(first, first + bins)  # columns that tell the group
    design = np.zeros((table.rows, table.columns))
    np.put_along_axis(design, table.flat.astype(int), 1.0, 1)
    rest = np.delete(np.arange(table.columns), theirs)
    member = np.eye(len(names))[group]
    transformed, shares, coefficients = removed(design[:, rest], member, own.strength)
    weight, bias = logistic(transformed, table.label, table.row_id, plan.recipe, own.seed)
    adds, everybody = folded(weight, shares, coefficients, own.strength)
    whole = np.zeros(table.columns + 1)
    whole[rest], whole[-1] = weight, bias + everybody
    whole[theirs] = np.append(adds, 0.0)[_group_of_bin(table.codes[:, place], group, bins)]
    return torch.from_numpy(whole.astype(np.float32))


def _group_of_bin(codes: np.ndarray, group: np.ndarray, bins: int) -> np.ndarray:
    """Return (bins,) the group that each bin of its column stands for; -1 where it is empty."""
    found = np.full(bins, -1)
    found[codes] = group
    if not (found[codes] == group).all():
        raise ValueError("a bin of the protected attribute's column holds people of two groups")
    return found


def logistic(
    design: np.ndarray, label: np.ndarray, row_id: np.ndarray, how: Recipe, seed: int
) -> tuple[np.ndarray, float]:
    """Train a logistic regression as the engine does without a mechanism; (columns,) and bias.

    Args:
        design: (rows, columns) of any numbers.
        label: (rows,) bool.
        row_id: (rows,) stable ids, by which rows take part in steps.
        how: recipe, with an infinite clip norm.
        seed: of the batches.
    """
    whole = np.concatenate([design, np.ones((len(design), 1))], 1)
    weight, velocity, total = (np.zeros(whole.shape[1]) for _ in range(3))
    rate = how.learning_rate / (how.sample_rate * len(design))
    pull = how.sample_rate * how.ridge * np.append(np.ones(design.shape[1]), 0.0)
    drawn = participation(row_id, seed=seed, rate=how.sample_rate, steps=how.steps)
    for step, rows in enumerate(drawn):
        some = whole if how.sample_rate >= 1 else whole[rows]
        slope = 1 / (1 + np.exp(-some @ weight)) - label[rows]
        velocity = how.momentum * velocity + slope @ some + pull * weight
        weight = weight - rate * velocity
        if step >= how.steps - TAIL:
            total += weight
    mean = total / TAIL
    return mean[:-1], float(mean[-1])
