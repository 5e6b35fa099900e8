"""Counts: one noisy table of label by column from each community, and what their sum describes.

From the sum people are drawn whose columns are independent given the label, as naive Bayes has it,
and a model is trained on them.
"""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from tradeoffs.data.table import Table
from tradeoffs.remedies.sharing.bayesian_tree import BayesianTree, star
from tradeoffs.remedies.sharing.marginals import label_counts, noisy, project

CELLS = 4  # bytes of a count


def sensitivity(table: Table) -> float:
    """Return how far one person moves the table of counts: each feature counts everybody once."""
    return math.sqrt(len(table.features))


def precisions(noise: npt.ArrayLike, rows: npt.ArrayLike, cells: int) -> np.ndarray:
    """Return by how much each community's counts are scaled before they are added up; (K,).

    It is one over the variance that sampling and noise give to a cell's share, in units in which a
    community without noise counts as it is: what one promises more strictly weighs less.  The
    numbers are public.

    Args:
        noise: (K,) noise multipliers.
        rows: (K,) public numbers of people.
        cells: of the table, both answers.
    """
    return 1 / (1 + np.square(noise) * cells / np.asarray(rows, float))


def star_of_counts(
    tables: Sequence[Table], noise: Sequence[float], keys: Sequence[Sequence[object]]
) -> BayesianTree:
    """Return the distribution that the sum of the communities' noisy tables describes.

    Args:
        tables: (K,) people of each community.
        noise: (K,) noise multipliers; 0 releases exact counts.
        keys: (K,) names of the releases, of this use alone.
    """
    model, step = tables[0], sensitivity(tables[0])
    rows = [table.rows for table in tables]
    weights = precisions(noise, rows, 2 * model.columns)
    total = sum(
        weight * noisy(label_counts(table), step * sigma, *key)
        for weight, table, sigma, key in zip(weights, tables, noise, keys, strict=True)
    )
    people = float(weights @ rows)
    edges = [
        project(part, people) for part in np.split(np.asarray(total), model.offsets[1:], axis=1)
    ]
    root = np.mean([edge.sum(1) for edge in edges], axis=0)
    parents = star(len(edges) + 1)
    return BayesianTree(
        order=range(len(parents)), parents=parents, root=root, edges=dict(enumerate(edges, 1))
    )
