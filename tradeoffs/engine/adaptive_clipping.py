"""Adaptive clipping: bounds that follow noisy counts of who is clipped, inside the same mechanism.

Clipping can slow learning more for some groups than for others.  Ways to soften that look at how
many gradients are longer than a bound.  These counts are released on the batch of the
gradient: one mechanism with 1/sigma^2 = 1/sigma_gradient^2 + 1/sigma_statistics^2, as in
constraint.py.  Each person adds 1 to one count, so their sensitivity is 1.  The bounds of a step
follow from the counts of the steps before, so they are known when its gradients are clipped.
"""

import math
from collections.abc import Sequence

import torch
from torch import Tensor

from tradeoffs.engine.batches import Batch, Batches
from tradeoffs.engine.clipping.clipping import Bounds, ClippingStatistics
from tradeoffs.engine.clipping.flat import OPACUS_FLOOR
from tradeoffs.engine.constraint import MEMORY, statistics_sigma
from tradeoffs.engine.population import ModelSpec

UNBOUNDED = 1e30  # stands for no clipping, as infinity cannot be divided by itself


def count_releases(setting: ModelSpec, groups: int) -> int:
    """Return how many counts a model's clipping releases at each step."""
    return setting.adaptation.numbers(groups) if setting.adaptation else 0


class AdaptiveClipping:
    """The bounds of a population's clipping; those of settings that do not adapt stay.

    What is counted, and what bounds follow from it, is for each way of clipping to say (see
    clipping/).  The published code of some accounts for counts and gradients as if they were
    sampled apart, which understates the loss; here they are one release.

    Args:
        settings: of the population.
        batches: of the training.
        dtype: of the training.
    """

    def __init__(self, settings: Sequence[ModelSpec], batches: Batches, dtype: torch.dtype) -> None:
        """Start with flat clipping."""

        def each(values: Sequence[float]) -> Tensor:
            return torch.tensor(values, dtype=dtype)

        self.numbers = [count_releases(s, batches.groups) for s in settings]
        self.seeds, self.groups = batches.seeds, batches.groups
        self.expected = batches.rate * batches.rows
        self.norm = each([min(s.clip_norm, UNBOUNDED) for s in settings])
        self.ways = [  # each with the settings that clip so
            (way, torch.tensor([s.adaptation is way for s in settings]))
            for way in dict.fromkeys(s.adaptation for s in settings)
            if way is not None
        ]
        self.sigma = each([statistics_sigma(s) if s.adaptation else 0.0 for s in settings])
        shape = (batches.seeds, batches.groups, len(settings))
        self.most = self.norm.expand(shape).clone()  # longest gradient after clipping
        self.reach = self.norm.expand(shape).clone()  # longest gradient that is not clipped
        self.able = torch.ones(shape, dtype=torch.bool)
        self.counts = torch.zeros(2, *shape, dtype=dtype)  # moving averages: longer, not longer
        self.eye = torch.eye(batches.seeds * batches.groups, dtype=dtype)
        cell = torch.arange(batches.seeds * batches.cells)
        self.place = (cell // batches.cells) * batches.groups + cell % batches.groups
        self.total = torch.zeros(2, *shape, dtype=dtype)
        self.steps = self.remembered = 0

    @property
    def scale(self) -> Tensor:
        """(seeds, settings): the sensitivity of the step's gradient sum, in clip norms."""
        return self.most.amax(1) / self.norm

    def clip_(self, residual: Tensor, norm: Tensor, batch: Batch) -> None:
        """Scale each row's residual in place to its group's bound; `norm` (rows, settings)."""
        group = self.place.index_select(0, batch.cell)
        most, reach = (t.flatten(0, 1).index_select(0, group) for t in (self.most, self.reach))
        residual.mul_(most.div_(torch.maximum(norm + OPACUS_FLOOR, reach)))

    def observe(self, norm: Tensor, batch: Batch, noise: Tensor) -> None:
        """Release this batch's counts and move the bounds of the next step.

        Args:
            norm: (rows, settings) of the gradients before clipping.
            batch: the step's rows.
            noise: (seeds, settings, 2 * groups) standard normals.
        """
        counts = self.release(norm, batch, noise)
        self.steps += 1
        self.counts.mul_(MEMORY).add_(counts, alpha=1 - MEMORY)
        for way, chosen in self.ways:
            now = Bounds(self.most, self.reach, self.able)
            pairs = zip(way.follow(self, counts), now, strict=True)
            self.most, self.reach, self.able = (torch.where(chosen, *pair) for pair in pairs)

    def release(self, norm: Tensor, batch: Batch, noise: Tensor) -> Tensor:
        """Return noised (2, seeds, groups, settings) counts of longer gradients and others."""
        group = self.place.index_select(0, batch.cell)
        limit = self.reach
        for way, chosen in self.ways:
            limit = torch.where(chosen, way.limit(self), limit)
        limit = limit.flatten(0, 1).index_select(0, group)
        longer = (norm > limit).to(norm.dtype)
        members = self.eye.index_select(0, group).t()
        shape = self.most.shape
        counts = torch.stack([(members @ part).view(shape) for part in (longer, 1 - longer)])
        found = torch.zeros_like(counts)
        for way, chosen in self.ways:
            found = torch.where(chosen, way.gather(counts), found)
        drawn = (noise.transpose(1, 2) * self.sigma).view(self.seeds, 2, self.groups, -1)
        return found.add_(drawn.transpose(0, 1))

    @property
    def smooth(self) -> float:
        """The standard deviation of a moving average of noise, of that of one step's noise."""
        return math.sqrt((1 - MEMORY) / (1 + MEMORY))

    @property
    def filled(self) -> float:
        """How much of the moving averages is filled, which began at 0."""
        return 1 - MEMORY**self.steps

    def remember(self) -> None:
        """Add the present bounds to what `statistics` tells."""
        self.total += torch.stack([self.most, self.reach])
        self.remembered += 1

    def statistics(self) -> list[list[ClippingStatistics | None]]:
        """Return what was seen of each model's clipping, (seeds, settings); None where flat."""
        most, reach = self.total / max(self.remembered, 1)
        return [
            [
                ClippingStatistics(
                    bounds=tuple(most[s, :, m].tolist()),
                    reach=float(reach[s, 0, m]),
                    known=tuple(self.able[s, :, m].tolist()),
                )
                if self.numbers[m]
                else None
                for m in range(most.shape[2])
            ]
            for s in range(self.seeds)
        ]
