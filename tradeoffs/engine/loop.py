"""The training loop: differentially private gradient descent for a whole population.

Formal guarantee, model by model: each step samples every record with probability q, clips its
gradient to C, adds noise of standard deviation sigma * C to the sum, and divides by q * n with n
public.  All models of a seed see the same batches, which leaves the law of each single model
unchanged, as their noise is independent; releasing several of them together costs more than one.
A batch without rows still gets its noise and counts as a step.  Where clipping adapts, C is the
largest bound of the step, which follows from noisy counts of earlier steps.  Averaging the last
iterates is post-processing.  A clipped model's weights are bounded by the number of steps, hence
finite; an unclipped one may diverge, and is then not finite, which the caller must check.

A ridge is half the squared weights, times a number, beside the loss summed over all n; each step
takes the share q of both.  Intercepts are free of it.

Source: Abadi et al. 2016, arXiv 1607.00133, algorithm 1; clipping and scaling as in Opacus; Hoerl,
Kennard 1970, Ridge Regression, doi 10.1080/00401706.1970.10488634.
"""

from collections.abc import Callable, Sequence

import numpy as np
import torch

from tradeoffs.engine.adaptive_clipping import AdaptiveClipping
from tradeoffs.engine.batches import Batch, Batches
from tradeoffs.engine.clipping.clipping import ClippingStatistics
from tradeoffs.engine.clipping.flat import clip_
from tradeoffs.engine.constraint import Constraint, ConstraintStatistics, gradient_sigma
from tradeoffs.engine.noise import NoiseStreams
from tradeoffs.engine.population import ModelSpec, Vectors, models
from tradeoffs.engine.recipe import NOISE_BLOCK, TAIL
from tradeoffs.engine.regime import Regime
from tradeoffs.engine.regime_state import RegimeState, community_specs, start_vectors
from tradeoffs.engine.sample_weights import Reweighing


def train(
    settings: Sequence[ModelSpec],
    batches: Batches,
    *,
    seeds: Sequence[int],
    keys: Sequence[Sequence[str]],
    regimes: Sequence[Regime | None] | None = None,
    dtype: torch.dtype = torch.float32,
    tail: int = TAIL,
) -> Vectors:
    """Train settings x seeds and return the mean of each model's last `tail` iterates.

    Args:
        settings: one a model, the unconstrained ones first; all logistic or all networks.
        batches: of the stacked seeds.
        seeds: of the initial weights, one a stacked seed.
        keys: (seeds, settings) names of the models, which seed their noise.
        regimes: one a setting, of K communities: seeds count K slots for each seed then, slot
            `seed * K + community`.
        dtype: float32, or float64 for proofs.
        tail: number of last iterates to average.
    """
    training = run_training(
        settings, batches, seeds=seeds, keys=keys, regimes=regimes, dtype=dtype, tail=tail
    )
    return training.mean()


@torch.no_grad()
def run_training(
    settings: Sequence[ModelSpec],
    batches: Batches,
    *,
    seeds: Sequence[int],
    keys: Sequence[Sequence[str]],
    regimes: Sequence[Regime | None] | None = None,
    dtype: torch.dtype = torch.float32,
    tail: int = TAIL,
) -> "Training":
    """Return the training after its last step; arguments as in `train`."""
    training = Training(settings, batches, seeds=seeds, keys=keys, regimes=regimes, dtype=dtype)
    for step, batch in enumerate(batches):
        training.step(step, batch)
        if step >= batches.steps - tail:
            training.remember()
    return training


class SlotNumbers:
    """What sets the models of a population apart, as arrays (slots, settings).

    Args:
        specs: (K, settings), the same for each seed.
        batches: of the training.
    """

    def __init__(self, specs: Sequence[Sequence[ModelSpec]], batches: Batches) -> None:
        """Collect them."""
        times = batches.seeds // len(specs)

        def each(number: Callable[[ModelSpec], float]) -> np.ndarray:
            return np.tile([[number(s) for s in row] for row in specs], (times, 1))

        people = np.array(batches.public_rows)[:, None]
        self.pace = each(lambda s: -s.learning_rate) * (1 / (batches.rate * people))
        self.momentum = each(lambda s: s.momentum)
        self.clip_norm = each(lambda s: s.clip_norm)
        self.ridge = each(lambda s: batches.rate * s.ridge)
        self.deviation = each(lambda s: gradient_sigma(s) * s.clip_norm if s.sigma > 0 else 0.0)
        self.noisy = [any(s.sigma > 0 for s in column) for column in zip(*specs, strict=True)]


class Training:
    """The state of a population in training; arguments as in `train`."""

    def __init__(
        self,
        settings: Sequence[ModelSpec],
        batches: Batches,
        *,
        seeds: Sequence[int],
        keys: Sequence[Sequence[str]],
        regimes: Sequence[Regime | None] | None = None,
        dtype: torch.dtype = torch.float32,
    ) -> None:
        """Place weights, velocities and noise streams."""
        own = [regime or Regime() for regime in regimes or [None] * len(settings)]
        specs = community_specs(settings, own)
        start = start_vectors(settings, own, seeds, batches, dtype)
        self.model = models(start, [s.width for s in settings], batches.ones)
        self.velocity = [torch.zeros_like(p) for p in self.model.parameters]
        self.total = [torch.zeros_like(p) for p in self.model.parameters]
        self.remembered = 0
        self.sizes = [len(vector) for vector in start[0]]
        numbers = SlotNumbers(specs, batches)
        self._lay_out(numbers, dtype)
        self.regimes = None
        if any(regimes or ()):
            at = (own, specs, batches, self.model)
            self.regimes = RegimeState(*at, pace=numbers.pace, seeds=seeds, keys=keys)
            self.rate = self.regimes.freeze(self.rate)
        self._watch(settings, batches, keys, numbers.noisy, dtype)
        self.clips = self.clipping is not None or bool(self.clip_norm.isfinite().any())

    def _lay_out(self, numbers: SlotNumbers, dtype: torch.dtype) -> None:
        """Spread what differs between models over their parameters."""

        def spread(values: np.ndarray) -> list[torch.Tensor]:
            told = torch.tensor(narrow(values), dtype=dtype)
            return self.model.spread(told) if told.dim() == 1 else self.model.spread_models(told)

        self.rate, self.momentum = spread(numbers.pace), spread(numbers.momentum)
        self.deviation, self.noisy = spread(numbers.deviation), any(numbers.noisy)
        self.clip_norm = torch.tensor(narrow(numbers.clip_norm), dtype=dtype)
        self.ridge = None
        if numbers.ridge.any():
            self.ridge = self.model.at_weights(spread(numbers.ridge))

    def _watch(
        self,
        settings: Sequence[ModelSpec],
        batches: Batches,
        keys: Sequence[Sequence[str]],
        noisy: Sequence[bool],
        dtype: torch.dtype,
    ) -> None:
        """Place what looks at groups or at lengths of gradients, and everybody's noise."""
        self.free = sum(s.max_gap is None for s in settings)
        self.cells = [0] * self.free + [batches.cells] * (len(settings) - self.free)
        self.clipping = self.scale = None
        if any(s.adaptation for s in settings):
            self.clipping = AdaptiveClipping(settings, batches, dtype)
        counts = self.clipping.numbers if self.clipping else [0] * len(settings)
        sizes = [sum(parts) for parts in zip(self.sizes, self.cells, counts, strict=True)]
        self.noise = NoiseStreams(keys, noisy, sizes, dtype=dtype)
        self.constraint = self.reweighing = None
        if self.free < len(settings):
            counts_noise = self.noise.once(batches.cells, [s.max_gap is not None for s in settings])
            self.constraint = Constraint(
                settings[self.free :], batches, counts_noise[:, self.free :]
            )
        weighed = [s.reweigh > 0 for s in settings]
        if any(weighed):
            counts_noise = self.noise.once(batches.cells, weighed)
            self.reweighing = Reweighing(settings, batches, counts_noise)

    def step(self, step: int, batch: Batch) -> None:
        """Take one step of every model."""
        place = step % NOISE_BLOCK
        if place == 0 and (self.noisy or step == 0):
            self._draw()
        logit = self.model.forward(batch.codes, batch.rows, batch.bounds)
        probability = torch.sigmoid(logit)
        label = batch.label if self.regimes is None else self.regimes.label(batch)
        residual = probability - label
        if self.reweighing is not None:
            self.reweighing.weigh_(residual, batch)
        if self.constraint is not None:
            some = slice(self.free, None)
            self.constraint.add_gradient_(residual[:, some], batch, probability[:, some])
            self.constraint.observe(
                step, batch, logit[:, some], probability[:, some], self.statistics_noise[place]
            )
        self._clip(residual, batch, place)
        gradients = self.model.backward(residual, batch.order, batch.columns)
        for i, weights in enumerate(self.model.parameters):
            velocity = self.velocity[i].mul_(self.momentum[i]).add_(gradients[i])
            if self.ridge is not None:
                velocity.addcmul_(weights, self.ridge[i])
            if self.noisy:
                noise = self.gradient_noise[i][place]
                velocity.add_(noise if self.scale is None else noise * self.scale[i])
            weights.addcmul_(velocity, self.rate[i])
        if self.regimes is not None:
            self.regimes.after(step, self.velocity)
        self.model.settle()

    def _clip(self, residual: torch.Tensor, batch: Batch, place: int) -> None:
        """Clip every row's residual; release what adaptive clipping counts."""
        if not self.clips:
            return
        norm = self.model.gradient_norm(residual)
        if self.clipping is None:
            most = self.clip_norm
            if most.dim() > 1:  # a number a slot
                most = most.repeat_interleave(torch.tensor(batch.bounds).diff(), 0)
            clip_(residual, norm, most)
            return
        self.scale = self.model.spread_models(self.clipping.scale)  # of the noise, too
        self.clipping.clip_(residual, norm, batch)
        self.clipping.observe(norm, batch, self.clipping_noise[place])

    def _draw(self) -> None:
        """Draw the noise of the next steps and lay it out like the parameters."""
        blocks = self.noise.blocks()
        own = [
            [block[:, :size] for block, size in zip(row, self.sizes, strict=True)] for row in blocks
        ]
        parts = self.model.layout(own)
        self.gradient_noise = [p.mul_(d) for p, d in zip(parts, self.deviation, strict=True)]
        if self.constraint is not None:
            seen = [
                [
                    block[:, size : size + cells]
                    for block, size, cells in zip(row, self.sizes, self.cells, strict=True)
                ][self.free :]
                for row in blocks
            ]
            stacked = [torch.stack(row, 1) for row in seen]
            self.statistics_noise = torch.stack(stacked, 1)  # (steps, seeds, settings, cells)
        if self.clipping is not None:
            self.clipping_noise = self._clipping_noise(blocks, 2 * self.clipping.groups)

    def _clipping_noise(self, blocks: Vectors, most: int) -> torch.Tensor:
        """Return (steps, seeds, settings, most) normals for the counts, then zeros."""
        shape = (len(blocks[0][0]), len(blocks), len(self.sizes), most)
        noise = blocks[0][0].new_zeros(shape)
        for s, row in enumerate(blocks):
            for m, block in enumerate(row):
                own = block[:, self.sizes[m] + self.cells[m] :]
                noise[:, s, m, : own.shape[1]] = own
        return noise

    def remember(self) -> None:
        """Add the present weights to the mean that is returned."""
        now = self.model.parameters if self.regimes is None else self.regimes.released()
        for total, weights in zip(self.total, now, strict=True):
            total.add_(weights)
        for statistics in (self.constraint, self.clipping):
            if statistics is not None:
                statistics.remember()
        self.remembered += 1

    def mean(self) -> Vectors:
        """Return the mean of the remembered weights, one vector a model."""
        means = [total / self.remembered for total in self.total]
        if self.regimes is not None:
            self.regimes.finish_(means)
        return self.model.vectors(means)

    def constraint_statistics(self) -> list[list[ConstraintStatistics | None]]:
        """Return what was seen of each model's bound, (seeds, settings); None where free."""
        if self.constraint is None:
            return [[None] * self.free for _ in range(self.model.seeds)]
        return [[None] * self.free + row for row in self.constraint.statistics()]

    def clipping_statistics(self) -> list[list[ClippingStatistics | None]]:
        """Return what was seen of each model's clipping, (seeds, settings); None where flat."""
        if self.clipping is None:
            return [[None] * len(self.sizes) for _ in range(self.model.seeds)]
        return self.clipping.statistics()

    def unweighted_cells(self) -> list[list[list[tuple[int, int]]]]:
        """Return whom reweighing left alone, (seeds, settings) lists of (label, group)."""
        if self.reweighing is None:
            return [[[] for _ in self.sizes] for _ in range(self.model.seeds)]
        found = self.reweighing.unweighted_cells()
        return [
            [
                [tuple(p) for p in found[s, ..., m].nonzero().tolist()]
                for m in range(len(self.sizes))
            ]
            for s in range(self.model.seeds)
        ]


def narrow(values: np.ndarray) -> np.ndarray:
    """Return (settings,) numbers in place of (slots, settings) where all slots have the same."""
    return values[0] if (values == values[0]).all() else values
