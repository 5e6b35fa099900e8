"""Fronts: the configurations that no other one beats, chosen on one split, confirmed on another."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from tradeoffs.errors import InvalidInput
from tradeoffs.fronts.dominance import APART, FRONT, RowErrors, standings
from tradeoffs.fronts.hypervolume import (
    REFERENCE_VERSION,
    check_references,
    hypervolume,
    seed_interval,
)
from tradeoffs.fronts.objectives import Objective
from tradeoffs.fronts.replicates import REPORT, SELECT, Key, Replicates
from tradeoffs.language.notation import semicolon_text
from tradeoffs.language.translation import say, translate
from tradeoffs.stats.means import Means, means

if TYPE_CHECKING:
    import pandas as pd

# Cost of infinity: finite, so that differences are numbers, and more decades than numbers have.
INFINITE = 1e6
Errors = Callable[[Mapping[str, Any], Mapping[str, Any]], Mapping[str, float]]


@dataclass(frozen=True, kw_only=True, eq=False)
class Front:
    """Non-dominated configurations of seed means.

    Attributes:
        objectives: The axes.
        references: Objective name -> reference of the hypervolumes, in the unit of the column.
        results: Of all configurations, the objectives' columns first.
        means: Over the seeds that both splits have.
        kept: Rows of `results` with all objectives defined: the points.
        select: Whether each point is chosen on select: (points,) bool.
        standing: Of each point, see `dominance.standings`; APART where it does not compete.
        beaten_by: The point that beats each, -1 where none does.
        reference_version: Of the references' rule: hypervolumes of two versions do not compare.
    """

    objectives: tuple[Objective, ...]
    references: Mapping[str, float]
    results: Replicates
    means: Means
    kept: np.ndarray
    select: np.ndarray
    standing: np.ndarray
    beaten_by: np.ndarray
    reference_version: int = REFERENCE_VERSION

    @property
    def keys(self) -> list[Key]:
        """The configuration of each point."""
        return [self.results.keys[row] for row in self.kept.tolist()]

    @property
    def _columns(self) -> list[str]:
        own, names = len(self.objectives), self.results.columns
        measured = [*names, *(f"{n}_sd" for n in names), *(f"{n}_select" for n in names[:own])]
        verdict = ["chosen", "on_front", "standing", "beaten_by"]
        return [*self.results.configuration, "seeds", *measured, *verdict]

    @cached_property
    def points(self) -> list[dict[str, Any]]:
        """One row a point.

        Its configuration, `seeds`, every measured column's mean on report (own name) and standard
        deviation over seeds on report (`_sd`), the objectives' means on select (`_select`),
        `chosen` on select, `on_front` on both splits, the `standing`, and `beaten_by`, the point
        that beats it (None where none does).
        """
        own, found = len(self.objectives), self.means
        measured = (found.mean[REPORT], found.sd[REPORT], found.mean[SELECT][:, :own])
        numbers = np.hstack([values[self.kept] for values in measured]).tolist()
        seeds = found.seeds[REPORT, self.kept].tolist()
        beaten_by = [None if point < 0 else point for point in self.beaten_by.tolist()]
        verdict = (self.select, self.standing == FRONT, self.standing)
        rows = zip(
            self.keys, seeds, numbers, *(v.tolist() for v in verdict), beaten_by, strict=True
        )
        return [
            dict(zip(self._columns, [*key, seeds, *values, *rest], strict=True))
            for key, seeds, values, *rest in rows
        ]

    @cached_property
    def table(self) -> "pd.DataFrame":
        """The points as a table."""
        import pandas as pd

        found = pd.DataFrame(self.points, columns=self._columns)
        return found.astype({"beaten_by": "Int64"})

    @property
    def chosen(self) -> "pd.DataFrame":
        """The rows of the table that are chosen on select, confirmed on report or not."""
        return self.table.loc[self.select]

    @property
    def confirmed(self) -> list[dict[str, Any]]:
        """The points on the front: chosen on select and on report."""
        return [point for point in self.points if point["on_front"]]

    @property  # not kept: reasons are told in the language of the run
    def left_out(self) -> "pd.DataFrame":
        """Configurations without a point: configuration columns, `seeds`, `reason`."""
        import pandas as pd

        rows = np.setdiff1d(np.arange(len(self.results.keys)), self.kept).tolist()
        there = np.logical_and(*self.results.present)
        found = [
            [*self.results.keys[row], int(there[row].sum()), self._reason(row, there[row])]
            for row in rows
        ]
        return pd.DataFrame(found, columns=[*self.results.configuration, "seeds", "reason"])

    def _reason(self, row: int, there: np.ndarray) -> str:
        seeds = int(there.sum())
        if seeds == 0:
            return translate("no seed is measured on both splits yet")
        reasons = []
        for entry in self.objectives:
            undefined = np.isnan(self.results.of(entry.column)[:, row]).any(axis=0) & there
            if undefined.any():
                counts = {"some": int(undefined.sum()), "seeds": seeds}
                told = say("{reason} ({some} of {seeds} seeds)", reason=entry.undefined, **counts)
                reasons.append(told)
        return semicolon_text(reasons)

    @cached_property
    def hypervolume(self) -> float:
        """Of the configurations chosen on select, by their means on report, 0 to 1.

        Those that report does not confirm count too: leaving them out would choose and measure on
        the same rows.
        """
        return self._hypervolume(self.means.mean[REPORT])

    @cached_property
    def hypervolume_select(self) -> float:
        """The same on select; larger by what choosing flatters."""
        return self._hypervolume(self.means.mean[SELECT])

    @property
    def optimism(self) -> float:
        """Hypervolume on select minus hypervolume on report."""
        return self.hypervolume_select - self.hypervolume

    @cached_property
    def interval(self) -> tuple[float, float] | None:
        """95 % interval of `hypervolume` over the seeds that have every chosen configuration.

        None with fewer than two.
        """
        chosen = self.kept[self.select]
        there = self.results.present[:, chosen].all(axis=(0, 1)) & (len(chosen) > 0)
        complete = np.flatnonzero(there)
        if len(complete) < 2:
            return seed_interval(self.hypervolume, np.array([]))
        by_seed = self.results.values[REPORT]
        left = [by_seed[:, np.setdiff1d(complete, seed)].mean(1) for seed in complete]
        return seed_interval(self.hypervolume, np.array([self._hypervolume(one) for one in left]))

    def _hypervolume(self, values: np.ndarray) -> float:
        """Return the hypervolume of the chosen ones by values (configurations, columns)."""
        points = values[self.kept[self.select]][:, : len(self.objectives)]
        return hypervolume(points, self.objectives, self.references)


def front(
    results: Replicates,
    objectives: Sequence[Objective],
    *,
    references: Mapping[str, float] | None = None,
    errors: Errors = lambda one, other: {},
    competing: npt.ArrayLike = True,
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
        competing: Whether each configuration of the results competes, (configurations,) bool; the
            others are points too, but neither beat nor are beaten.

    Raises:
        InvalidInput: Fewer than two or repeated objectives, a missing column, a bad reference.
    """
    _check_objectives(results, objectives)
    limits = check_references(objectives, references)
    own = [entry.column for entry in objectives]  # the first of the columns kept
    laid_out = results.some(columns=dict.fromkeys([*own, *results.columns]))
    present = laid_out.present[SELECT] & laid_out.present[REPORT]  # (configurations, seeds)
    summary = means(laid_out.values, np.broadcast_to(present, laid_out.present.shape))
    points = summary.mean[..., : len(own)]  # (2 splits, configurations, objectives)
    kept = np.flatnonzero(~np.isnan(points).any(axis=(0, 2)))
    by_seed = laid_out.values[REPORT, :, :, : len(own)]
    among = np.flatnonzero(np.broadcast_to(competing, present.shape[:1])[kept])  # of the points
    rows = kept[among]
    trained = np.where(present[rows][..., None], by_seed[rows], np.nan)
    found = standings(
        finite_costs(points[:, rows], objectives),
        finite_costs(trained, objectives),
        _row_errors(laid_out.some(rows.tolist()), own, errors),
    )
    chosen, standing, beaten_by = _of_all(len(kept), among, found)
    return Front(
        objectives=tuple(objectives),
        references=limits,
        results=laid_out,
        means=summary,
        kept=kept,
        select=chosen,
        standing=standing,
        beaten_by=beaten_by,
    )


def _of_all(
    points: int, among: np.ndarray, found: tuple[np.ndarray, np.ndarray, np.ndarray]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return what was found of the points that compete for all points; the others are APART.

    Args:
        points: how many there are.
        among: numbers of those that compete.
        found: of these, as `dominance.standings` returns it; rows count within them.
    """
    chosen, beaten_by = np.zeros(points, dtype=bool), np.full(points, -1)
    standing = np.full(points, APART, dtype=object)
    chosen[among], standing[among] = found[:2]
    beaten_by[among] = np.where(found[2] < 0, -1, among[found[2]])
    return chosen, standing, beaten_by


def _check_objectives(results: Replicates, objectives: Sequence[Objective]) -> None:
    names = [entry.name for entry in objectives]
    columns = {entry.column for entry in objectives}
    if len(names) < 2 or not len(names) == len(set(names)) == len(columns):
        raise InvalidInput("objectives_not_different", objectives=names)
    for entry in objectives:
        if entry.column not in results.columns:
            raise InvalidInput(
                "column_of_objective",
                column=entry.column,
                name=entry.name,
                known=tuple(results.columns),
            )


def finite_costs(values: np.ndarray, objectives: Sequence[Objective]) -> np.ndarray:
    """Return the costs of values (..., objectives), in which infinity is finite; NaN stays."""
    costs = np.stack([entry.cost(values[..., k]) for k, entry in enumerate(objectives)], axis=-1)
    return np.where(np.isposinf(costs), INFINITE, costs)


def _row_errors(results: Replicates, own: Sequence[str], errors: Errors) -> RowErrors:
    """Return the errors of two configurations, one an objective; 0 where it is not known."""

    def of(one: int, other: int) -> list[float]:
        found = errors(results.named(one), results.named(other))
        return [found.get(column, 0.0) for column in own]

    return of
