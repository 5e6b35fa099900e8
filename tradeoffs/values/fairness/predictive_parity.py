"""Predictive parity: a positive decision means the same in every group."""

import numpy as np

from tradeoffs.values.fairness.notion import GroupCounts, Notion, spread


def difference(counts: GroupCounts) -> np.ndarray:
    """Return the largest difference between two groups' precisions."""
    return spread(counts.precision)


PREDICTIVE_PARITY = Notion(
    name="predictive_parity",
    title="predictive parity",
    axis="Gap in precision",
    help=(
        "The largest difference between two groups' shares of positive decisions that are "
        "correct. If base rates differ, it cannot hold together with equalised odds unless "
        "decisions are perfect."
    ),
    metric="precision_score_difference",
    unit="difference of shares, 0 to 1",
    denominators=("selected",),
    constrained_rates=(),
    sensitivity="nothing is measured in training: it is measured on other people",
    under_privacy="Measured, not enforced: its denominator changes with every decision.",
    formula="max_g P(Y=1 | D=1, G=g) - min_g P(Y=1 | D=1, G=g)",
    source="Chouldechova 2017, arXiv 1703.00056",
    gap=difference,
)
