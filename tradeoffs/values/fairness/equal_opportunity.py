"""Equal opportunity: those who deserve a positive decision get it equally often in every group."""

import numpy as np

from tradeoffs.values.fairness.notion import GroupCounts, Notion, spread


def difference(counts: GroupCounts) -> np.ndarray:
    """Return the largest difference between two groups' true positive rates."""
    return spread(counts.true_positive_rate)


EQUAL_OPPORTUNITY = Notion(
    name="equal_opportunity",
    title="equal opportunity",
    axis="Gap in true positive rates",
    help=(
        "The largest difference between two groups in the share of their positives that are "
        "predicted positive."
    ),
    metric="equal_opportunity_difference",
    unit="difference of shares, 0 to 1",
    denominators=("positives",),
    constrained_rates=("true_positive_rate",),
    rates=("true_positive_rate",),
    sensitivity="1: a person adds at most 1 to the sum of one group's positives or negatives",
    under_privacy=(
        "Harder to satisfy under privacy: only a group's positives count, and noise weighs "
        "more on few people."
    ),
    formula="max_g P(D=1 | Y=1, G=g) - min_g P(D=1 | Y=1, G=g)",
    source="Hardt, Price, Srebro 2016, arXiv 1610.02413",
    gap=difference,
)
