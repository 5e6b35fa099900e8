"""Independence: is the noise normal, as strong as declared, and each model's and step's own?

Weights are held still by a learning rate of zero, so the only thing in which models and steps
differ is noise: the difference to a model without noise is read from the velocities.
"""

import math
from dataclasses import dataclass

import numpy as np
import torch
from scipy import stats

from tradeoffs.audit.canaries import keys_of
from tradeoffs.audit.finding import Finding, correlation_test, deviation_test, p_value_test
from tradeoffs.audit.synthetic_tables import batches_of, random_people
from tradeoffs.engine.batches import Batches
from tradeoffs.engine.constraint import FIRST_STEP, MEMORY, SHARE, Constraint
from tradeoffs.engine.loop import Training
from tradeoffs.engine.population import ModelSpec
from tradeoffs.engine.recipe import NOISE_BLOCK
from tradeoffs.language.translation import say

SIGMA, SIGMA_COUNTS, CLIP = 3.0, 5.0, 0.5
ROWS = 600
MODELS = 24  # settings of each of two seeds
STEPS = 2 * NOISE_BLOCK + 1  # three draws
CONSTRAINED_MODELS = 300  # constrained settings
CONSTRAINED_BINS = (12, 12, 12)  # many numbers, to see the 2.6 % of noise that watching costs
LARGEST = {  # by what is told apart, the axes of the noise in their order
    "models": "Largest correlation of the noise of two models, in errors ({name})",
    "steps": "Largest correlation of the noise of two steps, in errors ({name})",
    "numbers": "Largest correlation of the noise of two numbers, in errors ({name})",
}
GAUSSIAN = "Abadi et al. 2016, arXiv 1607.00133, algorithm 1: N(0, (sigma C)^2)"
SPLIT = "Andrew et al. 2021, arXiv 1905.03871, theorem 1"


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class NoiseSample:
    """The noise of constrained models, one seed; what is not noise is taken away."""

    gradient: np.ndarray  # (models, steps, parameters), in clip norms
    sums: np.ndarray  # (models, steps, groups), people
    counts: np.ndarray  # (models, groups), people


def gradient_noise(seed: int, width: int) -> list[Finding]:
    """Audit the noise of the gradients of unconstrained models of one width."""
    name = f"width-{width}" if width else "logistic"
    noise = _gradient_noise(seed, width) / SIGMA
    standard = noise.reshape(-1, STEPS, noise.shape[-1])
    return [
        *_law(name, say("gradient noise / (sigma C)"), standard.ravel(), 1.0, source=GAUSSIAN),
        *independence_tests(name, standard),
    ]


def _gradient_noise(seed: int, width: int) -> np.ndarray:
    """Return (seeds, models, steps, parameters) noise in clip norms."""
    batches = batches_of([random_people(60, seed), random_people(60, seed + 1)], seed=seed)
    noisy = ModelSpec(width=width, learning_rate=0.0, clip_norm=CLIP, sigma=SIGMA, momentum=0.0)
    clean = ModelSpec(width=width, learning_rate=0.0, clip_norm=CLIP, momentum=0.0)
    training = Training(
        [noisy] * MODELS + [clean],
        batches,
        seeds=[seed, seed + 1],
        keys=keys_of(f"noise {width}", seed, 2, MODELS + 1),
        dtype=torch.float64,
    )
    batch = next(iter(batches))
    return np.stack([_after(training, step, batch) for step in range(STEPS)], 2)


def _after(training: Training, step: int, batch) -> np.ndarray:
    """Take a step; return (seeds, models, parameters) sums less the last model's, in clip norms."""
    training.step(step, batch)
    sums = np.stack([torch.stack(row).numpy() for row in training.model.vectors(training.velocity)])
    return (sums[:, :-1] - sums[:, -1:]) / CLIP


def independence_tests(name: str, noise: np.ndarray) -> list[Finding]:
    """Look for noise that models, steps or coordinates share; noise (models, steps, numbers)."""
    return [
        correlation_test(
            f"{axis}-apart-{name}",
            say(LARGEST[axis], name=name),
            np.moveaxis(noise, place, 0).reshape(noise.shape[place], -1),
            source=GAUSSIAN,
        )
        for place, axis in enumerate(LARGEST)
    ]


def constraint_noise(seed: int) -> list[Finding]:
    """Audit the three noises of constrained models: gradient, group sums and group counts."""
    drawn = sample_noise(seed)
    gradient, sums = SIGMA / math.sqrt(1 - SHARE), SIGMA / math.sqrt(SHARE)
    together = np.concatenate([drawn.gradient / gradient, drawn.sums / sums], 2)
    few = together[: 2 * MODELS]
    return [
        *_law("watched-gradient", say("gradient noise of constrained models, in clip norms"),
              drawn.gradient.ravel(), gradient, source=SPLIT),
        *_law("group-sums", say("noise of the group sums, people: sigma / sqrt(share)"),
              drawn.sums.ravel(), sums, source=SPLIT),
        *_law("group-counts", say("noise of the group counts, people"),
              drawn.counts.ravel(), SIGMA_COUNTS, source=SPLIT),
        *independence_tests("watched", few),
        *count_reuse_test(drawn),
        joint_noise(drawn),
    ]  # fmt: skip


def sample_noise(seed: int) -> NoiseSample:
    """Take steps of constrained models and read every noise that is added."""
    batches = batches_of([random_people(ROWS, seed, CONSTRAINED_BINS)], seed=seed)
    noisy = ModelSpec(
        learning_rate=0.0,
        clip_norm=CLIP,
        sigma=SIGMA,
        sigma_counts=SIGMA_COUNTS,
        max_gap=0.1,
        momentum=0.0,
    )
    clean = ModelSpec(learning_rate=0.0, clip_norm=CLIP, max_gap=0.1, momentum=0.0)
    training = Training(
        [noisy] * CONSTRAINED_MODELS + [clean],
        batches,
        seeds=[seed],
        keys=keys_of("watched", seed, 1, CONSTRAINED_MODELS + 1),
        dtype=torch.float64,
    )
    batch, constraint = next(iter(batches)), constraint_of(training)
    sums, gradient = [], []
    for step in range(FIRST_STEP):  # afterwards the multipliers move, and the gradients part
        before = constraint.disparity.clone()
        gradient.append(_after(training, step, batch)[0])
        found = group_sums(constraint, before)
        sums.append((found[..., :-1] - found[..., -1:])[0].t().numpy())
    return NoiseSample(
        gradient=np.stack(gradient, 1),
        sums=np.stack(sums, 1),
        counts=_counts_noise(constraint, batches),
    )


def constraint_of(training: Training) -> Constraint:
    """Return the constraint, changed so that its moving average shows each cell's own rate."""
    constraint = training.constraint
    if constraint is None:
        raise ValueError("no setting is constrained")
    constraint.reference = torch.zeros_like(constraint.reference)
    constraint.able = torch.ones_like(constraint.able)
    return constraint


def group_sums(constraint: Constraint, before: torch.Tensor) -> torch.Tensor:
    """Return the (seeds, cells, settings) sums that the last step released, in people.

    Args:
        constraint: as `constraint_of` returns it.
        before: its moving average before that step.
    """
    rate = (constraint.disparity - MEMORY * before) / (1 - MEMORY)
    return (rate * constraint.expected * constraint.share).flatten(1, 2)


def _counts_noise(constraint: Constraint, batches: Batches) -> np.ndarray:
    released = constraint.share[0].flatten(0, 1)[:, :-1] * batches.rows
    return (released - batches.cell_counts()[0].unsqueeze(1)).t().numpy()


def count_reuse_test(drawn: NoiseSample) -> list[Finding]:
    """Look for noise of the counts that is used again in the first step."""
    first = np.concatenate([drawn.gradient[:, 0], drawn.sums[:, 0]], 1)
    rows = np.concatenate([drawn.counts, first], 1).T
    what = say("Largest correlation of count noise and the first step's, over models, in errors")
    return [correlation_test("counts-apart", what, rows, source=SPLIT)]


def joint_noise(drawn: NoiseSample) -> Finding:
    """Compare the noise of gradient and sums as one mechanism with what was declared.

    1/sigma^2 = 1/sigma_gradient^2 + 1/sigma_sums^2, from the measured deviations; a deviation of
    zero means no noise at all.
    """
    parts = np.array([drawn.gradient.std(), drawn.sums.std()])
    joint = 0.0 if (parts == 0).any() else (parts**-2.0).sum() ** -0.5
    # Relative errors add up with weights (1 - SHARE) and SHARE; six errors is beyond ALPHA.
    errors = np.array([(1 - SHARE) ** 2 / drawn.gradient.size, SHARE**2 / drawn.sums.size])
    room = 6 * SIGMA * math.sqrt(errors.sum() / 2)
    return Finding(
        name="joint-noise",
        what=say("Gradient and group sums as one release: 1 / sigma^2 is the sum of theirs"),
        measured=float(joint),
        expected=SIGMA,
        low=SIGMA - room,
        high=SIGMA + room,
        source=SPLIT,
    )


def _law(
    name: str, what: str, sample: np.ndarray, deviation: float, *, source: str
) -> list[Finding]:
    chance = float(stats.kstest(sample / deviation, "norm").pvalue)
    return [
        deviation_test(f"deviation-{name}", say("Deviation of the {what}", what=what), sample,
                     deviation, source=source),
        p_value_test(f"normal-{name}",
                  say("p-value: {what} is normal, Kolmogorov-Smirnov", what=what), chance,
                  source=source),
    ]  # fmt: skip
