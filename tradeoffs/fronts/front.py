"""Fronts: the configurations that no other one beats, chosen on one split, shown on another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import moocore
import numpy as np
import pandas as pd

from tradeoffs.errors import InvalidInput
from tradeoffs.fronts.hypervolume import (
    REFERENCE_VERSION,
    checked_references,
    hypervolume,
    seed_interval,
)
from tradeoffs.fronts.means import Means, means
from tradeoffs.fronts.objectives import Objective
from tradeoffs.fronts.replicates import REPORT, SELECT, Replicates, measured, replicates


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Front:
    """Non-dominated configurations of seed means.

    Attributes:
        objectives: The axes.
        configuration: The columns that name a configuration.
        references: Objective name -> reference of the hypervolumes, in the unit of the column.
        reference_version: Of the references' rule: hypervolumes of two versions do not compare.
        table: One row per configuration with all objectives defined: its configuration columns,
            `seeds`, every measured column's mean on report (own name) and standard deviation
            over seeds on report (`_sd`), the objectives' means on select (`_select`), `on_front`,
            and `dominated_by`, the row of one configuration on the front that beats it on
            select (missing on the front itself).
        left_out: Configurations without a point: configuration columns, `seeds`, `reason`.
        hypervolume: Of the chosen configurations' means on report, 0 to 1.
        hypervolume_select: The same on select; larger by what choosing flatters.
        seed_hypervolumes: One per seed in which every chosen configuration is trained, on report.
        interval: 95 % interval of `hypervolume` over seeds; None with fewer than two seeds.
    """

    objectives: tuple[Objective, ...]
    configuration: tuple[str, ...]
    references: Mapping[str, float]
    table: pd.DataFrame
    left_out: pd.DataFrame
    hypervolume: float
    hypervolume_select: float
    seed_hypervolumes: tuple[float, ...]
    interval: tuple[float, float] | None
    reference_version: int = REFERENCE_VERSION

    @property
    def chosen(self) -> pd.DataFrame:
        """The rows of the table that are on the front."""
        return self.table.loc[self.table["on_front"].to_numpy()]

    @property
    def optimism(self) -> float:
        """Hypervolume on select minus hypervolume on report."""
        return self.hypervolume_select - self.hypervolume


def front(
    results: pd.DataFrame,
    objectives: Sequence[Objective],
    configuration: Sequence[str],
    *,
    references: Mapping[str, float] | None = None,
    rng: np.random.Generator | None = None,
) -> Front:
    """Choose the non-dominated configurations on select and show them on report.

    A configuration is beaten if another one is at least as good in every objective and better in
    one, by the means over seeds on select. Configurations with exactly equal means do not beat
    each other and stay together: a bound that does not bind gives the unbounded model again.
    A configuration with fewer seeds than the others (still being trained) takes part with the
    seeds it has; a seed counts once both of its splits are there. The order of the rows does not
    matter. On report a chosen configuration may turn out to be beaten: that is what the second
    split is for (Cawley, Talbot 2010, On Over-fitting in Model Selection, JMLR 11).

    Args:
        results: One row per model and split: configuration, `seed`, `split`, measured columns.
        objectives: At least two different ones.
        configuration: Columns that together name a configuration.
        references: Objective name -> reference of the hypervolume, in the unit of its column,
            where it differs from the objective's own (which are those of Adult).
        rng: For the bootstrap over seeds; the same interval at every call if left out.

    Raises:
        InvalidInput: Fewer than two or repeated objectives, a missing column, a bad reference.
    """
    _check_objectives(results, objectives)
    limits = checked_references(objectives, references)
    own = [entry.column for entry in objectives]  # the first of the columns kept
    columns = dict.fromkeys([*own, *measured(results, configuration)])
    laid_out = replicates(results, configuration, tuple(columns))
    present = laid_out.present[SELECT] & laid_out.present[REPORT]  # (configurations, seeds)
    summary = means(laid_out.values, np.broadcast_to(present, laid_out.present.shape))
    points = summary.mean[..., : len(own)]  # (2 splits, configurations, objectives)
    kept = np.flatnonzero(~np.isnan(points).any(axis=(0, 2)))
    on_front, beaten_by = dominance(_finite_costs(points[SELECT, kept], objectives))

    rows = kept[on_front]
    complete = np.flatnonzero(present[rows].all(axis=0)) if len(rows) else []
    by_seed = [
        hypervolume(laid_out.values[REPORT, rows, seed, : len(own)], objectives, limits)
        for seed in complete
    ]
    attained = hypervolume(points[REPORT, rows], objectives, limits)
    return Front(
        objectives=tuple(objectives),
        configuration=tuple(configuration),
        references=limits,
        table=_table(laid_out, summary, kept, own, beaten_by),
        left_out=_left_out(laid_out, present, kept, objectives),
        hypervolume=attained,
        hypervolume_select=hypervolume(points[SELECT, rows], objectives, limits),
        seed_hypervolumes=tuple(by_seed),
        interval=seed_interval(attained, np.array(by_seed), rng or np.random.default_rng(0)),
    )


def dominance(costs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return who is non-dominated, and for the others the first non-dominated row that beats them.

    Equal rows do not beat each other.

    Args:
        costs: (points, objectives), to be minimised, finite.

    Returns:
        (points,) bool, and (points,) row numbers with -1 for the non-dominated.
    """
    if len(costs) == 0:
        return np.zeros(0, dtype=bool), np.zeros(0, dtype=np.int64)
    best = np.asarray(moocore.is_nondominated(costs, keep_weakly=True), dtype=bool)
    rows = np.flatnonzero(best)
    as_good = np.ones((len(costs), len(rows)), dtype=bool)
    better = np.zeros_like(as_good)
    for column in costs.T:
        as_good &= column[rows] <= column[:, None]
        better |= column[rows] < column[:, None]
    return best, np.where(best, -1, rows[np.argmax(as_good & better, axis=1)])


def _check_objectives(results: pd.DataFrame, objectives: Sequence[Objective]) -> None:
    names = [entry.name for entry in objectives]
    columns = {entry.column for entry in objectives}
    if len(names) < 2 or not len(names) == len(set(names)) == len(columns):
        raise InvalidInput(f"objectives={names} must be at least two different ones")
    for entry in objectives:
        if entry.column not in results.columns:
            known = ", ".join(map(str, results.columns))
            raise InvalidInput(f"unknown column {entry.column!r} of {entry.name}; known: {known}")


def _finite_costs(values: np.ndarray, objectives: Sequence[Objective]) -> np.ndarray:
    """Return costs in which infinity is a finite number worse than every other cost."""
    return np.nan_to_num(
        np.column_stack([entry.cost(values[:, k]) for k, entry in enumerate(objectives)])
    )


def _table(
    laid_out: Replicates, summary: Means, kept: np.ndarray, own: list[str], beaten_by: np.ndarray
) -> pd.DataFrame:
    names = laid_out.columns
    parts = {
        "": (names, summary.mean[REPORT, kept]),
        "_sd": (names, summary.sd[REPORT, kept]),
        "_select": (own, summary.mean[SELECT, kept][:, : len(own)]),
    }
    numbers = pd.DataFrame(
        np.hstack([values for _, values in parts.values()]),
        columns=[f"{name}{suffix}" for suffix, (part, _) in parts.items() for name in part],
    )
    told = pd.DataFrame({"seeds": summary.seeds[REPORT, kept]})
    on_front = beaten_by < 0
    verdict = pd.DataFrame(
        {
            "on_front": on_front,
            "dominated_by": pd.arrays.IntegerArray(np.where(on_front, 0, beaten_by), on_front),
        }
    )
    configurations = laid_out.configurations.iloc[kept].reset_index(drop=True)
    return pd.concat([configurations, told, numbers, verdict], axis=1)


def _left_out(
    laid_out: Replicates, present: np.ndarray, kept: np.ndarray, objectives: Sequence[Objective]
) -> pd.DataFrame:
    rows = np.setdiff1d(np.arange(len(present)), kept)
    table = laid_out.configurations.iloc[rows].reset_index(drop=True)
    table["seeds"] = present[rows].sum(axis=1)
    table["reason"] = [_reason(laid_out, present, row, objectives) for row in rows.tolist()]
    return table


def _reason(
    laid_out: Replicates, present: np.ndarray, row: int, objectives: Sequence[Objective]
) -> str:
    seeds = int(present[row].sum())
    if seeds == 0:
        return "no seed is measured on both splits yet"
    reasons = []
    for entry in objectives:
        undefined = np.isnan(laid_out.of(entry.column)[:, row]).any(axis=0) & present[row]
        if undefined.any():
            reasons.append(f"{entry.undefined} ({undefined.sum()} of {seeds} seeds)")
    return "; ".join(reasons)
