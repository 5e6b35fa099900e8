"""Prioritarian: what each group has counts, and what the worst off has counts more."""

import numpy as np

from tradeoffs.values.preferences.patterns.pattern import Parameter, Pattern


def score(utility: np.ndarray, parameter: float) -> np.ndarray:
    """Return the mean utility of groups in which the one that has least counts several times.

    1 time is the plain mean of the groups; the more times, the nearer to maximin.
    """
    extra = parameter - 1.0
    return (utility.sum(axis=1) + extra * utility.min(axis=1)) / (utility.shape[1] + extra)


PRIORITARIAN = Pattern(
    name="prioritarian",
    title="Prioritarian",
    words="all groups, the worst-off one several times",
    help=(
        "What every group has counts, and what the worst-off group has counts several "
        "times. Once gives the plain mean; very many times approaches maximin."
    ),
    formula="(sum_g u_g + (k - 1) min_g u_g) / (groups + k - 1)",
    source="Baumann et al. 2022, arXiv 2206.02897; Parfit 1997, Equality and Priority, Ratio 10",
    score=score,
    parameter=Parameter(
        title="How many times the worst off counts",
        help="1 is the plain mean of the groups.",
        default=2.0,
        low=1.0,
        high=20.0,
    ),
)
