"""Resampling: intervals of any figure over people and trainings together, by the bootstrap.

Source: Efron, Tibshirani 1993, An Introduction to the Bootstrap, percentile intervals.
"""

from dataclasses import dataclass

import numpy as np

DRAWS = 400


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Resampled:
    """Weights of people and trainings, one row a draw; the first draw is what was observed."""

    people: np.ndarray  # (draws + 1, rows) float32: how often each person was drawn
    trainings: np.ndarray  # (draws + 1, seeds) float32: each training's share

    def averaged(self, values: np.ndarray) -> np.ndarray:
        """Return (draws + 1, rows): each person's mean over the trainings of a draw.

        Args:
            values: (seeds, rows) numbers or decisions.
        """
        return self.trainings @ values.astype(np.float32)

    def mean(self, values: np.ndarray, among: np.ndarray | None = None) -> np.ndarray:
        """Return (draws + 1,): the mean over the people of a draw; NaN where there are none.

        Args:
            values: (draws + 1, rows) from `averaged`, or (rows,).
            among: (rows,) bool, over whom; None: everybody.
        """
        weights = self.people if among is None else self.people[:, among]
        inside = values if among is None else values[..., among]
        total = weights.sum(1)
        summed = np.einsum("dr,dr->d", weights, np.broadcast_to(inside, weights.shape))
        return np.where(total > 0, summed / np.maximum(total, 1), np.nan)


def resample(seeds: int, rows: int, *, seed: int = 0, draws: int = DRAWS) -> Resampled:
    """Draw people and trainings with replacement, independently.

    Args:
        seeds: how many trainings there are.
        rows: how many people.
        seed: of the draws.
        draws: how many.
    """
    random = np.random.default_rng(seed)
    people = np.ones((draws + 1, rows), np.float32)
    picked = random.integers(rows, size=(draws, rows))
    for place, row in enumerate(picked, 1):
        people[place] = np.bincount(row, minlength=rows)
    trainings = np.full((draws + 1, seeds), 1 / seeds, np.float32)
    trainings[1:] = random.multinomial(seeds, [1 / seeds] * seeds, size=draws) / seeds
    return Resampled(people=people, trainings=trainings)


def spanned(values: np.ndarray) -> dict[str, float | None]:
    """Return `value`, `low` and `high` (95 %) of a figure's draws; None where it is undefined.

    Args:
        values: (draws + 1,), the observed one first.
    """
    if not np.isfinite(values).all():
        return dict.fromkeys(("value", "low", "high"))
    low, high = np.quantile(values[1:], (0.025, 0.975))
    return {"value": float(values[0]), "low": float(low), "high": float(high)}
