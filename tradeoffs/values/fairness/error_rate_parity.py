"""Error-rate parity: every group is decided wrongly equally often."""

import numpy as np

from tradeoffs.values.fairness.notion import GroupCounts, Notion, spread


def difference(counts: GroupCounts) -> np.ndarray:
    """Return the largest difference between two groups' error rates."""
    return spread(counts.error_rate)


ERROR_RATE_PARITY = Notion(
    name="error_rate_parity",
    title="error-rate parity",
    axis="Gap in error rates",
    help=(
        "The largest difference between two groups' shares of wrong decisions. It does not "
        "distinguish kinds of errors: one group may be wrongly refused, the other wrongly "
        "favoured."
    ),
    metric="zero_one_loss_difference",
    unit="difference of shares, 0 to 1",
    constrained_rates=("error_rate",),
    sensitivity="1: a person adds at most 1 to the sum of one group",
    under_privacy="Every person counts towards a group's rate, as with demographic parity.",
    formula="max_g P(D != Y | G=g) - min_g P(D != Y | G=g)",
    source="Buolamwini, Gebru 2018; Agarwal et al. 2018, arXiv 1803.02453",
    gap=difference,
)
