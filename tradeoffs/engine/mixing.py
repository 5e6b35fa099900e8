"""Mixing: models exchanged between the communities of each seed while they are trained.

Averaging weights is federated averaging (McMahan et al. 2017, AISTATS); with a doubly stochastic
matrix of neighbours it is gossip (Boyd et al. 2006, IEEE Trans. Inf. Theory).  Velocities are mixed
too: else each would go on in the direction it had before (Yu, Jin, Yang 2019, ICML).
"""

import hashlib
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from tradeoffs.data.keyed_random import uniform
from tradeoffs.engine.noise import fill, generator
from tradeoffs.engine.regime import Mixing


class Exchange:
    """The exchange of settings that mix alike.

    Args:
        mixing: how they mix.
        columns: of each parameter tensor, theirs.
        pace: (seeds, K), how far a velocity of one moves a model.
        seeds: of the draws of who takes part.
        dtype: of the training.
    """

    def __init__(
        self,
        mixing: Mixing,
        columns: Sequence[Tensor],
        pace: np.ndarray,
        seeds: Sequence[int],
        dtype: torch.dtype = torch.float32,
    ) -> None:
        """Lay out the matrices."""
        self.mixing, self.columns, self.seeds, self.dtype = mixing, columns, seeds, dtype
        self.shape = pace.shape
        self.weights = np.broadcast_to(mixing.weights, (*pace.shape, pace.shape[1]))
        # Velocities are mixed as the displacements that they stand for.
        self.ratio = pace[:, None, :] / pace[:, :, None]
        self.matrices = self._matrices(self.weights)

    def due(self, step: int) -> bool:
        """Say whether there is an exchange after a step."""
        own = self.mixing
        over = own.rounds_alone or (own.until is not None and step >= own.until)
        return not over and (step + 1) % own.every == 0

    def mix_(self, step: int, parameters: Sequence[Tensor], velocity: Sequence[Tensor]) -> None:
        """Exchange models and velocities after a step."""
        matrices = self.matrices
        if self.mixing.participation < 1:
            matrices = self._matrices(present_weights(self.weights, self.present(step)))
        for tensors, matrix in zip((parameters, velocity), matrices, strict=True):
            mix_(tensors, matrix, self.columns)

    def _matrices(self, weights: np.ndarray) -> tuple[Tensor, Tensor]:
        """Return what mixes models, and velocities."""
        return sum_matrix(weights, self.dtype), sum_matrix(weights * self.ratio, self.dtype)

    def present(self, step: int) -> np.ndarray:
        """Return (seeds, K) bool: who takes part in the exchange after a step."""
        count = self.shape[1]
        places = np.arange(count) + (step // self.mixing.every) * count
        drawn = [uniform(seed, "participation", places) for seed in self.seeds]
        return np.stack(drawn) < self.mixing.participation

    def released(self, parameters: Sequence[Tensor]) -> Sequence[Tensor]:
        """Return the parameter tensors as they may be remembered."""
        return parameters

    def finish_(self, means: Sequence[Tensor]) -> None:
        """Make the global model of the means of the last iterates."""
        mix_(means, self.matrices[0], self.columns)


class ClippedExchange(Exchange):
    """The exchange of one setting in which communities' updates are clipped and noised.

    Args:
        mixing: how it mixes, with a clip norm.
        columns: of each parameter tensor, the setting's.
        pace: (seeds, K), how far a velocity of one moves a model.
        seeds: of the draws of who takes part.
        keys: of the seeds' noise, hexadecimal.
        start: parameter tensors, in which all communities of a seed begin alike.
    """

    def __init__(
        self,
        mixing: Mixing,
        columns: Sequence[Tensor],
        pace: np.ndarray,
        seeds: Sequence[int],
        *,
        keys: Sequence[str],
        start: Sequence[Tensor],
    ) -> None:
        """Take the common start as the first global model."""
        super().__init__(mixing, columns, pace, seeds, start[0].dtype)
        self.streams = [generator(_stream(key)) for key in keys]
        self.common = [own[:, :1] for own in self._own(start)]  # (seeds, 1, rows, columns)

    def _own(self, tensors: Sequence[Tensor]) -> list[Tensor]:
        pairs = zip(tensors, self.columns, strict=True)
        return [by_community(tensor, self.shape)[..., columns] for tensor, columns in pairs]

    def _set(self, tensors: Sequence[Tensor], values: Sequence[Tensor | float]) -> None:
        for tensor, columns, value in zip(tensors, self.columns, values, strict=True):
            by_community(tensor, self.shape)[..., columns] = value

    def mix_(self, step: int, parameters: Sequence[Tensor], velocity: Sequence[Tensor]) -> None:
        """Move the global model by the clipped updates and noise, and restart all from it."""
        rule = self.mixing
        assert rule.clip is not None
        pairs = zip(self._own(parameters), self.common, strict=True)
        updates = [own - common for own, common in pairs]
        square = torch.stack([u.square().sum((2, 3), keepdim=True) for u in updates]).sum(0)
        scale = (rule.clip / square.sqrt().clamp_min(1e-30)).clamp_max(1)
        weight = self.weights[:, 0] * self.present(step) / rule.participation
        scale *= torch.tensor(weight, dtype=scale.dtype)[..., None, None]
        deviation = rule.noise * rule.clip * rule.weights.max() / rule.participation
        for common, update in zip(self.common, updates, strict=True):
            noise = torch.empty_like(common)
            for block, stream in zip(noise, self.streams, strict=True):
                fill(block, stream)
            common.add_((update * scale).sum(1, keepdim=True)).add_(noise, alpha=deviation)
        self._set(parameters, self.common)
        self._set(velocity, [0.0] * len(velocity))

    def released(self, parameters: Sequence[Tensor]) -> Sequence[Tensor]:
        """Return the global model in place of the local ones, which no noise covers."""
        shown = [tensor.clone() for tensor in parameters]
        self._set(shown, self.common)
        return shown

    def finish_(self, means: Sequence[Tensor]) -> None:
        """Leave the means, which are of the global model."""


def by_community(tensor: Tensor, shape: tuple[int, ...]) -> Tensor:
    """Return a view (seeds, K, rows, columns) of a parameter tensor (slots * rows, columns)."""
    return tensor.view(*shape, -1, tensor.shape[1])


def sum_matrix(weights: np.ndarray, dtype: torch.dtype) -> Tensor:
    """Return (seeds, K, K) weights as a tensor; (seeds, 1, K) where one sum serves all."""
    one = (weights == weights[:, :1]).all()
    return torch.tensor(weights[:, :1] if one else weights, dtype=dtype)


def mix_(
    tensors: Sequence[Tensor],
    matrix: Tensor,
    columns: Sequence[Tensor],
    out: Sequence[Tensor] | None = None,
) -> None:
    """Replace each community's parameters by weighted sums over the communities of its seed.

    Args:
        tensors: parameter tensors.
        matrix: from `sum_matrix`.
        columns: of each tensor, those to mix.
        out: parameter tensors to write to; None: the same.
    """
    for tensor, own, to in zip(tensors, columns, out or tensors, strict=True):
        some = by_community(tensor, matrix.shape[::2])[..., own]
        sums = _sums(matrix, some.flatten(2))
        by_community(to, matrix.shape[::2])[..., own] = sums.view(*sums.shape[:2], *some.shape[2:])


def _sums(matrix: Tensor, numbers: Tensor) -> Tensor:
    """Return a matrix product in which what has no weight does not count, be it not finite."""
    found = matrix @ numbers
    if not found.isfinite().all():
        lost = ~numbers.isfinite()
        found = matrix @ numbers.masked_fill(lost, 0)
        found[(matrix > 0).to(found.dtype) @ lost.to(found.dtype) > 0] = torch.nan
    return found


def present_weights(weights: np.ndarray, present: np.ndarray) -> np.ndarray:
    """Return (seeds, K, K) weights among those present (seeds, K); the absent keep their own."""
    among = weights * present[:, None, :]
    total = among.sum(2, keepdims=True)
    alone = ~present[..., None] | (total == 0)
    return np.where(alone, np.eye(weights.shape[1]), among / np.where(alone, 1, total))


def _stream(key: str) -> int:
    """Return the key of the noise on a global model, apart from that on gradients."""
    return int(hashlib.sha256(f"{key} mean update".encode()).hexdigest()[:32], 16)
