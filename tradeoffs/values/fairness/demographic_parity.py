"""Demographic parity: every group is selected at the same rate."""

import numpy as np

from tradeoffs.values.fairness.notion import GroupCounts, Notion, spread


def difference(counts: GroupCounts) -> np.ndarray:
    """Return the largest difference between two groups' selection rates."""
    return spread(counts.selection_rate)


DEMOGRAPHIC_PARITY = Notion(
    name="demographic_parity",
    title="equal selection",
    help="The largest difference between two groups' shares of positive decisions.",
    metric="demographic_parity_difference",
    held=("selection_rate",),
    source="Calders, Kamiran, Pechenizkiy 2009; Dwork et al. 2012",
    gap=difference,
)
