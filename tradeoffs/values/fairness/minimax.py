"""Minimax: the group that fares worst is decided wrongly as rarely as possible."""

import numpy as np

from tradeoffs.values.fairness.notion import GroupCounts, Notion, worst


def difference(counts: GroupCounts) -> np.ndarray:
    """Return the largest error rate of a group."""
    return worst(counts.error_rate)


MINIMAX = Notion(
    name="minimax",
    title="minimax error",
    axis="Error rate of the worst group",
    gap_title="worst error",
    words="fewer errors in the worst group",
    help=(
        "The highest error rate of any group. Training tries to bring every group's error "
        "rate below the bound; if the bound cannot be reached, the worst group's rate is "
        "reduced as far as training can."
    ),
    metric="zero_one_loss_group_max",
    unit="share, 0 to 1",
    constrained_rates=("largest_error_rate",),
    sensitivity="1: a person adds at most 1 to the sum of one group",
    under_privacy="Noise affects small groups most, so which group is worst tends to change.",
    formula="max_g P(D != Y | G=g)",
    source="Martinez, Bertran, Sapiro 2020, arXiv 2011.01821; Diana et al. 2021, arXiv 2011.03108",
    gap=difference,
    reference=0.5,  # of a coin's answers, in every group
)
