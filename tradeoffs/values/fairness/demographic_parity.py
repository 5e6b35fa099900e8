"""Demographic parity: every group is selected at the same rate."""

import numpy as np

from tradeoffs.values.fairness.notion import GroupCounts, Notion, spread


def difference(counts: GroupCounts) -> np.ndarray:
    """Return the largest difference between two groups' selection rates."""
    return spread(counts.selection_rate)


DEMOGRAPHIC_PARITY = Notion(
    name="demographic_parity",
    title="demographic parity",
    axis="Gap in selection rates",
    help="The largest difference between two groups' shares of positive decisions.",
    metric="demographic_parity_difference",
    unit="difference of shares, 0 to 1",
    constrained_rates=("selection_rate",),
    rates=("selection_rate",),
    sensitivity="1: a person adds at most 1 to the sum of one group",
    under_privacy=(
        "The easiest to satisfy under privacy: every person counts towards a group's rate."
    ),
    formula="max_g P(D=1 | G=g) - min_g P(D=1 | G=g)",
    source="Calders, Kamiran, Pechenizkiy 2009; Dwork et al. 2012, arXiv 1104.3913",
    gap=difference,
)
