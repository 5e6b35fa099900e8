"""Membership: train many models, each on its own random half of a pool of people.

Every person is in each model with probability 1/2, by coins that are independent over people and
models.  So each model can be the target once while all others are its shadows: one training gives
models x people decisions (Carlini et al. 2022, arXiv 2112.03570).

The models are those of the training engine.  They share the first weights, which depend on no
data; batches and noise are each model's own, so the attacker does not know who was in which batch
and the declared epsilon covers what is measured.  Sums are divided by q n with n half the pool,
which is public: dividing by the number of members would tell it.
"""

from collections.abc import Sequence

import numpy as np
import torch

from tradeoffs.data.keyed_random import uniform
from tradeoffs.data.table import Table
from tradeoffs.engine.batches import Batches, active_columns
from tradeoffs.engine.constraint import by_label
from tradeoffs.engine.loop import train
from tradeoffs.engine.population import ModelSpec, logits
from tradeoffs.engine.recipe import Recipe
from tradeoffs.scenario import digest

STACKED = 16  # models side by side at most
CACHED_NUMBERS = 250_000  # rows x units of a step


def membership_mask(row_id: np.ndarray, models: int, seed: int) -> np.ndarray:
    """Return (models, people) bool: who is a member of which model."""
    return np.stack([uniform(seed, f"member {m}", row_id) < 0.5 for m in range(models)])


def train_on_members(
    pool: Table,
    protected: str,
    member: np.ndarray,
    settings: Sequence[ModelSpec],
    keys: Sequence[str],
    recipe: Recipe,
    seed: int,
    dtype: torch.dtype = torch.float32,
) -> list[list[torch.Tensor]]:
    """Return (models, settings) parameter vectors, each model trained on its own members.

    Args:
        pool: all people.
        protected: whose groups a bound on the gap is about.
        member: (models, people) bool.
        settings: trained on the same members, those without a bound on the gap first.
        keys: (settings,) names, from which each model's noise is keyed.
        recipe: q and T.
        seed: of first weights and batches.
        dtype: of the training.
    """
    group, names = pool.group_of(protected)
    vectors: list[list[torch.Tensor]] = []
    for some in _stacks(member, settings, recipe):
        batches = Batches(
            [pool.take(member[m]) for m in some],
            [group[member[m]] for m in some],
            groups=len(names),
            by_label=settings[-1].reweigh > 0 or by_label(settings[-1].constrained_rates),
            seeds=[int(digest(["member batches", seed, m]), 16) for m in some],
            rate=recipe.sample_rate,
            steps=recipe.steps,
            rows=pool.rows // 2,
        )
        named = [[digest(["member", key, m]) for key in keys] for m in some]
        vectors += train(settings, batches, seeds=[seed] * len(some), keys=named, dtype=dtype)
    return vectors


def _stacks(member: np.ndarray, settings: Sequence[ModelSpec], recipe: Recipe) -> list[range]:
    """Cut the models into stacks whose working set stays in the cache."""
    models, people = member.shape
    units = sum(max(setting.width, 1) for setting in settings)
    numbers = recipe.sample_rate * people / 2 * units
    size = min(max(1, int(CACHED_NUMBERS / numbers)), STACKED)
    return [range(a, min(a + size, models)) for a in range(0, models, size)]


def confidence(vectors: Sequence[torch.Tensor], width: int, pool: Table) -> np.ndarray:
    """Return (models, people) logits of the probability that a model gives the true label.

    Source: Carlini et al. 2022, arXiv 2112.03570, equation 4.
    """
    codes = torch.from_numpy(active_columns(pool))
    found = logits(vectors, [width] * len(vectors), codes).double().numpy()
    return np.where(pool.label, found, -found)
