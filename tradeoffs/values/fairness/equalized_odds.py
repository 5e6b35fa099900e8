"""Equalised odds: true and false positive rates are both the same in every group."""

import numpy as np

from tradeoffs.values.fairness.notion import GroupCounts, Notion, spread


def difference(counts: GroupCounts) -> np.ndarray:
    """Return the larger of the differences in true and in false positive rates."""
    return np.maximum(spread(counts.true_positive_rate), spread(counts.false_positive_rate))


EQUALIZED_ODDS = Notion(
    name="equalized_odds",
    title="equalised odds",
    axis="Larger gap in true or false positive rates",
    help="The larger of the differences in true positive rates and in false positive rates.",
    metric="equalized_odds_difference",
    unit="difference of shares, 0 to 1",
    denominators=("positives", "negatives"),
    constrained_rates=("true_positive_rate", "false_positive_rate"),
    rates=("true_positive_rate", "false_positive_rate"),
    sensitivity="1: a person adds at most 1 to the sum of one group's positives or negatives",
    under_privacy=(
        "Harder to satisfy under privacy: two rates per group, one of them over its "
        "positives alone."
    ),
    formula="max over y in {0, 1} of max_g P(D=1 | Y=y, G=g) - min_g P(D=1 | Y=y, G=g)",
    source="Hardt, Price, Srebro 2016, arXiv 1610.02413",
    gap=difference,
)
