"""Bayesian trees: a distribution in which each column depends on one other, and rows drawn from it.

Source: Chow & Liu 1968, IEEE Transactions on Information Theory, doi 10.1109/TIT.1968.1054142.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tradeoffs.data.table import Table

ROOT = 0  # the label's column


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class BayesianTree:
    """Columns that hang on each other, the label at the root.

    Attributes:
        order: the columns, each after the one it depends on; the label first.
        parents: (columns,) the column that each depends on; -1 for the label.
        root: (2,) counts of the label's answers, at least 0.
        edges: of each other column the table of counts (bins of its parent, its own bins), at
            least 0.
    """

    order: Sequence[int]
    parents: Sequence[int]
    root: np.ndarray
    edges: Mapping[int, np.ndarray]

    def sample(self, rows: int, seed: int) -> np.ndarray:
        """Return the bins of people drawn from the distribution; int16 (rows, columns).

        Args:
            rows: to draw.
            seed: below 2**128.
        """
        draw = np.random.Generator(np.random.Philox(key=seed)).random((rows, len(self.parents)))
        codes = np.zeros((rows, len(self.parents)), np.int16)
        for column in self.order:
            chance = self._chances(column)
            given = codes[:, self.parents[column]] if column != ROOT else np.zeros(rows, int)
            below = np.cumsum(chance, 1)[:, :-1]  # the last bin takes what rounding leaves
            codes[:, column] = (draw[:, column, None] >= below[given]).sum(1)
        return codes

    def _chances(self, column: int) -> np.ndarray:
        """Return the chance of each bin for each bin of the parent, (1, 2) for the label.

        Where nobody has the parent's bin, it is that of everybody.
        """
        counts = self.root[None] if column == ROOT else self.edges[column]
        people = counts.sum(1, keepdims=True)
        everybody = counts.sum(0) / counts.sum()
        return np.where(people > 0, counts / np.where(people > 0, people, 1), everybody)


def star(columns: int) -> list[int]:
    """Return the parents of a tree in which every column depends on the label alone."""
    return [-1] + [ROOT] * (columns - 1)


def spanning_tree(scores: np.ndarray) -> tuple[list[int], list[int]]:
    """Return (order, parents) of the tree with the largest sum of scores, the label as its root.

    Args:
        scores: (columns, columns) of any sign, symmetric; the diagonal is not looked at.
    """
    from scipy.sparse import csgraph

    weights = scores.max() - scores + 1  # a weight of 0 would be no edge
    np.fill_diagonal(weights, 0)
    tree = csgraph.minimum_spanning_tree(np.triu(weights))
    order, parents = csgraph.breadth_first_order(tree, ROOT, directed=False)
    return order.tolist(), [-1 if parent < 0 else int(parent) for parent in parents]


def synthetic_table(codes: np.ndarray, model: Table) -> Table:
    """Return drawn people as a table with a real one's features; nobody's group is known.

    Args:
        codes: int16 (rows, columns), the label first.
        model: whose name and features the table takes.
    """
    return Table(
        name=model.name,
        features=model.features,
        codes=np.ascontiguousarray(codes[:, 1:]),
        label=codes[:, ROOT] == 1,
        protected={},
        groups={},
        row_id=np.arange(len(codes), dtype=np.int64),
    )
