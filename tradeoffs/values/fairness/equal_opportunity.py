"""Equal opportunity: those who deserve a positive decision get it equally often in every group."""

import numpy as np

from tradeoffs.values.fairness.notion import GroupCounts, Notion, spread


def difference(counts: GroupCounts) -> np.ndarray:
    """Return the largest difference between two groups' true positive rates."""
    return spread(counts.true_positive_rate)


EQUAL_OPPORTUNITY = Notion(
    name="equal_opportunity",
    title="equal opportunity",
    help="The largest difference between two groups' shares of positives who are recognised.",
    metric="equal_opportunity_difference",
    held=("true_positive_rate",),
    source="Hardt, Price, Srebro 2016, arXiv 1610.02413",
    gap=difference,
)
