"""Subsets: the front and the hypervolume of each choice of objectives that count in dominance."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, combinations

import numpy as np

from tradeoffs.fronts.dominance import nondominated
from tradeoffs.fronts.front import finite_costs
from tradeoffs.fronts.hypervolume import box_share
from tradeoffs.fronts.objectives import Objective
from tradeoffs.fronts.replicates import REPORT, SELECT, Replicates
from tradeoffs.stats.means import means


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class SubsetFront:
    """The front of some of the objectives.

    Attributes:
        front: (configurations,) bool, on the front on both halves of the test rows.
        hypervolume: of those chosen on select, by their means on report, 0 to 1; None where no
            configuration has all of the objectives.
    """

    front: np.ndarray
    hypervolume: float | None


def subset_fronts(
    results: Replicates, objectives: Sequence[Objective], most: int | None = None
) -> dict[tuple[str, ...], SubsetFront]:
    """Return the front of every subset of two or more objectives, as `front` has each of them.

    Args:
        results: with the objectives' columns.
        objectives: each with the reference that counts here.
        most: objectives in a subset; None is all of them.

    Returns:
        By the names of the objectives in their order, the smallest subsets first.
    """
    laid_out = results.some(columns=[one.column for one in objectives])
    present = laid_out.present[SELECT] & laid_out.present[REPORT]  # (configurations, seeds)
    mean = means(laid_out.values, np.broadcast_to(present, laid_out.present.shape)).mean
    costs = finite_costs(mean, objectives)  # (2 splits, configurations, objectives)
    shares = [one.normalised(mean[REPORT, :, k]) for k, one in enumerate(objectives)]
    places = range(len(objectives))
    every = chain.from_iterable(
        combinations(places, n) for n in range(2, (most or len(objectives)) + 1)
    )
    return {
        tuple(objectives[k].name for k in some): _front(costs, np.column_stack(shares), some)
        for some in every
    }


def _front(costs: np.ndarray, shares: np.ndarray, some: tuple[int, ...]) -> SubsetFront:
    """Return the front of some objectives.

    Args:
        costs: (2 splits, configurations, objectives), finite where they are defined.
        shares: (configurations, objectives), costs on report from ideal to reference, 0 to 1.
        some: columns of both.
    """
    own = costs[..., some]
    kept = np.flatnonzero(~np.isnan(own).any(axis=(0, 2)))
    chosen, confirmed = (nondominated(half[kept]) for half in own)
    front = np.zeros(costs.shape[1], dtype=bool)
    front[kept] = chosen & confirmed
    attained = box_share(shares[kept[chosen]][:, some]) if len(kept) else None
    return SubsetFront(front=front, hypervolume=attained)
