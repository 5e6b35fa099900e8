"""Reweighing: how much each person counts, from sizes of groups by label released once.

The weighted gradient is clipped as a whole, so one person still moves the sum by the clip norm.
"""

from collections.abc import Sequence

import torch
from torch import Tensor

from tradeoffs.engine.batches import Batch, Batches
from tradeoffs.engine.population import ModelSpec

LARGEST_SIZE_ERROR = 0.25  # of a cell's released size; above, its people keep the weight of 1


class Reweighing:
    """The weights of all settings of a population; 1 where a setting is not reweighed.

    Args:
        settings: of the population.
        batches: of the training, with cells by label.
        counts_noise: (seeds, settings, cells) standard normals for the sizes of the cells.
    """

    def __init__(
        self, settings: Sequence[ModelSpec], batches: Batches, counts_noise: Tensor
    ) -> None:
        """Release the noisy sizes of the cells and compute the weights."""
        if not batches.by_label:
            raise ValueError("reweighing needs the sizes of the groups by label")
        dtype = counts_noise.dtype
        sigma = torch.tensor([s.sigma_counts for s in settings], dtype=dtype)
        strength = torch.tensor([s.reweigh for s in settings], dtype=dtype)
        noise = counts_noise.transpose(1, 2) * sigma
        sizes = batches.cell_counts().to(dtype).unsqueeze(-1) + noise  # (seeds, cells, settings)
        sizes = sizes.clamp_(1, batches.rows).view(batches.seeds, 2, batches.groups, -1)
        # At strength 0 no noise is drawn, so nothing may be told of the sizes.
        self.able = (sigma <= LARGEST_SIZE_ERROR * sizes) | (strength == 0)
        full = torch.where(self.able, kamiran_calders(sizes), 1.0)
        self.weight = (1 + strength * (full - 1)).reshape(-1, len(settings))

    def weigh_(self, residual: Tensor, batch: Batch) -> None:
        """Multiply the loss's derivative by the logit (rows, settings) by the weights."""
        residual.mul_(self.weight.index_select(0, batch.cell))

    def unweighted_cells(self) -> Tensor:
        """Return (seeds, 2, groups, settings): negatives and positives too few to be told."""
        return ~self.able


def kamiran_calders(sizes: Tensor) -> Tensor:
    """Return P(label) P(group) / P(label, group) of sizes (seeds, labels, groups, settings).

    Source: Kamiran & Calders 2012, doi 10.1007/s10115-011-0463-8, section 5.2.
    """
    whole = sizes.sum((1, 2), keepdim=True)
    return sizes.sum(2, keepdim=True) * sizes.sum(1, keepdim=True) / (whole * sizes)
