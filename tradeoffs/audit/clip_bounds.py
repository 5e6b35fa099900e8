"""ClippingStatistics: do adaptive clipping and reweighing keep what flat clipping promises?

Bounds are put far apart by hand before each step, so that noise or a sensitivity that follows the
wrong one of them shows.  Weights are held still by a learning rate of zero where noise is read.
"""

import math

import numpy as np
import torch

from tradeoffs.audit.canaries import keys_of
from tradeoffs.audit.finding import Finding, deviation_test
from tradeoffs.audit.noise_independence import CONSTRAINED_BINS, SIGMA, independence_tests
from tradeoffs.audit.sensitivity import (
    CLIP,
    PEOPLE,
    gradient_move,
    gradient_sums,
    largest_move,
    leave_one_out,
    place_weights,
)
from tradeoffs.audit.synthetic_tables import batches_of, random_people
from tradeoffs.data.table import Table
from tradeoffs.engine.adaptive_clipping import AdaptiveClipping, count_releases
from tradeoffs.engine.batches import Batches
from tradeoffs.engine.clipping.catalogue import CLIPPINGS
from tradeoffs.engine.clipping.flat import FLAT
from tradeoffs.engine.constraint import MEMORY, SHARE
from tradeoffs.engine.loop import Training
from tradeoffs.engine.population import ModelSpec
from tradeoffs.language.translation import say

WAYS = tuple(name for name, way in CLIPPINGS.items() if way.adaptation)
BY_GROUP = tuple(name for name in WAYS if CLIPPINGS[name].needs_group)
UNLIKE = (0.5, 1.5)  # bounds of two groups where each has its own, in clip norms
REACH = 2.0  # where all groups have one, in clip norms
WEIGHT = 50.0  # of everybody, where reweighing is tried
ROWS, MODELS, STEPS = 300, 150, 21  # more than one draw of noise
JOINT = "Andrew et al. 2021, arXiv 1905.03871, theorem 1: one release of gradient and counts"


def clipping_noise(seed: int) -> list[Finding]:
    """Audit the noise of gradients and counts, and both as one mechanism, for each way."""
    return [finding for way in WAYS for finding in _noise(seed, way)]


def _noise(seed: int, way: str) -> list[Finding]:
    gradient, counts = _drawn(seed, way)
    largest = UNLIKE[1] if way in BY_GROUP else 1.0
    parts = SIGMA / math.sqrt(1 - SHARE), SIGMA / math.sqrt(SHARE)
    gradient = gradient / largest
    told = way.replace("_", "-")
    together = np.concatenate([gradient / parts[0], counts / parts[1]], 2)
    return [
        deviation_test(f"deviation-clipped-gradient-{told}",
                     say("Deviation of the gradient noise, in the largest clip norm ({way})",
                         way=way),
                     gradient.ravel(), parts[0], source=JOINT),
        deviation_test(f"deviation-clipped-counts-{told}",
                     say("Deviation of the noise of long gradients' counts, people ({way})",
                         way=way),
                     counts.ravel(), parts[1], source=JOINT),
        *independence_tests(f"clipped-{told}", together[:48]),
        _joint(told, gradient, counts),
    ]  # fmt: skip


def _drawn(seed: int, way: str) -> tuple[np.ndarray, np.ndarray]:
    """Return (models, steps, numbers) noise of gradients in clip norms, and of counts in people."""
    batches = batches_of([random_people(ROWS, seed, CONSTRAINED_BINS)], seed=seed)
    given = {"learning_rate": 0.0, "clip_norm": CLIP, "momentum": 0.0, "clipping": way}
    noisy, clean = ModelSpec(**given, sigma=SIGMA), ModelSpec(**given)
    training = Training(
        [noisy] * MODELS + [clean],
        batches,
        seeds=[seed],
        keys=keys_of(f"clipped {way}", seed, 1, MODELS + 1),
        dtype=torch.float64,
    )
    batch, few = next(iter(batches)), count_releases(noisy, batches.groups)
    gradient, counts = [], []
    for step in range(STEPS):
        own = _placed(training, way)
        before = own.counts.clone()
        training.step(step, batch)
        sums = torch.stack(training.model.vectors(training.velocity)[0]).numpy()
        gradient.append((sums[:-1] - sums[-1:]) / CLIP)
        found = _counts(own, before)
        counts.append((found[0, :-1] - found[0, -1:])[:, :few])
    return np.stack(gradient, 1), np.stack(counts, 1)


def _placed(training: Training, way: str) -> AdaptiveClipping:
    """Return the training's clipping with the bounds of this audit."""
    own = training.clipping
    if own is None:
        raise ValueError("no setting is clipped adaptively")
    most = torch.tensor(UNLIKE if way in BY_GROUP else (1.0, 1.0), dtype=own.most.dtype)
    own.most = (CLIP * most).view(1, 2, 1).expand(own.most.shape).clone()
    own.reach = own.most if way in BY_GROUP else own.most * REACH
    return own


def _counts(own: AdaptiveClipping, before: torch.Tensor) -> np.ndarray:
    """Return the (seeds, settings, counts) that the last step released."""
    found = (own.counts - MEMORY * before) / (1 - MEMORY)
    return found.permute(1, 3, 0, 2).flatten(2).numpy()


def _joint(told: str, gradient: np.ndarray, counts: np.ndarray) -> Finding:
    parts = np.array([gradient.std(), counts.std()])
    joint = 0.0 if (parts == 0).any() else (parts**-2.0).sum() ** -0.5
    errors = (1 - SHARE) ** 2 / gradient.size + SHARE**2 / counts.size
    room = 6 * SIGMA * math.sqrt(errors / 2)
    return Finding(
        name=f"joint-clipped-{told}",
        what=say("Gradient and counts as one release: 1 / sigma^2 is the sum of theirs"),
        measured=float(joint),
        expected=SIGMA,
        low=SIGMA - room,
        high=SIGMA + room,
        source=JOINT,
    )


def clipping_sensitivity(seed: int) -> list[Finding]:
    """Remove each of 50 people in turn under adaptive clipping and under reweighing."""
    table = random_people(PEOPLE, seed)
    found = []
    for width in (0, 8):
        kind = f"width-{width}" if width else "logistic"
        for way in (*WAYS, "reweighed"):
            told = f"{kind}-{way.replace('_', '-')}"
            whole, counts = _release([table], seed, width, way)
            without, counts_without = _release(leave_one_out(table), seed, width, way)
            largest = CLIP * (UNLIKE[1] if way in BY_GROUP else 1.0)
            moves = np.linalg.norm(whole - without, axis=1) / largest
            what = gradient_move(told)
            found.append(largest_move(f"removal-{told}", what, moves))
            if way != "reweighed":
                people = np.linalg.norm(counts - counts_without, axis=1)
                what = say(
                    "Farthest that one of {people} people moves the counts of long ones, {what}",
                    people=PEOPLE,
                    what=told,
                )
                found.append(largest_move(f"counts-{told}", what, people, 0.0))
    return found


def _release(tables: list[Table], seed: int, width: int, way: str) -> tuple[np.ndarray, np.ndarray]:
    """Return (tables, parameters) gradient sums and (tables, numbers) counts."""
    reweighed = way == "reweighed"
    batches = batches_of(tables, seed=seed, by_label=reweighed)
    setting = ModelSpec(
        width=width,
        learning_rate=1.0,
        clip_norm=CLIP,
        clipping=FLAT.name if reweighed else way,
        reweigh=float(reweighed),
        momentum=0.0,
    )
    keys = keys_of("clipped removal", seed, len(tables), 1)
    seeds = [0] * len(tables)
    training = Training([setting], batches, seeds=seeds, keys=keys, dtype=torch.float64)
    place_weights(training, width, batches.ones, torch.Generator().manual_seed(seed))
    counts = _stepped(training, batches, way)
    return gradient_sums(training), counts


def _stepped(training: Training, batches: Batches, way: str) -> np.ndarray:
    batch = next(iter(batches))
    if training.reweighing is not None:
        training.reweighing.weight.fill_(WEIGHT)
        training.step(0, batch)
        return np.zeros((batches.seeds, 1))
    own = _placed(training, way)
    before = own.counts.clone()
    training.step(0, batch)
    return _counts(own, before)[:, 0]
