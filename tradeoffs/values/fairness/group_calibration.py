"""Group calibration: scores are right on average in every group."""

import numpy as np

from tradeoffs.values.fairness.notion import GroupCounts, Notion, spread


def difference(counts: GroupCounts) -> np.ndarray:
    """Return the largest difference between two groups' mean residuals."""
    return spread(counts.residual)


GROUP_CALIBRATION = Notion(
    name="group_calibration",
    title="calibration by group",
    axis="Gap in mean residuals",
    help=(
        "The largest difference between two groups' means of outcome minus predicted "
        "probability: 0 if no group is rated too high or too low on average."
    ),
    metric="mean_residual_difference",
    unit="difference of means, 0 to 1 in practice, at most 2",
    constrained_rates=("residual",),
    sensitivity="1: a person adds between -1 and 1 to the sum of one group",
    under_privacy="Every person counts; noise that shrinks weights can itself miscalibrate groups.",
    formula="max_g E[Y - S | G=g] - min_g E[Y - S | G=g]",
    source="Kleinberg et al. 2017, arXiv 1609.05807; Kim et al. 2019, arXiv 1805.12317",
    gap=difference,
)
