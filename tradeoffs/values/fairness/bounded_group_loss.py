"""Bounded group loss: no group's mean squared error exceeds the bound."""

import numpy as np

from tradeoffs.values.fairness.notion import GroupCounts, Notion, worst


def difference(counts: GroupCounts) -> np.ndarray:
    """Return the largest mean squared error of a group."""
    return worst(counts.squared_error)


BOUNDED_GROUP_LOSS = Notion(
    name="bounded_group_loss",
    title="bounded group loss",
    axis="Squared error of the worst group",
    gap_title="worst squared error",
    words="a smaller error in the worst group",
    help=(
        "The highest mean of (outcome - predicted probability) squared in any group. It "
        "judges scores, not decisions: an uncertain score costs less than a confidently "
        "wrong one."
    ),
    metric="mean_squared_error_group_max",
    unit="mean square, 0 to 1",
    constrained_rates=("largest_squared_error",),
    sensitivity="1: a person adds at most 1 to the sum of one group",
    under_privacy="Noise affects small groups most, so which group is worst tends to change.",
    formula="max_g E[(Y - S)^2 | G=g]",
    source="Agarwal, Dudik, Wu 2019, arXiv 1905.12843",
    gap=difference,
    reference=0.5,  # of a coin's answers, in every group
)
