"""Maximin: the better off the group that has least, the better."""

import numpy as np

from tradeoffs.values.preferences.patterns.pattern import Pattern


def score(utility: np.ndarray, parameter: float) -> np.ndarray:
    """Return the utility of the group that has least."""
    del parameter
    return utility.min(axis=1)


MAXIMIN = Pattern(
    name="maximin",
    title="Maximin",
    words="the worst-off group",
    help="The more the worst-off group has, the better; what the others have does not count.",
    formula="min_g u_g",
    source="Rawls 1971, A Theory of Justice, section 13; Baumann et al. 2022, arXiv 2206.02897",
    score=score,
)
