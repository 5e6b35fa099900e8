"""Pick: the setting that a wish selects on one half of the test rows, shown on the other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from functools import cached_property

import numpy as np

from tradeoffs.fronts.replicates import REPORT, SELECT
from tradeoffs.report.alternatives import Alternatives, scale_costs
from tradeoffs.stats.interval import estimate
from tradeoffs.stats.means import means
from tradeoffs.values.preferences.achievement import AUGMENTATION, achievement, lowest
from tradeoffs.values.preferences.regret import regret
from tradeoffs.values.preferences.relaxation import conflict, least_relaxation
from tradeoffs.values.preferences.reservation import acceptable
from tradeoffs.values.preferences.selection_frequency import DRAWS, selection_frequency
from tradeoffs.values.preferences.utility import (
    UtilityMatrix,
    claimants_utility,
    expected_utility,
)
from tradeoffs.values.preferences.wish import Wish, weights

Interval = tuple[float, float, float]  # mean, low, high
ROUNDING = 1e-9  # of a scale: levels come as decimals from links
NOT_MEASURABLE = 1e3  # scales, behind all that is measurable


@dataclass(frozen=True, kw_only=True, eq=False)
class Pick:
    """What a wish selects, and how sure that is.

    Attributes:
        wish: by which.
        among: the settings.
        counted: places of the objectives that count.
        levels: (objectives,) the highest costs accepted; infinity where anything is.
    """

    wish: Wish
    among: Alternatives
    counted: Sequence[int]
    levels: np.ndarray

    @cached_property
    def by_seed(self) -> np.ndarray:
        """(2 splits, settings, seeds, values): what is chosen by, all columns that it needs."""
        if self.wish.by != "pattern":
            return self.among.costs
        return np.concatenate([self.among.costs, self._utility], axis=-1)

    @cached_property
    def _utility(self) -> np.ndarray:
        """(2 splits, settings, seeds, groups), of those whom the pattern counts."""
        return utility(self.among, self.wish.person, self.wish.ranking.of)

    @cached_property
    def means(self) -> np.ndarray:
        """(2 splits, settings, values), over seeds."""
        there = self.among.present
        return np.stack([means(self.by_seed[split], there).mean for split in (SELECT, REPORT)])

    @cached_property
    def asked(self) -> list[int]:
        """Places of the objectives that have points or an aspiration; a pattern looks at none."""
        if self.wish.by == "pattern":
            return []
        names = [self.among.objectives[place].name for place in self.counted]
        by_points = {name for name, one in self.wish.points.items() if one > 0}
        given = by_points if self.wish.by == "points" else self.wish.aspiration.keys()
        found = [k for k, name in zip(self.counted, names, strict=True) if name in given]
        return found or list(self.counted)

    @cached_property
    def row(self) -> int | None:
        """The setting picked on select; None where none keeps all levels."""
        return self._choose(self.means[SELECT])

    @cached_property
    def row_on_report(self) -> int | None:
        """The setting that the other half would pick."""
        return self._choose(self.means[REPORT])

    @cached_property
    def frequency(self) -> np.ndarray:
        """(settings,) int: how many of DRAWS pick each when the seeds are drawn again."""
        known = self.among.present[..., None] & ~np.isnan(self.means[SELECT])[:, None]
        by_seed = np.where(known, self.by_seed[SELECT], np.nan)
        return selection_frequency(by_seed, self._choose, np.random.default_rng(0))

    @cached_property
    def more_frequent(self) -> int | None:
        """The setting that seeds drawn again pick most often, where that is not the pick."""
        most = int(self.frequency.argmax())
        return (
            most
            if self.row is not None and self.frequency[most] > self.frequency[self.row]
            else None
        )

    @property
    def draws(self) -> int:
        """How often seeds are drawn again."""
        return DRAWS

    @cached_property
    def unknown(self) -> np.ndarray:
        """(settings, objectives) bool: asked for or limited, and not measurable on select."""
        needed = np.isfinite(self.levels)
        needed[self.asked] = True
        return np.isnan(self.among.mean_costs[SELECT]) & needed

    @cached_property
    def measurable(self) -> np.ndarray:
        """(settings,) bool: in all that the wish looks at."""
        found = np.asarray(~self.unknown.any(axis=1))
        if self.wish.by == "pattern":
            found &= ~np.isnan(self.scores[SELECT])
        return found

    @cached_property
    def conflict(self) -> tuple[int, ...]:
        """The smallest set of objectives whose levels no setting keeps together."""
        return conflict(self.among.mean_costs[SELECT], self.levels)

    @cached_property
    def relaxed(self) -> Mapping[int, float]:
        """Objective -> the value that makes the wish possible if this one alone gives."""
        costs, found = self.among.mean_costs[SELECT], {}
        told = least_relaxation(costs, self.levels)
        for place in np.flatnonzero(np.isfinite(told) & (told > self.levels)).tolist():
            row = int(np.nanargmin(np.abs(costs[:, place] - told[place])))
            found[place] = float(self.among.means[SELECT, row, place])
        return found

    @cached_property
    def broken(self) -> list[int]:
        """Objectives whose level the pick keeps on select and not on report."""
        if self.row is None:
            return []
        costs = self.among.mean_costs[REPORT, self.row]
        return np.flatnonzero(~(costs <= self.levels) & np.isfinite(self.levels)).tolist()

    @cached_property
    def weights(self) -> np.ndarray:
        """(asked,) what each objective that is asked for weighs, all above 0."""
        if self.wish.by == "aspiration":
            return np.ones(len(self.asked))
        return np.array(weights(self.wish, [self.among.objectives[k].name for k in self.asked]))

    @cached_property
    def reference(self) -> np.ndarray:
        """(asked,) costs from which the achievement is measured: the best there is, or wished."""
        found = np.fmin.reduce(self.among.mean_costs[SELECT][:, self.asked], axis=0)
        if self.wish.by == "aspiration":
            for place, number in enumerate(self.asked):
                one = self.among.objectives[number]
                if one.name in self.wish.aspiration:
                    found[place] = scale_costs(one, np.array(self.wish.aspiration[one.name]))
        return found

    @cached_property
    def shortfall(self) -> np.ndarray:
        """(asked,) on select, how far the pick is behind the reference, by weight."""
        costs = self.among.mean_costs[SELECT, self.row][self.asked]
        return self.weights * (costs - self.reference)

    @cached_property
    def best(self) -> np.ndarray:
        """(objectives,) the setting that is best in each on select, whatever else it costs."""
        costs = self.among.mean_costs[SELECT]
        return np.where(np.isnan(costs), np.inf, costs).argmin(axis=0)

    @cached_property
    def regret(self) -> float:
        """On report, by how much of a scale the pick is behind what the wish would pick there."""
        values = self._values(self.means[REPORT])
        return float("nan") if self.row is None else float(regret(values, self.row))

    @cached_property
    def scores(self) -> np.ndarray:
        """(2 splits, settings) of the pattern, higher is better."""
        groups = self.means[..., len(self.among.objectives) :]
        return np.stack([self.wish.ranking.score(one, self.wish.degree) for one in groups])

    def _choose(self, found: np.ndarray) -> int | None:
        """Return the pick by means (settings, values).

        Among equals, what is not asked for decides, as far as it is measurable.
        """
        values = self._values(found)
        first = lowest(values)
        rest = [place for place in self.counted if place not in self.asked]
        if first is None or self.wish.by == "pattern" or not rest:
            return first
        others = np.nan_to_num(found[:, rest], nan=NOT_MEASURABLE).sum(axis=1)
        return lowest(np.where(values <= values[first] + ROUNDING, others, np.nan))

    def _values(self, found: np.ndarray) -> np.ndarray:
        """Return what is to be low, NaN of settings that are not accepted or not measurable."""
        costs, groups = np.split(found, [len(self.among.objectives)], axis=1)
        if self.wish.by == "pattern":
            score = self.wish.ranking.score(groups, self.wish.degree)
            values = -score - AUGMENTATION * groups.mean(axis=1)
        else:
            values = achievement(costs[:, self.asked], self.reference, self.weights)
        return np.where(acceptable(costs, self.levels), values, np.nan)


def pick(
    among: Alternatives, wish: Wish, counted: Sequence[str], at_least: Mapping[str, float]
) -> Pick:
    """Return what a wish selects.

    Args:
        among: the settings.
        wish: of somebody.
        counted: names of the objectives that count.
        at_least: objective -> the worst value accepted, in the unit of its column.
    """
    levels = np.full(len(among.objectives), np.inf)
    for place, one in enumerate(among.objectives):
        if one.name in at_least:
            levels[place] = scale_costs(one, np.array(at_least[one.name])) + ROUNDING
    return Pick(wish=wish, among=among, counted=among.places(counted), levels=levels)


def by_view(found: Pick, pattern: str) -> Pick:
    """Return what the same wish picks by a pattern of distribution, its parameter the default.

    That of the wish's own pattern is as wished.
    """
    own = pattern == found.wish.pattern
    wish = replace(found.wish, by="pattern", pattern=pattern)
    return replace(found, wish=wish if own else replace(wish, parameter=None))


def utility(among: Alternatives, matrix: UtilityMatrix, of: str = "people") -> np.ndarray:
    """Return the mean utility of each group: (2 splits, settings, seeds, groups)."""
    mean: Callable[[np.ndarray, UtilityMatrix], np.ndarray]
    mean = claimants_utility if of == "claimants" else expected_utility
    return mean(among.shares, matrix)


def utility_intervals(found: Pick, row: int) -> list[Interval]:
    """Return the mean utility of each group at a setting on report, with its 95 % interval.

    Over seeds, and over test rows as a sample; NaN where a group is too small.
    """
    among, matrix, of = found.among, found.wish.person, found.wish.ranking.of
    shares = among.shares[REPORT, row][among.present[row]]  # (seeds, groups, 4)
    by_seed = utility(among, matrix, of)[REPORT, row][among.present[row]]
    counted = np.array([True, of == "people", True, of == "people"])
    within = shares.mean(axis=0) * counted  # of whom the mean is
    total = within.sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        squares = within @ np.square(astuple(matrix)) / total
        variance = np.maximum(squares - by_seed.mean(axis=0) ** 2, 0.0)
        errors = np.sqrt(variance / (among.people * total))
    return [_interval(*one) for one in zip(by_seed.T, errors.tolist(), strict=True)]


def _interval(by_seed: np.ndarray, error: float) -> Interval:
    if np.isnan(by_seed).any() or not len(by_seed) or np.isnan(error):
        return np.nan, np.nan, np.nan
    found = estimate(by_seed, error)
    low, high = found.interval or (np.nan, np.nan)
    return found.mean, low, high
