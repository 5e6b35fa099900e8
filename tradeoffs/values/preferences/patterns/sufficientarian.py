"""Sufficientarian: what counts is by how much groups fall short of enough."""

import numpy as np

from tradeoffs.values.preferences.patterns.pattern import Parameter, Pattern


def score(utility: np.ndarray, parameter: float) -> np.ndarray:
    """Return minus the mean shortfall below the threshold; 0 where every group has enough."""
    return -np.maximum(parameter - utility, 0.0).mean(axis=1)


SUFFICIENTARIAN = Pattern(
    name="sufficientarian",
    title="Sufficientarian",
    words="how far groups fall short of enough",
    help=(
        "Every group should have enough, and how far groups fall short counts. Above that "
        "level, nothing more is asked for."
    ),
    formula="- mean_g max(0, s - u_g)",
    source=(
        "Frankfurt 1987, Equality as a Moral Ideal, Ethics 98; Baumann et al. 2022, "
        "arXiv 2206.02897 (there the number of groups that have enough)"
    ),
    score=score,
    parameter=Parameter(
        title="Utility that is enough",
        help="In the units of the utilities above.",
        default=0.2,
        low=-10.0,
        high=10.0,
    ),
)
