"""Adaptive clipping: bounds that follow noisy counts of who is clipped, inside the same mechanism.

Clipping can slow learning more for some groups than for others.  Two ways to soften that look at
how many gradients are longer than a bound.  These counts are released on the batch of the
gradient: one mechanism with 1/sigma^2 = 1/sigma_gradient^2 + 1/sigma_statistics^2, as in
constraint.py.  Each person adds 1 to one count, so their sensitivity is 1.  The bounds of a step
follow from the counts of the steps before, so they are known when its gradients are clipped.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from tradeoffs.engine.batches import Batch, Batches
from tradeoffs.engine.constraint import MEMORY, statistics_sigma
from tradeoffs.engine.flat_clipping import OPACUS_FLOOR
from tradeoffs.engine.population import Setting

BASE = 0.5  # C0 / C of DPSGD-F: groups that are clipped alike are then clipped at C, as flat ones
TOLERATED = 0.1  # of a batch longer than Z, at which Global-Adapt leaves Z where it is
LARGEST_REACH = 10.0  # of Z / C
LARGEST_DEVIATION = 0.1  # of a group's tracked share; above, its bound would follow the noise
UNBOUNDED = 1e30  # stands for no clipping, as infinity cannot be divided by itself


@dataclass(frozen=True, kw_only=True, slots=True)
class Clipped:
    """What noisy counts told of one model's clipping; post-processing, so it costs nothing.

    Attributes:
        bounds: longest gradient of each group after clipping, mean over the remembered steps.
        reach: Z of Global-Adapt: a gradient as long as that is scaled to the clip norm; the clip
            norm itself in other ways.
        known: groups whose share could be told from the noise.
    """

    bounds: tuple[float, ...]
    reach: float
    known: tuple[bool, ...]


def numbers(setting: Setting, groups: int) -> int:
    """Return how many counts a model's clipping releases at each step."""
    return {"flat": 0, "dpsgd_f": 2 * groups, "global_adapt": 1}[setting.clipping]


class AdaptiveClipping:
    """The bounds of a population's clipping; flat settings keep theirs.

    DPSGD-F: group k is clipped at C0 (1 + r_k / mean r), r the share of a group that is longer
    than C0; noise is that of the largest bound (Xu, Du, Wu 2021, arXiv 2003.03699, algorithm 2).
    Global-Adapt: gradients up to Z are scaled by C / Z, longer ones clipped to C; Z follows the
    share that is longer (Esipova et al. 2023, arXiv 2206.07737).  Their published code accounts
    for counts and gradients as if they were sampled apart, which understates the loss; here they
    are one release.

    Args:
        settings: of the population.
        batches: of the training.
        dtype: of the training.
    """

    def __init__(self, settings: Sequence[Setting], batches: Batches, dtype: torch.dtype) -> None:
        """Start with flat clipping."""

        def each(values: Sequence[float]) -> Tensor:
            return torch.tensor(values, dtype=dtype)

        self.numbers = [numbers(s, batches.groups) for s in settings]
        self.seeds, self.groups = batches.seeds, batches.groups
        self.expected = batches.rate * batches.rows
        self.norm = each([min(s.clip_norm, UNBOUNDED) for s in settings])
        self.by_group = torch.tensor([s.clipping == "dpsgd_f" for s in settings])
        self.globally = torch.tensor([s.clipping == "global_adapt" for s in settings])
        noisy = [statistics_sigma(s) if s.clipping != "flat" else 0.0 for s in settings]
        self.sigma = each(noisy)
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

    def clip_(self, slope: Tensor, length: Tensor, batch: Batch) -> None:
        """Scale each row's slope in place to its group's bound; `length` (rows, settings)."""
        group = self.place.index_select(0, batch.cell)
        most, reach = (t.flatten(0, 1).index_select(0, group) for t in (self.most, self.reach))
        slope.mul_(most.div_(torch.maximum(length + OPACUS_FLOOR, reach)))

    def observe(self, length: Tensor, batch: Batch, noise: Tensor) -> None:
        """Release this batch's counts and move the bounds of the next step.

        Args:
            length: (rows, settings) of the gradients before clipping.
            batch: the step's rows.
            noise: (seeds, settings, 2 * groups) standard normals.
        """
        counts = self.release(length, batch, noise)
        self.steps += 1
        self.counts.mul_(MEMORY).add_(counts, alpha=1 - MEMORY)
        self.most = torch.where(self.by_group, self._by_group(), self.most)
        share = counts[0].sum(1, keepdim=True) / self.expected
        reach = (self.reach * (share - TOLERATED).exp()).clamp_max(LARGEST_REACH * self.norm)
        self.reach = torch.where(self.globally, torch.maximum(reach, self.norm), self.most)

    def release(self, length: Tensor, batch: Batch, noise: Tensor) -> Tensor:
        """Return noised (2, seeds, groups, settings) counts of longer gradients and others.

        Global-Adapt needs the longer ones of all groups together: it gets them in the first group.
        """
        group = self.place.index_select(0, batch.cell)
        reach = self.reach.flatten(0, 1).index_select(0, group)
        longer = (length > torch.where(self.by_group, BASE * self.norm, reach)).to(length.dtype)
        members = self.eye.index_select(0, group).t()
        shape = self.most.shape
        counts = torch.stack([(members @ part).view(shape) for part in (longer, 1 - longer)])
        together = torch.zeros_like(counts)
        together[0, :, 0] = counts[0].sum(1)
        counts = torch.where(self.globally, together, counts) * (self.by_group | self.globally)
        drawn = (noise.transpose(1, 2) * self.sigma).view(self.seeds, 2, self.groups, -1)
        return counts.add_(drawn.transpose(0, 1))

    def _by_group(self) -> Tensor:
        """Return the bounds of DPSGD-F from the tracked counts; those drowned by noise keep C."""
        people = self.counts.sum(0)
        smooth = math.sqrt((1 - MEMORY) / (1 + MEMORY))
        filled = 1 - MEMORY**self.steps  # of the moving averages, which began at 0
        self.able = smooth * self.sigma * math.sqrt(2) * filled <= LARGEST_DEVIATION * people
        self.able &= people >= filled
        share = (self.counts[0] / people.clamp_min(1e-6)).clamp(0, 1) * self.able
        known = self.able.sum(1, keepdim=True)
        mean = share.sum(1, keepdim=True) / known.clamp_min(1)
        ratio = torch.where(self.able & (mean > 0) & (known > 1), share / mean.clamp_min(1e-6), 1.0)
        return BASE * self.norm * (1 + ratio)

    def remember(self) -> None:
        """Add the present bounds to what `told` tells."""
        self.total += torch.stack([self.most, self.reach])
        self.remembered += 1

    def told(self) -> list[list[Clipped | None]]:
        """Return what was seen of each model's clipping, (seeds, settings); None where flat."""
        most, reach = self.total / max(self.remembered, 1)
        return [
            [
                Clipped(
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
