"""Gaussian noise: every model draws its own, whatever is trained beside it.

Noise shared between models would cancel in their differences, so each model has a generator of
its own, seeded by its key.  Streams are drawn in blocks of NOISE_BLOCK steps; the block size is
part of the recipe because a stream drawn in other pieces gives other numbers.

The generator is Philox with the whole key as its key (Salmon et al. 2011): torch's own keeps only
32 bits of a seed, and among many models two would share a stream.  It is reproducible by design:
whoever knows the seed can subtract the noise.  This is simulated privacy for teaching, not a
release mechanism (Mironov 2012 on what floats alone give away).
"""

from collections.abc import Sequence

import numpy as np
import torch

from tradeoffs.training.recipe import NOISE_BLOCK


class NoiseStreams:
    """The standard normals of a grid of models, seed after seed and setting after setting.

    Args:
        keys: (seeds, settings) names of the models, hexadecimal.
        noisy: (settings,) whether a model has noise; one without draws nothing and gets zeros.
        sizes: (settings,) numbers a model needs at each step.
        dtype: of the training.
    """

    def __init__(
        self,
        keys: Sequence[Sequence[str]],
        noisy: Sequence[bool],
        sizes: Sequence[int],
        *,
        dtype: torch.dtype,
    ) -> None:
        """Seed one generator a model that needs noise."""
        self.dtype = dtype
        self._generators = [
            [
                generator(int(key, 16)) if noise else None
                for key, noise in zip(row, noisy, strict=True)
            ]
            for row in keys
        ]
        self._blocks = [
            [torch.zeros(NOISE_BLOCK, size, dtype=dtype) for size in sizes] for _ in keys
        ]

    def once(self, size: int, settings: slice) -> torch.Tensor:
        """Return (seeds, some settings, size) normals, zero where there is no noise."""
        some = [row[settings] for row in self._generators]
        drawn = torch.zeros(len(some), len(some[0]), size, dtype=self.dtype)
        for s, row in enumerate(some):
            for m, own in enumerate(row):
                if own is not None:
                    fill(drawn[s, m], own)
        return drawn

    def blocks(self) -> list[list[torch.Tensor]]:
        """Return each model's next (NOISE_BLOCK, size) normals; the storage is used again."""
        for row, generators in zip(self._blocks, self._generators, strict=True):
            for block, own in zip(row, generators, strict=True):
                if own is not None:
                    fill(block, own)
        return self._blocks


def generator(*key: int) -> np.random.Generator:
    """Return the generator of a key; up to two numbers below 2**64, or one below 2**128."""
    whole = key[0] if len(key) == 1 else np.array(key, dtype=np.uint64)
    return np.random.Generator(np.random.Philox(key=whole))


def fill(block: torch.Tensor, own: np.random.Generator) -> None:
    """Fill a contiguous tensor with the generator's next standard normals."""
    own.standard_normal(out=block.numpy(), dtype=block.numpy().dtype.type)
