"""Promise: how well a declared epsilon lets any attacker tell who was trained on.

An attacker who may be wrong about a share f of the people who were not trained on recognises at
most a certain share of those who were.  The bound holds for every attack, also one that knows the
weights, the training procedure and all other records.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tradeoffs.values.privacy.calibration import Budget


@dataclass(frozen=True, kw_only=True, slots=True)
class AttackBound:
    """(epsilon, delta) for one record and, where it is known, the Gaussian distance mu.

    Attributes:
        epsilon: declared.
        delta: declared.
        mu: distance of the Gaussian mechanism that training is, where every step uses all records;
            its bound is tighter than that of any single (epsilon, delta). None elsewhere.
    """

    epsilon: float
    delta: float
    mu: float | None = None

    @classmethod
    def of(cls, budget: Budget) -> "AttackBound":
        """Return what a budget promises."""
        mu = None
        if all(spend.sample_rate == 1 for spend in budget.history):
            mu = math.sqrt(sum(spend.steps / spend.sigma**2 for spend in budget.history))
        return cls(epsilon=budget.epsilon_spent, delta=budget.delta, mu=mu)

    def tpr_at(self, wrong: npt.ArrayLike) -> np.ndarray:
        """Return the largest share of members recognised at each false positive rate.

        Args:
            wrong: false positive rates, in [0, 1].

        Source: Kairouz, Oh & Viswanath 2015, arXiv 1311.0776, theorem 2.1; Dong, Roth & Su 2022,
            arXiv 1905.02383, for mu.
        """
        from scipy.special import ndtr, ndtri

        rate = np.asarray(wrong, dtype=float)
        most = np.exp(self.epsilon) * rate + self.delta
        # The same inequality for who calls everybody else a member.
        most = np.minimum(most, 1 - np.exp(-self.epsilon) * (1 - self.delta - rate))
        if self.mu is not None:
            most = np.minimum(most, ndtr(ndtri(rate) + self.mu))
        return np.clip(most, 0, 1)

    @property
    def area(self) -> float:
        """The largest area under an attack's ROC curve."""
        from scipy.special import ndtr

        corner = (1 - self.delta) / (1 + math.exp(self.epsilon))  # where the two lines meet
        rates = np.array([0.0, corner, 1 - self.delta, 1.0])
        lines = AttackBound(epsilon=self.epsilon, delta=self.delta)
        most = float(np.trapezoid(lines.tpr_at(rates), rates))
        return most if self.mu is None else min(most, float(ndtr(self.mu / math.sqrt(2))))
