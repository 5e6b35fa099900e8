"""What a notion of fairness is: a catalogue entry that measures a gap from group counts."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

SMALLEST_CELL = 30  # people, positives or negatives in a group; below, its rate is not measurable


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupCounts:
    """Decisions by group; all (models, groups), people.

    A rate whose denominator is below SMALLEST_CELL is NaN: not measurable.
    """

    people: np.ndarray
    positives: np.ndarray  # whose label is positive
    selected: np.ndarray  # whose decision is positive
    true_positives: np.ndarray

    @property
    def selection_rate(self) -> np.ndarray:
        """Share of each group that is decided positive."""
        return _rate(self.selected, self.people)

    @property
    def true_positive_rate(self) -> np.ndarray:
        """Share of each group's positives that is decided positive."""
        return _rate(self.true_positives, self.positives)

    @property
    def false_positive_rate(self) -> np.ndarray:
        """Share of each group's negatives that is decided positive."""
        return _rate(self.selected - self.true_positives, self.people - self.positives)


@dataclass(frozen=True, kw_only=True, slots=True)
class Notion:
    """One meaning of "groups are treated alike"; the gap is in 0..1 and 0 means alike.

    Training holds rates by name: `selection_rate`, or any of `true_positive_rate` and
    `false_positive_rate`; each group's rate is held near the rate of all.
    """

    name: str
    title: str
    help: str
    metric: str  # name in fairlearn.metrics, and of the column
    held: tuple[str, ...]  # rates that training holds alike; () where it can only be measured
    source: str
    gap: Callable[[GroupCounts], np.ndarray]  # -> (models,), NaN where fewer than two groups count


def spread(rates: np.ndarray) -> np.ndarray:
    """Return (models,): largest minus smallest measurable rate; NaN with fewer than two."""
    measurable = ~np.isnan(rates)
    high = np.where(measurable, rates, -np.inf).max(1)
    low = np.where(measurable, rates, np.inf).min(1)
    return np.where(measurable.sum(1) >= 2, high - low, np.nan)


def _rate(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    enough = whole >= SMALLEST_CELL
    return np.where(enough, part / np.where(enough, whole, 1), np.nan)
