"""The regimes of a population in training, as tensors: what they begin with and do after a step."""

from collections.abc import Sequence
from dataclasses import astuple, replace

import numpy as np
import torch
from torch import Tensor

from tradeoffs.engine.batches import Batch, Batches
from tradeoffs.engine.mixing import ClippedExchange, Exchange, mix_, sum_matrix
from tradeoffs.engine.population import Logistic, ModelSpec, Network, Vectors, initial
from tradeoffs.engine.regime import Mixing, Regime, community_count

PER_COMMUNITY = ("learning_rate", "sigma", "clip_norm", "ridge")


def community_specs(
    settings: Sequence[ModelSpec], regimes: Sequence[Regime]
) -> list[list[ModelSpec]]:
    """Return (K, settings) specs, with the numbers that a regime has for each community.

    Raises:
        ValueError: noise or clip norms by community where statistics are released beside the
            gradient, which have one noise for all.
    """
    found = []
    for k in range(community_count(regimes)):
        row = []
        for spec, regime in zip(settings, regimes, strict=True):
            own = {f: float(getattr(regime, f)[k]) for f in PER_COMMUNITY if _has(regime, f)}
            if own and (spec.max_gap is not None or spec.adaptation):
                raise ValueError("a bound or adaptive clipping is the same for all communities")
            row.append(replace(spec, **own) if own else spec)
        found.append(row)
    return found


def _has(regime: Regime, field: str) -> bool:
    return getattr(regime, field) is not None


def start_vectors(
    settings: Sequence[ModelSpec],
    regimes: Sequence[Regime],
    seeds: Sequence[int],
    batches: Batches,
    dtype: torch.dtype,
) -> Vectors:
    """Return (slots, settings) parameter vectors to begin with, masked."""
    shape = {"columns": batches.columns, "ones": batches.ones, "dtype": dtype}
    found = [[initial(seed, spec.width, **shape) for spec in settings] for seed in seeds]
    for m, regime in enumerate(regimes):
        for given, put in ((regime.start, torch.Tensor.copy_), (regime.keep, torch.Tensor.mul_)):
            for slot, vector in enumerate(_slots(given)):
                put(found[slot][m], torch.tensor(vector))
    return found


def _slots(given: Sequence[Sequence[np.ndarray]] | None) -> list[np.ndarray]:
    """Return one array a slot of (seeds, K) arrays."""
    return [array for row in given or () for array in row]


class RegimeState:
    """What the regimes of a population hold while it is trained.

    Args:
        regimes: one a setting.
        specs: (K, settings).
        batches: of the training.
        model: as it begins.
        pace: (slots, settings), how far a velocity of one moves a model.
        seeds: one a slot.
        keys: (slots, settings), of noise.
    """

    def __init__(
        self,
        regimes: Sequence[Regime],
        specs: Sequence[Sequence[ModelSpec]],
        batches: Batches,
        model: Logistic | Network,
        *,
        pace: np.ndarray,
        seeds: Sequence[int],
        keys: Sequence[Sequence[str]],
    ) -> None:
        """Lay masks, anchors, answers and exchanges out like the parameters."""
        self.model, self.regimes, self.batches = model, regimes, batches
        self.dtype = model.parameters[0].dtype
        self.shape = (len(seeds) // len(specs), len(specs))  # (seeds, K)
        self.pace = pace.reshape(*self.shape, -1)
        self.answers = self._answers()
        self.keep = self._masks()
        self.pull = self._pulls(specs)
        self.exchanges = self._exchanges(seeds[:: len(specs)], keys[:: len(specs)])

    def freeze(self, rate: Sequence[Tensor]) -> list[Tensor]:
        """Return learning rates of 0 where a parameter tensor is not trained."""
        if all(regime.live is None for regime in self.regimes):
            return list(rate)
        count = len(self.model.parameters)
        told = torch.tensor([regime.live or [True] * count for regime in self.regimes])
        live = [
            self.model.spread(own)[i] for i, own in enumerate(told.to(self.dtype).t().contiguous())
        ]
        self.model.freeze(live)
        return [own * alive for own, alive in zip(rate, live, strict=True)]

    def label(self, batch: Batch) -> Tensor:
        """Return what is learned of a batch: (rows, settings) answers, or the (rows, 1) label."""
        if self.answers is None:
            return batch.label
        whole = len(batch.people) == len(self.answers)  # all of them, in their order
        return self.answers if whole else self.answers.index_select(0, batch.people.int())

    def after(self, step: int, velocity: Sequence[Tensor]) -> None:
        """Pull the weights, exchange them and mask them, after a step's update."""
        parameters = self.model.parameters
        if self.pull is not None:
            for weights, anchor, share in zip(parameters, self._anchors(), self.pull, strict=True):
                torch.lerp(anchor, weights, share, out=weights)
        for exchange in self.exchanges:
            if exchange.due(step):
                exchange.mix_(step, parameters, velocity)
        if self.keep is not None:
            for weights, mask in zip(parameters, self.keep, strict=True):
                weights.mul_(mask)

    def released(self) -> Sequence[Tensor]:
        """Return the present parameter tensors as they may be remembered."""
        found = self.model.parameters
        for exchange in self.exchanges:
            found = exchange.released(found)
        return found

    def finish_(self, means: Sequence[Tensor]) -> None:
        """Turn the means of the last iterates into what is returned, in place."""
        for exchange in self.exchanges:
            exchange.finish_(means)
        if self.keep is not None:
            for mean, mask in zip(means, self.keep, strict=True):
                mean.mul_(mask)

    def _answers(self) -> Tensor | None:
        if all(regime.answers is None for regime in self.regimes):
            return None
        found = self.batches.label.to(self.dtype).unsqueeze(1).repeat(1, len(self.regimes))
        for m, regime in enumerate(self.regimes):
            if regime.answers is not None:
                found[:, m] = torch.tensor(np.concatenate(_slots(regime.answers)))
        return found

    def _masks(self) -> list[Tensor] | None:
        if all(regime.keep is None for regime in self.regimes):
            return None
        whole = self.model.vectors(self.model.parameters)
        ones = [[torch.ones_like(vector) for vector in row] for row in whole]
        for m, regime in enumerate(self.regimes):
            for slot, mask in enumerate(_slots(regime.keep)):
                ones[slot][m].copy_(torch.tensor(mask))
        return [part[0] for part in self.model.layout([[v[None] for v in row] for row in ones])]

    def _pulls(self, specs: Sequence[Sequence[ModelSpec]]) -> list[Tensor] | None:
        """Return what a proximal step leaves of the way from the anchor; 1 where nothing pulls.

        A velocity adds up 1 / (1 - momentum) gradients, and so must the pull, for the two to come
        to rest where the objective has its minimum.
        """
        if all(regime.pull is None for regime in self.regimes):
            return None
        force = np.zeros((*self.shape, len(self.regimes)))
        for m, regime in enumerate(self.regimes):
            if regime.pull is not None:
                rate = np.array([row[m].learning_rate / (1 - row[m].momentum) for row in specs])
                force[..., m] = rate * regime.pull
        left = torch.tensor(1 / (1 + force.reshape(-1, len(self.regimes))))
        to_zero = torch.tensor([regime.anchor == "zero" for regime in self.regimes])
        to_zero = to_zero.to(self.dtype)
        weights = self.model.at_weights(self.model.spread(to_zero))
        elsewhere = self.model.spread(1 - to_zero)
        self.anchor = [
            start * other for start, other in zip(self.model.parameters, elsewhere, strict=True)
        ]
        self.means = self._means()
        shares = self.model.spread_models(left.to(self.dtype))
        return [
            share.where(own + other > 0, 1.0)
            for share, own, other in zip(shares, weights, elsewhere, strict=True)
        ]

    def _means(self) -> tuple[Tensor, list[Tensor]] | None:
        """Return the matrix of means, and the columns of the settings that are pulled to them."""
        count = self.shape[1]
        settings = [
            m
            for m, regime in enumerate(self.regimes)
            if regime.pull is not None and regime.anchor == "mean"
        ]
        if not settings:
            return None
        weights = np.full((*self.shape, count), 1 / count)
        return sum_matrix(weights, self.dtype), self.model.columns_of(settings)

    def _anchors(self) -> list[Tensor]:
        """Return what each parameter is pulled to, with the means of the present models."""
        if self.means is not None:
            matrix, columns = self.means
            mix_(self.model.parameters, matrix, columns, out=self.anchor)
        return self.anchor

    def _exchanges(self, seeds: Sequence[int], keys: Sequence[Sequence[str]]) -> list[Exchange]:
        """Return an exchange for all settings that mix alike, and one each where one clips."""
        alike: dict[tuple[object, ...], list[int]] = {}
        for m, regime in enumerate(self.regimes):
            if regime.mixing is not None:
                alike.setdefault(self._kind(m, regime.mixing), []).append(m)
        found = []
        for settings in alike.values():
            mixing, first = self.regimes[settings[0]].mixing, settings[0]
            assert mixing is not None
            given = (mixing, self.model.columns_of(settings), self.pace[..., first], seeds)
            if mixing.clip is None:
                found.append(Exchange(*given, self.dtype))
            else:
                own, start = [row[first] for row in keys], self.model.parameters
                found.append(ClippedExchange(*given, keys=own, start=start))
        return found

    def _kind(self, setting: int, mixing: Mixing) -> tuple[object, ...]:
        """Return what settings share that are mixed in one go."""
        if mixing.clip is not None:
            return ("clipped", setting)
        pace = self.pace[..., setting]
        told = astuple(replace(mixing, weights=np.eye(1)))[1:]
        return (mixing.weights.tobytes(), *told, (pace / pace[:, :1]).tobytes())
