"""A partnership: communities that come to their models by one remedy, as public numbers and people.

A remedy reads the numbers, which cost no privacy, to say how its models are trained and accounted
for; that needs no people and no torch.  Where models are trained, services bring the people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from tradeoffs.data.table import Table
from tradeoffs.engine.recipe import Recipe, delta
from tradeoffs.scenario import Scenario, digest
from tradeoffs.values.privacy.account import Account

if TYPE_CHECKING:
    from tradeoffs.engine.regime import Regime

PRIVATE = "private."  # before a provider: its own people have the promise too
Tables = Sequence[Sequence[Table]]  # (seeds, K)
Vectors = list[list[np.ndarray]]  # (seeds, K), each float32 (parameters,)


def key_of(scenario: Scenario) -> str:
    """Return the key of a partnership: what decides on its models but the seed and the home."""
    return digest(scenario.model_copy(update={"home": ""}).model_part())


class Services(Protocol):
    """What needs people, or torch; `Partnership` says what each does."""

    def tables(self) -> Tables:
        """Return the people in training."""
        ...

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
        """Train models in the engine."""
        ...

    def provider(self, width: int | None) -> Vectors:
        """Return the provider's models."""
        ...

    def provider_tables(self) -> Tables:
        """Return the provider's people."""
        ...

    def ensemble(self, size: int) -> Vectors:
        """Return models of disjoint people of the provider."""
        ...

    def scores(self, vector: np.ndarray, table: Table, width: int | None) -> np.ndarray:
        """Return the logits of a model, or of several."""
        ...


@dataclass(frozen=True, kw_only=True, eq=False)
class Partnership:
    """K communities and a remedy, for some seeds.

    Attributes:
        scenario: of which everything but the seed and the home community counts.
        seeds: of the trainings, one a replicate.
        names: (K,) of the communities that take part.
        rows: (K,) int, the public number of people that each trains on.
        epsilon: (K,) budgets asked for; inf without a mechanism.
        columns: 0/1 columns of a person, without the intercept.
        ones: of them that each person holds, one a feature.
        sample_rate: q of all slots, by the smallest community.
        steps: T.
        dial: the parameter of the remedy; its default where the scenario leaves it open.
        key: names the partnership with its seed left out, for noise of the remedy's own.
        accounts: (K,) from the remedy's `account`; empty while that is asked.
        recipes: (K,) by the remedy's `people`; empty while that is asked.
        services: None where nothing is trained.
    """

    scenario: Scenario
    seeds: tuple[int, ...]
    names: tuple[str, ...]
    rows: np.ndarray
    epsilon: np.ndarray
    columns: int
    ones: int
    sample_rate: float
    steps: int
    dial: float
    key: str
    accounts: tuple[Account | None, ...] = ()
    recipes: tuple[Recipe, ...] = ()
    services: Services | None = None

    @property
    def size(self) -> int:
        """K, how many communities take part."""
        return len(self.names)

    @property
    def private(self) -> bool:
        """Whether noise is added for a promise."""
        return self.scenario.mechanism == "dp"

    @property
    def shares(self) -> np.ndarray:
        """(K,) of the people that each has; they add up to 1."""
        return self.rows / self.rows.sum()

    @property
    def sigma(self) -> np.ndarray:
        """(K,) noise multipliers of the first release of each account; 0 without one."""
        return np.array([account.sigma if account else 0.0 for account in self.accounts])

    @property
    def deltas(self) -> tuple[float, ...]:
        """(K,) deltas, below one over the number of people of each."""
        return tuple(delta(int(rows)) for rows in self.rows)

    @property
    def tables(self) -> Tables:
        """The people in training: (seeds, K) tables with the same features."""
        return self._services.tables()

    def train(
        self,
        tables: Tables,
        *,
        rows: Sequence[int],
        width: int | None = None,
        regime: Regime | None = None,
        epsilon: Sequence[float] | None = None,
        key: str = "",
    ) -> Vectors:
        """Train a model on each table, all side by side, by the recipe of the house.

        Args:
            tables: (seeds, slots), any number of slots, with the same features.
            rows: (slots,) public numbers of people, by which sums are divided.
            width: hidden units; None: the scenario's.
            regime: how the slots start, are held and exchanged; None: each alone.
            epsilon: (slots,) budgets, each spent on its slot alone; None: no mechanism, as for
                tables that were released.
            key: tells trainings of one remedy apart, for their noise.

        Returns:
            (seeds, slots) parameter vectors, the mean of the last iterates.
        """
        return self._services.train(
            tables, rows=rows, width=width, regime=regime, epsilon=epsilon, key=key
        )

    def provider(self, width: int | None = None) -> Vectors:
        """Return the provider's model for each community: (seeds, K) parameter vectors.

        It is trained on all people of the provider, ten thousand at most, and without a promise to
        them unless the provider is named as private.

        Args:
            width: hidden units; None: the scenario's.
        """
        return self._services.provider(width)

    def provider_tables(self) -> Tables:
        """Return the people that the provider's models learn from: (seeds, K) tables."""
        return self._services.provider_tables()

    def ensemble(self, size: int) -> Vectors:
        """Return models of the provider's, each of people that no other of them has: (K, size).

        They are trained without a promise, and of the scenario's width.
        """
        return self._services.ensemble(size)

    def scores(self, vector: np.ndarray, table: Table, width: int | None = None) -> np.ndarray:
        """Return logits of people under a parameter vector of a width (the scenario's).

        Args:
            vector: (parameters,), or (models, parameters).
            table: of people.
            width: hidden units; None: the scenario's.

        Returns:
            (rows,), or (models, rows).
        """
        return self._services.scores(vector, table, width)

    @property
    def _services(self) -> Services:
        if self.services is None:
            raise ValueError("a partnership without services has no people")
        return self.services
