"""Gaussian noise: every model draws its own, whatever is trained beside it.

Noise shared between models would cancel in their differences, so each model has a generator of
its own, seeded by its key.  Streams are drawn in blocks of NOISE_BLOCK steps; the block size is
part of the recipe because a stream drawn in other pieces gives other numbers.

The generator is Philox with the whole key as its key (Salmon et al. 2011): torch's own keeps only
32 bits of a seed, and among many models two would share a stream.  It is reproducible by design:
whoever knows the seed can subtract the noise.  This is simulated privacy for teaching, not a
release mechanism (Mironov 2012 on what floats alone give away).

The accountant's noise has no end and this one ends at CUT: an outcome that only one of two
neighbours can have is promised away by no epsilon.  Over T steps at rate q, with noise sigma and d
numbers, such outcomes have together a chance of at most about

    T q sqrt(d / 2) CUT / (pi sigma) exp(-(CUT - 1 / sigma)^2 / 2),

the part of each pair's disc that a shift of 1 / sigma moves beyond its rim, times how often a
record is drawn.  It is to be added to delta.  With T=200, q=.3 and d=109, a logistic regression,
it is 2e-8 at epsilon 1 (sigma 16), 1e-7 at 3 and 2e-6 at 10, beside a delta of 1e-5; at 50 (sigma
0.8) it is 5e-4, so that the declared delta is that of the ideal noise only.  Networks have more
numbers: with 64 units it is eight times as much.

Within CUT the law is the normal one up to rounding: no number is 0, and no pair of numbers has a
chance above 2^-47, in float32 too, so that none gives itself away by being frequent.
"""

import math
from collections.abc import Sequence

import numpy as np
import torch

from tradeoffs.engine.recipe import NOISE_BLOCK

# Standard deviations beyond which no number lies: the radius of the smallest of 2**31 shares.
CUT = math.sqrt(64 * math.log(2))  # 6.66
PIECE = 2**15  # pairs that are computed at once, which stay in the cache
# Models begin at multiples of it, so that vector instructions see them alike in any company.
LANES = 16


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
        self._zeros = [torch.zeros(NOISE_BLOCK, size, dtype=dtype) for size in sizes]
        self._places: dict[tuple[int, int], slice] = {}  # where the pairs of a noisy model are
        end = 0
        for s, row in enumerate(self._generators):
            for m, own in enumerate(row):
                if own is not None:
                    self._places[s, m] = slice(end, end + self._zeros[m].numel())
                    end += -(-self._zeros[m].numel() // LANES) * LANES
        self._bits = torch.zeros(2, end, dtype=torch.int32)
        self._later: torch.Tensor | None = None  # the sines, for every second call of `blocks`

    def once(self, size: int, asked: Sequence[bool]) -> torch.Tensor:
        """Return (seeds, settings, size) normals; zero where there is no noise or none is asked.

        Args:
            size: numbers a model.
            asked: (settings,) which models draw.
        """
        drawn = torch.zeros(len(self._generators), len(asked), size, dtype=self.dtype)
        for s, row in enumerate(self._generators):
            for m, own in enumerate(row):
                if own is not None and asked[m]:
                    fill(drawn[s, m], own)
        return drawn

    def blocks(self) -> list[list[torch.Tensor]]:
        """Return each model's next (NOISE_BLOCK, size) normals."""
        if self._later is None:
            for (s, m), place in self._places.items():
                own = self._generators[s][m]
                assert own is not None
                self._bits[:, place] = draw(place.stop - place.start, own)
            now, self._later = normals(self._bits, self.dtype)
        else:
            now, self._later = self._later, None
        return [
            [
                now[self._places[s, m]].view_as(zeros) if (s, m) in self._places else zeros
                for m, zeros in enumerate(self._zeros)
            ]
            for s in range(len(self._generators))
        ]


def generator(*key: int) -> np.random.Philox:
    """Return the generator of a key; up to two numbers below 2**64, or one below 2**128."""
    return np.random.Philox(key=key[0] if len(key) == 1 else np.array(key, dtype=np.uint64))


def fill(block: torch.Tensor, own: np.random.Philox) -> None:
    """Fill a tensor with the generator's next standard normals."""
    pairs = normals(draw(-(-block.numel() // 2), own), block.dtype)
    block.copy_(pairs.view(-1)[: block.numel()].view_as(block))


def standard_normals(key: str, shape: tuple[int, ...]) -> np.ndarray:
    """Return float64 standard normals of a shape, for one release outside of training.

    Args:
        key: up to 32 hex digits, of this release alone.
        shape: of the answer.
    """
    drawn = torch.zeros(shape, dtype=torch.float64)
    fill(drawn, generator(int(key, 16)))
    return drawn.numpy()


def draw(pairs: int, own: np.random.Philox) -> torch.Tensor:
    """Return the generator's next bits, int32 (2, pairs)."""
    return torch.from_numpy(own.random_raw(pairs).view(np.int32).reshape(2, pairs))


def normals(bits: torch.Tensor, dtype: torch.dtype) -> torch.Tensor:
    """Return (2, pairs) independent standard normals, none of them 0 and none beyond CUT.

    The angle has 32 bits, of which float32 rounds to 24, and any is as likely as its opposite.
    Several times as fast as numpy's normals.

    Args:
        bits: int32 (2, pairs), uniform.
        dtype: of the answer.

    Source: Box, Muller 1958, A Note on the Generation of Random Normal Deviates.
    """
    found = torch.empty(bits.shape, dtype=dtype)
    for some, out in zip(bits.split(PIECE, 1), found.split(PIECE, 1), strict=True):
        radius = radii(some[0], dtype)
        # The half keeps an angle of 0, and so a number of exactly 0, from being drawn.
        angle = some[1].to(dtype).add_(0.5).mul_(2 * math.pi / 2**32)
        torch.cos(angle, out=out[0]).mul_(radius)
        torch.sin(angle, out=out[1]).mul_(radius)
    return found


def radii(bits: torch.Tensor, dtype: torch.dtype) -> torch.Tensor:
    """Return (pairs,) lengths of pairs of normals, from 31 of the 32 bits of each.

    The length is sqrt(-2 log u) of a share u in (0, 1).  As log(1 + (1 - u) / u), with u and 1 - u
    taken from the integers, it is exact to 2e-7 of itself at both ends, in float32 too; a share
    rounded to float32 would be 1 for 64 of the 2**31, and give two numbers of exactly 0.

    Args:
        bits: int32 (pairs,), uniform; the sign is not looked at.
        dtype: of the answer.
    """
    below = bits.bitwise_and(2**31 - 1)
    above = below.bitwise_xor(2**31 - 1)  # what is left up to the largest
    share = below.to(dtype).add_(0.5)
    return above.to(dtype).add_(0.5).div_(share).log1p_().mul_(2).sqrt_()
