"""Hypervolume: the share of the box between ideal and reference that a set of models attains."""

from collections.abc import Mapping, Sequence

import moocore
import numpy as np

from tradeoffs.errors import InvalidInput
from tradeoffs.fronts.objectives import Objective
from tradeoffs.stats.interval import t_quantile
from tradeoffs.stats.jackknife import variance

# Raised when a reference changes: 1 counted every notion's gap up to .25.
REFERENCE_VERSION = 2


def check_references(
    objectives: Sequence[Objective], references: Mapping[str, float] | None
) -> dict[str, float]:
    """Return one reference per objective, in the unit of its column.

    `references` (objective name -> value) replaces the objectives' own; names of objectives that
    are not used are ignored, so that one mapping serves every front of a dataset. References
    belong to a dataset and stay fixed: hypervolumes with different ones cannot be compared.
    Raises InvalidInput if one is not worse than its objective's ideal.
    """
    given = references or {}
    chosen = {entry.name: float(given.get(entry.name, entry.reference)) for entry in objectives}
    for entry in objectives:
        entry.check_reference(chosen[entry.name])
    return chosen


def hypervolume(
    values: np.ndarray, objectives: Sequence[Objective], references: Mapping[str, float]
) -> float:
    """Return the share, 0 to 1, of the box from the ideals to the references that is attained.

    Each axis is scaled to [0, 1] first, so that units carry no weight. A model at or beyond a
    reference adds nothing: an infinite epsilon adds nothing where privacy is an objective. No
    models attain 0. The order of the rows does not matter.

    Source: Zitzler, Thiele 1999, Multiobjective evolutionary algorithms, IEEE TEC 3(4).

    Args:
        values: (models, objectives), in the units of the columns.
        objectives: One per column of `values`.
        references: Objective name -> reference, in the unit of the column.
    """
    if np.isnan(values).any():
        raise InvalidInput("undefined_in_hypervolume")
    costs = [
        entry.normalised(values[:, k], references[entry.name]) for k, entry in enumerate(objectives)
    ]
    return box_share(np.column_stack(costs))


def box_share(costs: np.ndarray) -> float:
    """Return the share of the unit box that costs (models, objectives), each 0 to 1, attain."""
    if len(costs) == 0:
        return 0.0
    return float(moocore.hypervolume(costs, ref=np.ones(costs.shape[1])))


def seed_interval(centre: float, left: np.ndarray) -> tuple[float, float] | None:
    """Return a 95 % interval for a hypervolume over seeds, or None with fewer than two seeds.

    Single seeds scatter more than their mean, and the best parts of each scattered set add up to a
    hypervolume that is too large: so seeds are left out, not looked at one by one. The interval
    leaves out the uncertainty of a finite set of test rows.

    Args:
        centre: the hypervolume of the means.
        left: (seeds,), the hypervolume of the means with each seed left out.
    """
    seeds = len(left)
    if seeds < 2:
        return None
    half = float(t_quantile(seeds - 1) * np.sqrt(variance(left)))
    return max(centre - half, 0.0), min(centre + half, 1.0)
