"""Need: only those for whom yes is right have a claim, and the group served least comes first."""

import numpy as np

from tradeoffs.values.preferences.patterns.pattern import Pattern


def score(utility: np.ndarray, parameter: float) -> np.ndarray:
    """Return the utility of those with a claim in the group where they have least."""
    del parameter
    return utility.min(axis=1)


NEED = Pattern(
    name="need",
    title="Need",
    words="people with a claim, in the group where they have least",
    help=(
        "Only people whose correct answer is yes have a claim. The more they have in the "
        "group where they have least, the better. What is correct is what the table "
        "recorded."
    ),
    formula="min_g u_g, u_g the mean over those of group g with Y=1",
    source=(
        "Miller 1999, Principles of Social Justice, ch. 10; Baumann et al. 2022, "
        "arXiv 2206.02897 (claims differentiator)"
    ),
    score=score,
    of="claimants",
)
