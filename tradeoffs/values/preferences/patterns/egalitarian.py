"""Egalitarian: the smaller the difference between groups, the better."""

import numpy as np

from tradeoffs.values.preferences.patterns.pattern import Pattern


def score(utility: np.ndarray, parameter: float) -> np.ndarray:
    """Return minus the largest difference between two groups; 0 where all are alike."""
    del parameter
    return utility.min(axis=1) - utility.max(axis=1)


EGALITARIAN = Pattern(
    name="egalitarian",
    title="Egalitarian",
    words="the difference between groups",
    help=(
        "The smaller the difference between the groups, the better, even where it is "
        "reached by making the better-off group worse off."
    ),
    formula="min_g u_g - max_g u_g",
    source="Baumann et al. 2022, arXiv 2206.02897; Parfit 1997, Equality and Priority, Ratio 10",
    score=score,
    levels_down=True,
)
