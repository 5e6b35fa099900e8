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
class RateKind:
    """How a rate is watched and pulled at.

    Attributes:
        part: 0, or with `by_label` the label of those whom the rate is about.
        by_label: whether its cells are split by label.
        centred: whether each rate is held near the rate of all; else below the bound.
        value: what a person adds to the sum, in [-1, 1], of sharp decision, probability, label.
        gradient: derivative by the logit of the weighted penalty, of weight, probability, label.
    """

    part: int = 0
    by_label: bool = False
    centred: bool = True
    value: Callable[[Tensor, Tensor, Tensor], Tensor]
    gradient: Callable[[Tensor, Tensor, Tensor], Tensor]


def _selected(sharp: Tensor, probability: Tensor, label: Tensor) -> Tensor:
    del probability, label
    return sharp


def _wrong(sharp: Tensor, probability: Tensor, label: Tensor) -> Tensor:
    del probability
    return (label - sharp).abs_()


def _steep(weight: Tensor, probability: Tensor, label: Tensor) -> Tensor:
    del label
    return weight * probability * (1 - probability)


def _error(weight: Tensor, probability: Tensor, label: Tensor) -> Tensor:
    """Pull errors down as the log loss does, and up by the probability: the loss has no ceiling."""
    down, up = probability - label, (1 - 2 * label) * probability * (1 - probability)
    return weight * torch.where(weight > 0, down, up)


def _squared(weight: Tensor, probability: Tensor, label: Tensor) -> Tensor:
    return weight * 2 * (probability - label) * probability * (1 - probability)


KINDS = {
    "selection_rate": RateKind(value=_selected, gradient=_steep),
    "true_positive_rate": RateKind(part=1, by_label=True, value=_selected, gradient=_steep),
    "false_positive_rate": RateKind(part=0, by_label=True, value=_selected, gradient=_steep),
    "error_rate": RateKind(value=_wrong, gradient=_error),
    "residual": RateKind(
        value=lambda sharp, probability, label: label - probability,
        gradient=lambda weight, probability, label: -_steep(weight, probability, label),
    ),
    "largest_error_rate": RateKind(centred=False, value=_wrong, gradient=_error),
    "largest_squared_error": RateKind(
        centred=False,
        value=lambda sharp, probability, label: (label - probability).square_(),
        gradient=_squared,
    ),
}


def by_label(held: Sequence[str]) -> bool:
    """Say whether holding these rates needs cells of positives and negatives."""
    return any(KINDS[rate].by_label for rate in held)
