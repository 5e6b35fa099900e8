"""Services of a partnership: its people, trainings of its own, its provider and scores."""

from collections.abc import Sequence

import numpy as np
import torch

from tradeoffs.data.table import Table
from tradeoffs.engine.batches import active_columns
from tradeoffs.engine.population import logits
from tradeoffs.engine.regime import Regime
from tradeoffs.experiments.provider import (
    ensemble_vectors,
    provider_table,
    provider_vectors,
)
from tradeoffs.experiments.slots import Slots
from tradeoffs.experiments.training_data import community_table
from tradeoffs.remedies.partnership import Partnership, Tables, Vectors
from tradeoffs.scenario import digest


class TrainingServices:
    """What a partnership asks for where it is trained; see `Partnership`."""

    def __init__(self, own: Partnership) -> None:
        """Keep the public numbers."""
        self.own = own

    def tables(self) -> Tables:
        """Return the people in training, (seeds, K)."""
        scenario = self.own.scenario
        return [
            [community_table(scenario.model_copy(update={"seed": s}), n) for n in self.own.names]
            for s in self.own.seeds
        ]

    def train(
        self,
        tables: Tables,
        *,
        rows: Sequence[int],
        width: int | None,
        regime: Regime | None,
        epsilon: Sequence[float] | None,
        key: str,
    ) -> Vectors:
        """Train a model on each table, (seeds, slots)."""
        units = self.own.scenario.width if width is None else width
        slots = Slots([t for row in tables for t in row], rows, seeds=self.own.seeds)
        held = slots.regime(units, regime)
        if epsilon is not None:
            held = slots.private_regime(units, epsilon, regime)
        names = [
            [digest([self.own.key, key, seed, k])]
            for seed in self.own.seeds
            for k in range(len(rows))
        ]
        found = slots.train([slots.spec(units, noise=epsilon is not None)], [held], names)
        return by_seed([row[0] for row in found], len(rows))

    def provider(self, width: int | None) -> Vectors:
        """Return the provider's models, (seeds, K); the same for every seed."""
        scenario = self.own.scenario
        units = scenario.width if width is None else width
        found = provider_vectors(scenario, self.own.names, units)
        return [list(found) for _ in self.own.seeds]

    def provider_tables(self) -> Tables:
        """Return the provider's people, (seeds, K); the same for every seed."""
        found = [provider_table(self.own.scenario, name) for name in self.own.names]
        return [found for _ in self.own.seeds]

    def ensemble(self, size: int) -> Vectors:
        """Return models of disjoint people of the provider, (K, size)."""
        scenario = self.own.scenario
        return [ensemble_vectors(scenario, name, size) for name in self.own.names]

    def scores(self, vector: np.ndarray, table: Table, width: int | None) -> np.ndarray:
        """Return (rows,) logits, or (models, rows)."""
        units = self.own.scenario.width if width is None else width
        codes = torch.from_numpy(active_columns(table))
        weights = torch.from_numpy(np.atleast_2d(np.asarray(vector, np.float32)))
        found = logits(list(weights), [units] * len(weights), codes).numpy()
        return found if np.ndim(vector) > 1 else found[0]


def by_seed(slots: Sequence[np.ndarray], count: int) -> Vectors:
    """Return (seeds, K) of (slots,), the K slots of a seed one after another."""
    return [list(slots[i : i + count]) for i in range(0, len(slots), count)]
