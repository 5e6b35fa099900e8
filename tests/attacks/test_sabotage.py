"""The audit, audited: engines broken on purpose must be caught, the sound one must not be.

Every sabotage is a patch of the engine from outside, and names the finding that must raise the
alarm, in every one of the seeds.
"""

import numpy as np
import pytest
import torch

from tradeoffs.audit.canaries import full_batch
from tradeoffs.audit.clip_bounds import clipping_noise, clipping_sensitivity
from tradeoffs.audit.noise_independence import constraint_noise, gradient_noise
from tradeoffs.audit.sampling_rate import division, sampling
from tradeoffs.audit.sensitivity import bias_counts, sensitivity
from tradeoffs.audit.suite import audit
from tradeoffs.engine import batches, loop
from tradeoffs.engine.adaptive_clipping import AdaptiveClipping
from tradeoffs.engine.constraint import Constraint
from tradeoffs.engine.loop import Training
from tradeoffs.engine.noise import NoiseStreams
from tradeoffs.engine.population import Logistic, Network
from tradeoffs.engine.sample_weights import Reweighing

# An alarm is false once in a million: few seeds show as much as many, but for a rare miss.
FEW, MANY = range(3), range(3, 20)
SEEDS = pytest.mark.parametrize("seeds", [FEW, pytest.param(MANY, marks=pytest.mark.slow)], ids=len)


def noise_halved(patch):
    honest = loop.gradient_sigma
    patch.setattr(loop, "gradient_sigma", lambda setting: honest(setting) / 2)


def no_clipping(patch):
    patch.setattr(loop, "clip_", lambda slope, length, bound: slope)


def prepared(patch, change):
    """Let `change(training, batches)` follow the preparation of every training."""
    honest = Training.__init__

    def init(self, settings, batches, **given):
        honest(self, settings, batches, **given)
        change(self, batches)

    patch.setattr(Training, "__init__", init)


def noise_on_the_mean(patch):
    """The noise of a sum, as if it were to be added to the mean: too little by q * n."""

    def change(training, batches):
        expected = batches.rate * batches.rows
        training.deviation = [part / expected for part in training.deviation]

    prepared(patch, change)


def drawn(patch, change):
    """Let `change(training, draw)` follow every drawing of noise, counted from 0."""
    honest = Training._draw
    draws = {}

    def draw(self):
        honest(self)
        draws[self] = draws.get(self, -1) + 1
        change(self, draws[self])

    patch.setattr(Training, "_draw", draw)


def noise_at_the_first_step_only(patch):
    def change(training, draw):
        for part in training.gradient_noise:
            part[0 if draw else 1 :] = 0

    drawn(patch, change)


def statistics_noise_dropped(patch):
    def change(training, draw):
        if training.constraint is not None:
            training.statistics_noise.zero_()

    drawn(patch, change)


def bias_left_out_of_the_norm(patch):
    def logistic(self, slope):
        return slope.abs() * (self.row_length**2 - 1) ** 0.5

    def network(self, slope):
        """|hidden|^2 without the 1, and the ones of a row without the bias."""
        self.active = self.hidden.sign()
        second = self.second_square * (self.ones - 1) / self.ones
        parts = [
            (self.active[a:b] * second[s] + self.hidden[a:b] ** 2) @ self.blocks
            for s, (a, b) in enumerate(self.bounds)
        ]
        return torch.cat(parts).sqrt() * slope.abs()

    patch.setattr(Logistic, "gradient_norm", logistic)
    patch.setattr(Network, "gradient_norm", network)


def watching_for_free(patch):
    """The gradient keeps the whole noise's sigma, although the group sums are released too."""
    patch.setattr(loop, "gradient_sigma", lambda setting: setting.sigma)


def noise_shared(patch):
    honest = NoiseStreams.__init__

    def init(self, keys, *rest, **given):
        honest(self, [[keys[0][0]] * len(row) for row in keys], *rest, **given)

    patch.setattr(NoiseStreams, "__init__", init)


def padding_counted(patch):
    """Batches are filled up to a multiple of 64 with the first row, as for a fixed buffer."""
    honest = batches.participation

    def participation(row_id, **given):
        return [
            np.concatenate([np.zeros(-len(rows) % 64, rows.dtype), rows])
            for rows in honest(row_id, **given)
        ]

    patch.setattr(batches, "participation", participation)


def batches_of_a_fixed_size(patch):
    """As many rows as expected, drawn without replacement, under Poisson accounting."""

    def participation(row_id, *, seed, rate, steps):
        rng, size = np.random.default_rng(seed), round(rate * len(row_id))
        drawn = [np.sort(rng.permutation(len(row_id))[:size]) for _ in range(steps)]
        return [rows.astype(np.int32) for rows in drawn]

    patch.setattr(batches, "participation", participation)


def same_batch_twice(patch):
    """Every batch is used for two steps."""
    honest = batches.participation

    def participation(row_id, **given):
        drawn = honest(row_id, **given)
        return [drawn[step // 2] for step in range(len(drawn))]

    patch.setattr(batches, "participation", participation)


def divided_by_the_realised_size(patch):
    def change(training, batches):
        training.expected = batches.rate * batches.rows

    prepared(patch, change)
    honest = Training.step

    def step(self, number, batch):
        rate = self.rate
        size = max(len(batch.label) / self.model.seeds, 1)
        self.rate = [part * self.expected / size for part in rate]
        honest(self, number, batch)
        self.rate = rate

    patch.setattr(Training, "step", step)


def group_counts_exact(patch):
    honest = NoiseStreams.once
    patch.setattr(NoiseStreams, "once", lambda *given: honest(*given).zero_())


def everybody_in_two_cells(patch):
    """As if a person counted both for the group and for its positives."""
    honest = Constraint.release
    patch.setattr(Constraint, "release", lambda *given: honest(*given) * 2**0.5)


def largest_bound_forgotten(patch):
    """Noise of the usual clip norm, although a group's is larger."""
    scale = property(lambda self: torch.ones_like(self.most.amax(1)))
    patch.setattr(AdaptiveClipping, "scale", scale)


def proportions_kept_beyond_the_reach(patch):
    """Everybody is scaled by the same factor, however long the gradient."""

    def clip_(self, slope, length, batch):
        slope.mul_((self.most / self.reach).amax(1).repeat_interleave(len(slope) // self.seeds, 0))

    patch.setattr(AdaptiveClipping, "clip_", clip_)


def counts_noise_dropped(patch):
    def change(training, draw):
        if training.clipping is not None:
            training.clipping_noise.zero_()

    drawn(patch, change)


def everybody_counted_twice(patch):
    honest = AdaptiveClipping.release
    patch.setattr(AdaptiveClipping, "release", lambda *given: honest(*given) * 2)


def weighed_after_clipping(patch):
    """Weights multiply what was clipped already."""
    patch.setattr(Reweighing, "weigh_", lambda self, slope, batch: None)
    honest = Training._clip

    def clip(self, slope, batch, place):
        honest(self, slope, batch, place)
        if self.reweighing is not None:
            slope.mul_(self.reweighing.weight.index_select(0, batch.cell))

    patch.setattr(Training, "_clip", clip)


def logistic_noise(seed):
    return gradient_noise(seed, 0)


def network_noise(seed):
    return gradient_noise(seed, 8)


CASES = [
    (noise_halved, full_batch, "canary-noise"),
    (noise_halved, full_batch, "canary-distance"),
    (noise_halved, constraint_noise, "joint-noise"),
    (no_clipping, full_batch, "canary-length"),
    (no_clipping, sensitivity, "removal-width-8-demographic-parity"),
    (noise_on_the_mean, full_batch, "canary-distance"),
    (noise_at_the_first_step_only, full_batch, "canary-noise"),
    (noise_at_the_first_step_only, logistic_noise, "deviation-logistic"),
    (bias_left_out_of_the_norm, bias_counts, "bias-logistic"),
    (bias_left_out_of_the_norm, bias_counts, "bias-width-8"),
    (bias_left_out_of_the_norm, sensitivity, "removal-logistic"),
    (bias_left_out_of_the_norm, sensitivity, "removal-width-8"),
    (noise_shared, logistic_noise, "models-apart-logistic"),
    (noise_shared, network_noise, "models-apart-width-8"),
    (padding_counted, sampling, "once-a-batch"),
    (padding_counted, sampling, "batch-sizes"),
    (padding_counted, sensitivity, "removal-logistic"),
    (batches_of_a_fixed_size, sampling, "batch-sizes"),
    (same_batch_twice, sampling, "steps-apart"),
    (watching_for_free, constraint_noise, "deviation-watched-gradient"),
    (divided_by_the_realised_size, division, "divided-by-qn"),
    (group_counts_exact, constraint_noise, "deviation-group-counts"),
    (everybody_in_two_cells, sensitivity, "sums-logistic-equalised-odds"),
    (statistics_noise_dropped, constraint_noise, "deviation-group-sums"),
    (statistics_noise_dropped, constraint_noise, "joint-noise"),
    (watching_for_free, clipping_noise, "joint-clipped-dpsgd-f"),
    (watching_for_free, clipping_noise, "joint-clipped-global-adapt"),
    (largest_bound_forgotten, clipping_noise, "deviation-clipped-gradient-dpsgd-f"),
    (proportions_kept_beyond_the_reach, clipping_sensitivity, "removal-logistic-global-adapt"),
    (counts_noise_dropped, clipping_noise, "deviation-clipped-counts-dpsgd-f"),
    (counts_noise_dropped, clipping_noise, "deviation-clipped-counts-global-adapt"),
    (everybody_counted_twice, clipping_sensitivity, "counts-logistic-dpsgd-f"),
    (everybody_counted_twice, clipping_sensitivity, "counts-logistic-global-adapt"),
    (weighed_after_clipping, clipping_sensitivity, "removal-logistic-reweighed"),
    (weighed_after_clipping, clipping_sensitivity, "removal-width-8-reweighed"),
]
PARTS = list(dict.fromkeys((sabotage, part) for sabotage, part, _ in CASES))


@SEEDS
@pytest.mark.parametrize(
    ("sabotage", "part"),
    PARTS,
    ids=lambda given: given.__name__,
)
def test_a_broken_engine_is_caught_in_every_seed(monkeypatch, sabotage, part, seeds):
    sabotage(monkeypatch)
    due = {name for broken, by, name in CASES if (broken, by) == (sabotage, part)}
    for seed in seeds:
        alarms = {finding.name for finding in part(seed) if not finding.ok}
        assert due <= alarms, f"seed {seed}: not caught by {due - alarms}"


@SEEDS
def test_the_sound_engine_raises_no_alarm_in_any_seed(seeds):
    alarms = [(seed, f.name, f.measured) for seed in seeds for f in audit(seed) if not f.ok]
    assert not alarms
