"""Slots: tables side by side in one training, those of each seed one after another."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tradeoffs.data.table import Table
from tradeoffs.engine.batches import Batches
from tradeoffs.engine.loop import run_training
from tradeoffs.engine.population import ModelSpec
from tradeoffs.engine.recipe import STEPS, delta, recipe, sample_rate
from tradeoffs.engine.regime import Regime
from tradeoffs.values.privacy.account import Part, allocate


class Slots:
    """Tables that are trained side by side, with the public numbers that go with them.

    Args:
        tables: one a slot, those of the first seed first; all with the same features.
        rows: (K,) public numbers of people, the same for each seed.
        seeds: of the draws and of the initial weights; there are as many slots as seeds times K.
    """

    def __init__(self, tables: Sequence[Table], rows: Sequence[int], *, seeds: Sequence[int]):
        """Draw who takes part in which step; the smallest table decides on the sampling rate."""
        self.seeds = [seed for seed in seeds for _ in rows]
        self.rows = np.asarray(rows)
        self.ones = len(tables[0].features)
        self.rate = sample_rate(int(self.rows.min()))
        self.batches = Batches(
            tables,
            [np.zeros(table.rows, np.int32) for table in tables],
            groups=1,
            seeds=self.seeds,
            rate=self.rate,
            steps=STEPS,
            rows=np.tile(self.rows, len(seeds)).tolist(),
        )

    def spec(self, width: int, noise: bool = False) -> ModelSpec:
        """Return what a model is, without the numbers of the communities."""
        how = recipe(int(self.rows[0]), width, None, self.ones)
        return ModelSpec(
            width=width,
            learning_rate=how.learning_rate,
            clip_norm=how.clip_norm,
            sigma=float(noise),
            momentum=how.momentum,
        )

    def regime(self, width: int, regime: Regime | None = None) -> Regime:
        """Return a regime with the recipe of each table where nothing is promised."""
        each = [recipe(int(rows), width, None, self.ones) for rows in self.rows]
        return complete(
            regime,
            learning_rate=[how.learning_rate for how in each],
            clip_norm=[how.clip_norm for how in each],
            ridge=[how.ridge for how in each],
            sigma=[0.0] * len(each),
        )

    def private_regime(
        self, width: int, epsilon: Sequence[float], regime: Regime | None = None
    ) -> Regime:
        """Return a regime with the recipe and the noise of each table's own budget."""
        pairs = list(zip(map(int, self.rows), map(float, epsilon), strict=True))
        each = [recipe(rows, width, budget, self.ones) for rows, budget in pairs]
        part = Part(sample_rate=self.rate, steps=STEPS)
        accounts = [allocate(budget, delta(rows), part) for rows, budget in pairs]
        return complete(
            regime,
            learning_rate=[how.learning_rate for how in each],
            clip_norm=[how.clip_norm for how in each],
            ridge=[how.ridge for how in each],
            sigma=[account.sigma for account in accounts],
        )

    def train(
        self,
        specs: Sequence[ModelSpec],
        regimes: Sequence[Regime | None],
        keys: Sequence[Sequence[str]],
    ) -> list[list[np.ndarray]]:
        """Return (slots, settings) float32 vectors; keys name their noise, hexadecimal."""
        training = run_training(specs, self.batches, seeds=self.seeds, keys=keys, regimes=regimes)
        return [[vector.numpy() for vector in row] for row in training.mean()]


def complete(regime: Regime | None, **numbers: Sequence[float]) -> Regime:
    """Return a regime with the numbers of each community that it leaves open."""
    own = regime or Regime()
    left = {name: np.array(each) for name, each in numbers.items() if getattr(own, name) is None}
    return replace(own, **left)
