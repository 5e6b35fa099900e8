"""World: people of two groups, and two models of them that are trained anew, known in advance.

A person has a score; a training moves both models' cuts together (the pair of a seed shares its
batches), each model's cut by group, and each decision a little.  All are normal, so every rate has
a closed form.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import stats

from tradeoffs.data.table import Table

GROUPS = ("Female", "Male")
NOW, BEFORE = 0, 1  # the models: a setting, and the one it is compared with


@dataclass(frozen=True)
class World:
    """Shares of people, and laws of scores and trainings; all indexed by group, then label."""

    rows: int = 1_000
    seeds: int = 8
    second: float = 0.3  # share of the second group
    positive: tuple[float, float] = (0.25, 0.45)  # share with a positive label
    score: tuple[tuple[float, float], tuple[float, float]] = ((-1.0, 0.8), (-0.6, 1.2))
    cuts: tuple[tuple[float, float], tuple[float, float]] = ((0.2, 0.4), (0.4, 0.2))  # by model
    together: float = 0.1  # standard deviations over trainings: of both models' cuts,
    alone: float = 0.08  # of each model's cut for each group,
    single: float = 0.4  # and of each decision

    @cached_property
    def cells(self) -> np.ndarray:
        """Return the share of everybody by group and label, (2, 2)."""
        group, yes = np.array([1 - self.second, self.second]), np.array(self.positive)
        return group[:, None] * np.stack([1 - yes, yes], 1)

    @cached_property
    def yes(self) -> np.ndarray:
        """Return the share predicted yes by model, group and label, (2, 2, 2)."""
        return stats.norm.cdf(self._distance / self._spread)

    @cached_property
    def both(self) -> np.ndarray:
        """Return the share to whom both models say yes, by group and label, (2, 2)."""
        one, other = np.reshape(self._distance / self._spread, (2, -1))
        shared = (1 + self.together**2) / self._spread**2
        covariance = [[1, shared], [shared, 1]]
        law = stats.multivariate_normal(cov=covariance)  # pyright: ignore[reportArgumentType]
        return np.array([law.cdf(pair) for pair in zip(one, other, strict=True)]).reshape(2, 2)

    @property
    def right(self) -> np.ndarray:
        """Return the share decided correctly by model, group and label, (2, 2, 2)."""
        return np.where([False, True], self.yes, 1 - self.yes)

    def people(self, rng: np.random.Generator) -> tuple[Table, np.ndarray]:
        """Draw people and their scores, (rows,)."""
        group, label = np.divmod(rng.choice(4, self.rows, p=self.cells.ravel()), 2)
        table = Table(
            name="adult",
            features=(),
            codes=np.zeros((self.rows, 0), np.int16),
            label=label.astype(bool),
            protected={"sex": group.astype(np.int8)},
            groups={"sex": GROUPS},
            row_id=np.arange(self.rows),
        )
        return table, np.array(self.score)[group, label] + rng.normal(size=self.rows)

    def decided(self, table: Table, score: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Train both models and return their decisions, (2, seeds, rows) bool."""
        moved = self.together * rng.normal(size=(1, self.seeds, 1))
        moved = moved + self.alone * rng.normal(size=(2, self.seeds, 2))
        cut = np.array(self.cuts)[:, None] + moved  # (2, seeds, groups)
        single = self.single * rng.normal(size=(2, self.seeds, table.rows))
        return score + single > cut[..., table.protected["sex"]]

    def expected(self, table: Table, score: np.ndarray) -> np.ndarray:
        """Return each person's chance of a yes over trainings, by model, (2, rows)."""
        cut = np.array(self.cuts)[:, table.protected["sex"]]
        return stats.norm.cdf((score - cut) / np.sqrt(self._spread**2 - 1))

    @property
    def _distance(self) -> np.ndarray:
        return np.array(self.score) - np.array(self.cuts)[:, :, None]

    @property
    def _spread(self) -> float:
        return float(np.sqrt(1 + self.together**2 + self.alone**2 + self.single**2))
