"""Who pays: rates of groups, and who gains or loses, as the table of the Explorer prints them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tradeoffs.coverage.study import Drawn, Study
from tradeoffs.coverage.world import BEFORE, NOW, World
from tradeoffs.data.table import Table
from tradeoffs.report.group_outcomes import EVERYBODY, QUANTITIES, RATES, outcomes_table

# A group of some 40 people, of whom few are predicted yes.
WORLD = World(rows=400, second=0.1, score=((-1.0, 0.8), (-1.4, 0.4)), cuts=((0.2, 0.6), (0.4, 0.4)))
SMALL = "Male"  # the second group's name in the world
SPREAD = 0.6  # standard deviation of the logarithm of a survey weight
SHARED = tuple(name for name in QUANTITIES if name not in RATES[1:])  # of enough people in both


def draw_intervals(rng: np.random.Generator) -> dict[str, Drawn]:
    """Return each interval of everybody and of the small group."""
    table, score = WORLD.people(rng)
    decided = WORLD.decided(table, score, rng)
    return _told(table, decided, EVERYBODY, QUANTITIES) | _told(table, decided, SMALL, SHARED)


def draw_weighted_intervals(rng: np.random.Generator) -> dict[str, Drawn]:
    """Return each interval of everybody by survey weights, which say nothing of people here."""
    table, score = WORLD.people(rng)
    weights = np.exp(SPREAD * rng.normal(size=table.rows))
    decided = WORLD.decided(table, score, rng)
    found = _told(replace(table, sample_weight=weights), decided, EVERYBODY, QUANTITIES)
    return {f"{kind}, weighed": one for kind, one in found.items()}


def _told(
    table: Table, decided: np.ndarray, group: str, quantities: Sequence[str]
) -> dict[str, Drawn]:
    """Return the intervals of a group's row; of too few people there is none.

    Args:
        table: the people.
        decided: (2 models, seeds, rows) bool.
        group: whose row.
        quantities: those that are wanted.
    """
    rows = outcomes_table(table, "sex", True, *decided)
    row = next(one for one in rows if one["group"] == group)
    ends = {name: (float(row[f"{name}_low"]), float(row[f"{name}_high"])) for name in quantities}
    whom = "a small group" if group == SMALL else group
    return {
        f"{name}, {whom}": Drawn(low, high, TRUTHS[group][name])
        for name, (low, high) in ends.items()
        if np.isfinite(low)
    }


def truths(cells: np.ndarray) -> dict[str, float]:
    """Return the true value of each quantity.

    Args:
        cells: share of everybody by group and label, of whom it is meant.
    """
    cells = cells / cells.sum()
    now, before = WORLD.yes[NOW], WORLD.yes[BEFORE]
    gain, lose = now - WORLD.both, before - WORLD.both
    found = {
        "selection_rate": now,
        "accuracy": WORLD.right[NOW],
        "kept": WORLD.both,
        "gain": gain,
        "lose": lose,
        "net": gain - lose,
    }
    told = {name: float((rate * cells).sum()) for name, rate in found.items()}
    for name, label in (("true_positive_rate", 1), ("false_positive_rate", 0)):
        told[name] = float(np.average(now[:, label], weights=cells[:, label]))
    return told


TRUTHS = {
    EVERYBODY: truths(WORLD.cells),
    SMALL: truths(WORLD.cells * np.array([[0], [1]])),
}
STUDIES = tuple(
    Study(screen="who pays", covers="trainings and people", draw=draw)
    for draw in (draw_intervals, draw_weighted_intervals)
)
