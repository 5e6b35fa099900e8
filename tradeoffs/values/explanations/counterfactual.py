"""Counterfactuals: every person who differs from one by one or two changes, with the steps to it.

Source: Wachter, Mittelstadt, Russell 2017 (counterfactual explanations, arXiv 1711.00399).
"""

from collections.abc import Sequence
from itertools import combinations

import torch
from torch import Tensor

from tradeoffs.values.explanations.recourse import Choice


def candidate_changes(codes: Tensor, open_to: Sequence[Choice]) -> tuple[Tensor, Tensor]:
    """Return all changes of one or two features, fewest steps first.

    Args:
        codes: (features,) int64, the column that each feature of the person holds.
        open_to: what can be changed.

    Returns:
        (changes, features) codes and (changes,) steps; the first row is the person unchanged.
    """
    singles = [_moved(codes, choice) for choice in open_to]
    found, steps = [codes.unsqueeze(0)], [torch.zeros(1)]
    for one, cost in singles:
        found.append(one)
        steps.append(cost)
    for (one, cost), (other, more) in combinations(singles, 2):
        both = one.unsqueeze(1) + other.unsqueeze(0) - codes
        found.append(both.flatten(0, 1))
        steps.append((cost.unsqueeze(1) + more).flatten())
    whole = torch.cat(steps)
    order = whole.argsort(stable=True)
    return torch.cat(found)[order], whole[order]


def _moved(codes: Tensor, choice: Choice) -> tuple[Tensor, Tensor]:
    """Return the person with this feature changed every possible way, and the steps."""
    cost = choice.steps[int(codes[choice.place]) - choice.column]
    to = (cost.isfinite() & (cost > 0)).nonzero()[:, 0]
    found = codes.repeat(len(to), 1)
    found[:, choice.place] = choice.column + to
    return found, cost[to]
