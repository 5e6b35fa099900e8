"""Gaussian noise: every model draws its own, whatever is trained beside it.

Noise shared between models would cancel in their differences, so each model has a generator of
its own, seeded by its key.  Streams are drawn in blocks of NOISE_BLOCK steps; the block size is
part of the recipe because a stream drawn in other pieces gives other numbers.

The generator is reproducible by design: whoever knows the seed can subtract the noise.  This is
simulated privacy for teaching, not a release mechanism (and torch's generator is not
cryptographic: Mironov 2012 on what floats alone give away).
"""

from collections.abc import Sequence

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
                torch.Generator().manual_seed(int(key, 16) % 2**63) if noise else None
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
            for m, generator in enumerate(row):
                if generator is not None:
                    drawn[s, m].normal_(generator=generator)
        return drawn

    def blocks(self) -> list[list[torch.Tensor]]:
        """Return each model's next (NOISE_BLOCK, size) normals; the storage is used again."""
        for row, generators in zip(self._blocks, self._generators, strict=True):
            for block, generator in zip(row, generators, strict=True):
                if generator is not None:
                    block.normal_(generator=generator)
        return self._blocks
