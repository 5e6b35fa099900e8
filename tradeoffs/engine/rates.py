"""Rates: what each person adds to a group's rate, and how a multiplier pulls at it.

Names are those of values/fairness/notion.py.  A sum over people is watched with the sharp decision
sigmoid(8 z), which is nearly what counts, and pulled at through the probability, which has a slope
everywhere.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """How a rate is watched and pulled at.

    Attributes:
        part: 0, or with `by_label` the label of those whom the rate is about.
        by_label: whether its cells are split by label.
        centred: whether each rate is held near the rate of all; else below the bound.
        value: what a person adds to the sum, in [-1, 1], of sharp decision, chance and label.
        slope: derivative by the logit of the pull with a weight, of weight, chance and label.
    """

    part: int = 0
    by_label: bool = False
    centred: bool = True
    value: Callable[[Tensor, Tensor, Tensor], Tensor]
    slope: Callable[[Tensor, Tensor, Tensor], Tensor]


def _selected(sharp: Tensor, chance: Tensor, label: Tensor) -> Tensor:
    del chance, label
    return sharp


def _wrong(sharp: Tensor, chance: Tensor, label: Tensor) -> Tensor:
    del chance
    return (label - sharp).abs_()


def _steep(weight: Tensor, chance: Tensor, label: Tensor) -> Tensor:
    del label
    return weight * chance * (1 - chance)


def _error(weight: Tensor, chance: Tensor, label: Tensor) -> Tensor:
    """Pull errors down as the log loss does, and up by the probability: the loss has no ceiling."""
    down, up = chance - label, (1 - 2 * label) * chance * (1 - chance)
    return weight * torch.where(weight > 0, down, up)


def _squared(weight: Tensor, chance: Tensor, label: Tensor) -> Tensor:
    return weight * 2 * (chance - label) * chance * (1 - chance)


KINDS = {
    "selection_rate": Kind(value=_selected, slope=_steep),
    "true_positive_rate": Kind(part=1, by_label=True, value=_selected, slope=_steep),
    "false_positive_rate": Kind(part=0, by_label=True, value=_selected, slope=_steep),
    "error_rate": Kind(value=_wrong, slope=_error),
    "residual": Kind(
        value=lambda sharp, chance, label: label - chance,
        slope=lambda weight, chance, label: -_steep(weight, chance, label),
    ),
    "largest_error_rate": Kind(centred=False, value=_wrong, slope=_error),
    "largest_squared_error": Kind(
        centred=False,
        value=lambda sharp, chance, label: (label - chance).square_(),
        slope=_squared,
    ),
}


def by_label(held: Sequence[str]) -> bool:
    """Say whether holding these rates needs cells of positives and negatives."""
    return any(KINDS[rate].by_label for rate in held)
