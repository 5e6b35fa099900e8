"""Utility: what each outcome of a decision is worth to somebody, and its mean in each group."""

from dataclasses import astuple, dataclass

import numpy as np

from tradeoffs.values.fairness.notion import GroupCounts


@dataclass(frozen=True, kw_only=True, slots=True)
class UtilityMatrix:
    """What the four outcomes are worth, in units of one's own; only differences count.

    Attributes:
        true_positive: told yes, and yes is right.
        false_positive: told yes, and no were right.
        false_negative: told no, and yes were right.
        true_negative: told no, and no is right.
    """

    true_positive: float = 1.0
    false_positive: float = 0.0
    false_negative: float = 0.0
    true_negative: float = 0.0


# Somebody who wants a yes, whatever is right; and one who gains by each right yes what a wrong one
# costs.  Both are where to begin, not what people are said to want.
PERSON = UtilityMatrix(true_positive=1.0, false_positive=1.0)
DECISION_MAKER = UtilityMatrix(true_positive=1.0, false_positive=-1.0)


def outcome_shares(counts: GroupCounts) -> np.ndarray:
    """Return the share of each group with each outcome: (models, groups, 4), as UtilityMatrix.

    They follow from three rates of the whole group, so only a group with few people is NaN.
    """
    positive, selected = counts.base_rate, counts.selection_rate
    hits = (positive + selected - counts.error_rate) / 2
    misses = positive - hits
    return np.stack([hits, selected - hits, misses, 1 - selected - misses], axis=-1)


def expected_utility(shares: np.ndarray, matrix: UtilityMatrix) -> np.ndarray:
    """Return the mean utility of each group: (models, groups).

    Args:
        shares: (models, groups, 4) of the outcomes.
        matrix: what they are worth.

    Source: Baumann, Hertweck, Loi, Heitz 2022, Distributive Justice as the Foundational Premise of
    Fair ML, arXiv 2206.02897.
    """
    return shares @ np.array(astuple(matrix))


def claimants_utility(shares: np.ndarray, matrix: UtilityMatrix) -> np.ndarray:
    """Return the mean utility of those of each group for whom yes is right: (models, groups).

    NaN where nobody of a group is.
    """
    worth = np.array(astuple(matrix))
    right = np.array([True, False, True, False])
    claims = shares[..., right].sum(axis=-1)
    sums = shares[..., right] @ worth[right]
    return np.where(claims > 0, sums / np.where(claims > 0, claims, 1.0), np.nan)
