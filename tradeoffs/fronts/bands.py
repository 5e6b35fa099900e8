"""Bands: how far the chosen models of each seed reach in two objectives, seed by seed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import moocore
import numpy as np

from tradeoffs.errors import InvalidInput
from tradeoffs.fronts.front import Front
from tradeoffs.fronts.objectives import Objective
from tradeoffs.fronts.replicates import REPORT, Replicates
from tradeoffs.language.translation import say

ENOUGH_SEEDS = 8


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Band:
    """Attainment surfaces over seeds, as staircases ready to draw.

    Attributes:
        levels: Percentiles asked for, in order; none with fewer than two seeds.
        seeds: How many.
        stairs: Percentile -> (corners, 2), x and y in the units of the measured columns, from the
            best x to the worst; empty with fewer than two seeds.
    """

    levels: tuple[float, ...]
    seeds: int
    stairs: Mapping[float, np.ndarray]

    @property
    def label(self) -> str:
        """What the band spans, in words."""
        if self.seeds < 2:
            return say("no band: {seeds:complete seed|complete seeds}", seeds=self.seeds)
        if self.seeds < ENOUGH_SEEDS:
            return say("lowest to highest of {seeds} seeds", seeds=self.seeds)
        low, high = self.levels[0], self.levels[-1]
        if low == high:
            return say("{level:g} % of {seeds} seeds", level=low, seeds=self.seeds)
        ends = {"low": low, "high": high, "seeds": self.seeds}
        if 50.0 in self.levels:
            return say("median and {low:g} to {high:g} % of {seeds} seeds", **ends)
        return say("{low:g} to {high:g} % of {seeds} seeds", **ends)


def band(
    results: Replicates,
    front: Front,
    x: Objective,
    y: Objective,
    percentiles: Sequence[float] = (25, 50, 75),
) -> Band:
    """Return attainment surfaces over seeds.

    Each seed contributes its models of the configurations *chosen* by the front, on report: a
    best-of-seeds choice never enters. The surface of percentile p bounds what at least p % of
    the seeds attain, so small percentiles are the far side. With fewer than eight seeds
    percentiles would be single seeds in disguise: the two surfaces returned are then 0 (attained
    by one seed at least) and 100 (attained by every seed). Seeds in which some chosen
    configuration is not trained yet wait. Infinite values have no place on an axis and give no
    vertex. All staircases end at the same two outer values, so that the area between two can be
    filled.

    Source: Grunert da Fonseca, Fonseca, Hall 2001, Inferential performance assessment of
    stochastic optimisers and the attainment function, EMO.

    Args:
        results: The results that the front was made of, or the same with more seeds.
        front: Its chosen configurations are drawn.
        x: Objective of the front.
        y: Another objective of the front.
        percentiles: Each in 0..100.
    """
    _check(front, x, y, percentiles)
    values = _seed_values(results, front, x, y)
    seeds = values.shape[1] if len(values) else 0
    levels = _levels(seeds, percentiles)
    surfaces = _surfaces(values, x, y, levels) if levels else {}
    if surfaces:
        outer = _outer(np.vstack(list(surfaces.values())), x, y)
        surfaces = {level: _staircase(points, outer) for level, points in surfaces.items()}
    return Band(levels=levels, seeds=seeds, stairs=surfaces)


def _check(front: Front, x: Objective, y: Objective, percentiles: Sequence[float]) -> None:
    known = [entry.name for entry in front.objectives]
    if x.name == y.name or not {x.name, y.name} <= set(known):
        raise InvalidInput("not_two_objectives", x=x.name, y=y.name, known=tuple(known))
    if not percentiles or not all(0 <= level <= 100 for level in percentiles):
        raise InvalidInput(
            "out_of_range", field="percentiles", value=list(percentiles), low=0, high=100
        )


def _seed_values(results: Replicates, front: Front, x: Objective, y: Objective) -> np.ndarray:
    """Return (chosen configurations, complete seeds, 2) on report."""
    rows = results.positions(front.results.keys[row] for row in front.kept[front.select])
    values = results.some(rows, (x.column, y.column)).values[REPORT]
    return values[:, ~np.isnan(values).any(axis=(0, 2))]


def _levels(seeds: int, percentiles: Sequence[float]) -> tuple[float, ...]:
    if seeds < 2:
        return ()
    if seeds < ENOUGH_SEEDS:
        return 0.0, 100.0
    return tuple(sorted(set(map(float, percentiles))))


def _surfaces(
    values: np.ndarray, x: Objective, y: Objective, levels: Sequence[float]
) -> dict[float, np.ndarray]:
    """Return for each level the corners (n, 2) that have a place on both axes, best x first."""
    flat = values.reshape(-1, 2)
    # Attainment only compares: ranks keep the measured values exact and infinity finite.
    ranks, sorted_values = zip(*(_ranked(flat[:, k], e) for k, e in enumerate((x, y))), strict=True)
    seed = np.tile(np.arange(values.shape[1]), len(values))
    order = np.argsort(seed, kind="stable")
    found = moocore.eaf(
        np.column_stack(ranks)[order].astype(float), seed[order], percentiles=list(levels)
    )
    surfaces = {}
    for level in levels:
        corner = found[found[:, 2] == level, :2].astype(np.int64)
        points = np.column_stack([sorted_values[k][corner[:, k]] for k in (0, 1)])
        points = points[x.on_axis(points[:, 0]) & y.on_axis(points[:, 1])]
        if len(points):
            surfaces[level] = points[np.argsort(x.cost(points[:, 0]))]
    return surfaces


def _ranked(values: np.ndarray, objective: Objective) -> tuple[np.ndarray, np.ndarray]:
    """Return each value's rank by cost, and the value of each rank."""
    _, first, rank = np.unique(objective.cost(values), return_index=True, return_inverse=True)
    return rank, values[first]


def _outer(points: np.ndarray, x: Objective, y: Objective) -> tuple[float, float]:
    """Return the worst x and the worst y among the points."""
    worst_x = points[np.argmax(x.cost(points[:, 0])), 0]
    worst_y = points[np.argmax(y.cost(points[:, 1])), 1]
    return float(worst_x), float(worst_y)


def _staircase(points: np.ndarray, outer: tuple[float, float]) -> np.ndarray:
    """Join the corners (n, 2), best x first, by steps that bound what they attain: (2n + 1, 2)."""
    return np.column_stack(
        [
            np.append(np.repeat(points[:, 0], 2), outer[0]),
            np.append(outer[1], np.repeat(points[:, 1], 2)),
        ]
    )
