"""Synthetic tree: people drawn from a tree of noisy counts, which takes the strongest pairs.

Three releases: how many people have each bin; how far each two columns are from independent, given
the first; and the tables of counts of the pairs that a maximum spanning tree takes.  All three are
sums over the communities.  The noise of the second is Gaussian like the others', so that the
account is exact, where the method this follows draws edges by the exponential mechanism.

Source: McKenna, Miklau & Sheldon 2021, Journal of Privacy and Confidentiality, doi
10.29012/jpc.778.
"""

import math
from collections.abc import Callable, Sequence

import numpy as np

from tradeoffs.data.table import Table
from tradeoffs.remedies.sharing.bayesian_tree import ROOT, BayesianTree, spanning_tree
from tradeoffs.remedies.sharing.counts import precisions
from tradeoffs.remedies.sharing.marginals import (
    block,
    column_sizes,
    dependence,
    noisy,
    pair_counts,
    project,
)

Noise = tuple[float, float, float]  # multipliers: single columns, pairs' scores, edges


def sensitivities(columns: int) -> Noise:
    """Return how far one person moves each release, of so many columns with the label."""
    pairs = columns * (columns - 1) / 2
    return math.sqrt(columns), math.sqrt(pairs), math.sqrt(columns - 1)


def tree_of_counts(
    tables: Sequence[Table],
    noise: Sequence[Noise],
    keys: Sequence[Sequence[object]],
    *,
    label_ties: float = 0.0,
    nonnegative: Callable[[np.ndarray, float], np.ndarray] = project,
) -> BayesianTree:
    """Return the distribution that the sums of the communities' three releases describe.

    Args:
        tables: (K,) people of each community.
        noise: (K,) multipliers of each one's releases; 0 releases exact numbers.
        keys: (K,) names of the releases, of this use alone.
        label_ties: in [0, 1]; the scores of pairs without the label are reduced by this share.
        nonnegative: makes noisy counts usable, `project` or `clip`.
    """
    sizes = column_sizes(tables[0])
    cells = [pair_counts(table) for table in tables]
    rows = np.array([table.rows for table in tables], float)
    scales = [np.multiply(sensitivities(len(sizes)), own) for own in noise]
    weights = precisions([own[2] for own in noise], rows, sum(sizes))
    people = float(weights @ rows)

    def total(release: int, numbers: Sequence[np.ndarray]) -> np.ndarray:
        noised = [
            noisy(own, scale[release], release, *key)
            for own, scale, key in zip(numbers, scales, keys, strict=True)
        ]
        return np.tensordot(weights, noised, 1)

    single = total(0, [np.diag(own) for own in cells])
    starts = np.cumsum(sizes)[:-1]
    parts = [nonnegative(part, people) for part in np.split(single, starts)]
    known = np.concatenate(parts) / people
    upper = np.triu_indices(len(sizes), 1)
    scores = np.zeros((len(sizes), len(sizes)))
    scores[upper] = total(
        1,
        [
            dependence(own, known * count, sizes, count)[upper]
            for own, count in zip(cells, rows, strict=True)
        ],
    )
    scores[1:, 1:] *= 1 - label_ties
    order, parents = spanning_tree(scores + scores.T)
    places = [(parents[column], column) for column in order[1:]]
    blocks = [[block(own, sizes, *pair).reshape(-1) for pair in places] for own in cells]
    ends = np.cumsum([part.size for part in blocks[0]])[:-1]
    edges = {}
    counted = np.split(total(2, [np.concatenate(own) for own in blocks]), ends)
    for (parent, column), part in zip(places, counted, strict=True):
        edges[column] = nonnegative(part, people).reshape(sizes[parent], sizes[column])
    return BayesianTree(order=order, parents=parents, root=parts[ROOT], edges=edges)
