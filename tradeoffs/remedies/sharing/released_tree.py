"""Released trees: noisy counts of the columns next to each other, and what is made of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tradeoffs.remedies.sharing.bayesian_tree import ROOT, BayesianTree
from tradeoffs.remedies.sharing.marginals import clip, project, rake


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class ReleasedTree:
    """Noisy counts as they are released, once; the distributions made of them spend nothing more.

    Attributes:
        order: the columns, each after the one it depends on; the label first.
        parents: (columns,) the column that each depends on; -1 for the label.
        people: that the counts stand for, a public number.
        singles: (columns,) the counts of each column's bins; empty where only edges are released.
        edges: of each column but the label, its table of counts with its parent.
    """

    order: Sequence[int]
    parents: Sequence[int]
    people: float
    singles: Sequence[np.ndarray] = ()
    edges: Mapping[int, np.ndarray]

    def distribution(self, *, clipped: bool = False) -> BayesianTree:
        """Return the distribution that the counts describe.

        Args:
            clipped: whether negative counts are just set to 0, instead of making all tables agree.
        """
        nonnegative = clip if clipped else project
        edges = {column: nonnegative(part, self.people) for column, part in self.edges.items()}
        singles = [nonnegative(part, self.people) for part in self.singles]
        root = singles[ROOT] if singles else np.mean([one.sum(1) for one in edges.values()], axis=0)
        if singles and not clipped:
            edges = {column: rake(edge, singles[column]) for column, edge in edges.items()}
        return BayesianTree(order=self.order, parents=self.parents, root=root, edges=edges)
