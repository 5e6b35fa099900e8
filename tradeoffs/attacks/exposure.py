"""Exposure: are members of some groups recognised more easily than others'?

Areas are of each group alone, so that a group whose scores are high as a whole is not called
exposed (Chang & Shokri 2021, arXiv 2011.03731; Kulynych et al. 2022, arXiv 1906.00389, on how
small groups mislead).
"""

import numpy as np

from tradeoffs.stats.auc import counted_area

BINS = 64  # of scores, for the areas that are compared
PERMUTATIONS = 500


def auc_range(
    score: np.ndarray, member: np.ndarray, group: np.ndarray, rng: np.random.Generator
) -> tuple[float, float] | None:
    """Return the range of the groups' areas, and its permutation p-value.

    Whole people change places between groups, so what the decisions about one person have in
    common stays together.

    Args:
        score: (models, people), maybe NaN.
        member: (models, people) bool.
        group: (people,) codes; whom to leave out has been left out.
        rng: of the permutations.

    Returns:
        None with fewer than two groups.
    """
    names = np.unique(group)
    if len(names) < 2:
        return None
    hits, alarms = _by_person(score, member)
    labels = np.stack([group, *(rng.permutation(group) for _ in range(PERMUTATIONS))])
    areas = []
    for name in names:
        inside = (labels == name).astype(np.float32)
        areas.append(counted_area(inside @ hits, inside @ alarms))
    ranges = np.ptp(np.stack(areas), axis=0)
    # The order found counts as one of the permutations; the margin is for rounding.
    as_large = int((ranges[1:] >= ranges[0] - 1e-9).sum())
    return float(ranges[0]), (1 + as_large) / (1 + PERMUTATIONS)


def _by_person(score: np.ndarray, member: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return (people, BINS) counts of scores, from low to high, as member and as non-member."""
    people = score.shape[1]
    edges = np.unique(np.nanquantile(score, np.arange(1, BINS) / BINS))
    at = np.searchsorted(edges, score) + BINS * np.arange(people)  # of each person's own bins
    known = ~np.isnan(score)
    hits, alarms = (
        np.bincount(at[known & chosen], minlength=people * BINS).reshape(people, BINS)
        for chosen in (member, ~member)
    )
    return hits.astype(np.float32), alarms.astype(np.float32)
