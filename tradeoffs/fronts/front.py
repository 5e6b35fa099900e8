"""Fronts: the configurations that no other one beats, chosen on one split, confirmed on another."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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
from tradeoffs.fronts.replicates import REPORT, SELECT, Replicates
from tradeoffs.fronts.standing import FRONT, RowErrors, standings

# Cost of infinity: finite, so that differences are numbers, and more decades than numbers have.
INFINITE = 1e6
Errors = Callable[[Mapping[str, Any], Mapping[str, Any]], Mapping[str, float]]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Front:
    """Non-dominated configurations of seed means.

    Attributes:
        objectives: The axes.
        configuration: The columns that name a configuration.
        references: Objective name -> reference of the hypervolumes, in the unit of the column.
        table: One row per configuration with all objectives defined: its configuration columns,
            `seeds`, every measured column's mean on report (own name) and standard deviation
            over seeds on report (`_sd`), the objectives' means on select (`_select`), `chosen` on
            select, `on_front` on both splits, the `standing` (see `standing.standings`), and
            `beaten_by`, the row of a configuration on the front (missing where not beaten).
        left_out: Configurations without a point: configuration columns, `seeds`, `reason`.
        hypervolume: Of the configurations chosen on select, by their means on report, 0 to 1. Those
            that report does not confirm count too: leaving them out would choose and measure on
            the same rows.
        hypervolume_select: The same on select; larger by what choosing flatters.
        interval: 95 % interval of `hypervolume` over the seeds that have every chosen
            configuration; None with fewer than two.
        reference_version: Of the references' rule: hypervolumes of two versions do not compare.
    """

    objectives: tuple[Objective, ...]
    configuration: tuple[str, ...]
    references: Mapping[str, float]
    table: pd.DataFrame
    left_out: pd.DataFrame
    hypervolume: float
    hypervolume_select: float
    interval: tuple[float, float] | None
    reference_version: int = REFERENCE_VERSION

    @property
    def chosen(self) -> pd.DataFrame:
        """The rows of the table that are chosen on select, confirmed on report or not."""
        return self.table.loc[self.table["chosen"].to_numpy(dtype=bool)]

    @property
    def confirmed(self) -> pd.DataFrame:
        """The rows of the table that are on the front: chosen on select and on report."""
        return self.table.loc[self.table["on_front"].to_numpy(dtype=bool)]

    @property
    def optimism(self) -> float:
        """Hypervolume on select minus hypervolume on report."""
        return self.hypervolume_select - self.hypervolume


def front(
    results: Replicates,
    objectives: Sequence[Objective],
    *,
    references: Mapping[str, float] | None = None,
    errors: Errors = lambda one, other: {},
) -> Front:
    """Choose the non-dominated configurations on select, and confirm and show them on report.

    A configuration dominates another if it is at least as good in every objective and better in
    one, by the means over seeds. Configurations with exactly equal means do not dominate each other
    and stay together: a bound that does not bind gives the unbounded model again. On the front is
    what no other one dominates on select nor on report; see `standing` for what else there is.
    What both halves choose is drawn a little too far out, as far as report had a say in it;
    hypervolume and band are of all that select chose.

    A configuration with fewer seeds than the others (still being trained) takes part with the
    seeds it has; a seed counts once both of its splits are there. The order of the rows does not
    matter.

    Args:
        results: With the objectives' columns; what else was measured is in the table too.
        objectives: At least two different ones.
        references: Objective name -> reference of the hypervolume, in the unit of its column,
            where it differs from the objective's own (which are those of Adult).
        errors: From two configurations, column -> standard error over test rows of what their means
            on report differ by. Of a column that is missing, intervals cover seeds alone.

    Raises:
        InvalidInput: Fewer than two or repeated objectives, a missing column, a bad reference.
    """
    _check_objectives(results, objectives)
    limits = checked_references(objectives, references)
    own = [entry.column for entry in objectives]  # the first of the columns kept
    laid_out = results.some(columns=dict.fromkeys([*own, *results.columns]))
    present = laid_out.present[SELECT] & laid_out.present[REPORT]  # (configurations, seeds)
    summary = means(laid_out.values, np.broadcast_to(present, laid_out.present.shape))
    points = summary.mean[..., : len(own)]  # (2 splits, configurations, objectives)
    kept = np.flatnonzero(~np.isnan(points).any(axis=(0, 2)))
    by_seed = laid_out.values[REPORT, :, :, : len(own)]
    trained = np.where(present[kept][..., None], by_seed[kept], np.nan)
    chosen, standing, beaten_by = standings(
        _finite_costs(points[:, kept], objectives),
        _finite_costs(trained, objectives),
        _row_errors(laid_out.some(kept.tolist()), own, errors),
    )

    rows = kept[chosen]
    complete = np.flatnonzero(present[rows].all(axis=0)) if len(rows) else []
    left = [
        hypervolume(by_seed[np.ix_(rows, np.setdiff1d(complete, seed))].mean(1), objectives, limits)
        for seed in complete
        if len(complete) > 1
    ]
    attained = hypervolume(points[REPORT, rows], objectives, limits)
    verdict = pd.DataFrame(
        {
            "chosen": chosen,
            "on_front": standing == FRONT,
            "standing": standing,
            "beaten_by": pd.arrays.IntegerArray(np.maximum(beaten_by, 0), beaten_by < 0),
        }
    )
    return Front(
        objectives=tuple(objectives),
        configuration=results.configuration,
        references=limits,
        table=pd.concat([_table(laid_out, summary, kept, own), verdict], axis=1),
        left_out=_left_out(laid_out, present, kept, objectives),
        hypervolume=attained,
        hypervolume_select=hypervolume(points[SELECT, rows], objectives, limits),
        interval=seed_interval(attained, np.array(left)),
    )


def _check_objectives(results: Replicates, objectives: Sequence[Objective]) -> None:
    names = [entry.name for entry in objectives]
    columns = {entry.column for entry in objectives}
    if len(names) < 2 or not len(names) == len(set(names)) == len(columns):
        raise InvalidInput(f"objectives={names} must be at least two different ones")
    for entry in objectives:
        if entry.column not in results.columns:
            known = ", ".join(results.columns)
            raise InvalidInput(f"unknown column {entry.column!r} of {entry.name}; known: {known}")


def _finite_costs(values: np.ndarray, objectives: Sequence[Objective]) -> np.ndarray:
    """Return costs (..., objectives) in which infinity is finite; NaN stays."""
    costs = np.stack([entry.cost(values[..., k]) for k, entry in enumerate(objectives)], axis=-1)
    return np.where(np.isposinf(costs), INFINITE, costs)


def _row_errors(results: Replicates, own: Sequence[str], errors: Errors) -> RowErrors:
    """Return the errors of two configurations, one an objective; 0 where it is not known."""

    def of(one: int, other: int) -> list[float]:
        found = errors(results.named(one), results.named(other))
        return [found.get(column, 0.0) for column in own]

    return of


def _table(
    laid_out: Replicates, summary: Means, kept: np.ndarray, own: Sequence[str]
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
    return pd.concat([_configurations(laid_out, kept), told, numbers], axis=1)


def _configurations(laid_out: Replicates, rows: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame([laid_out.keys[row] for row in rows], columns=list(laid_out.configuration))


def _left_out(
    laid_out: Replicates, present: np.ndarray, kept: np.ndarray, objectives: Sequence[Objective]
) -> pd.DataFrame:
    rows = np.setdiff1d(np.arange(len(present)), kept)
    table = _configurations(laid_out, rows)
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
