"""Red lines: which settings keep them, how many seats' lines, and which exclude each other.

They are compared with the means on report, the numbers that are on screen.  Lines are shown seat by
seat, so whoever sees them can count what follows from them: those counts are told as they are.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from tradeoffs.fronts.replicates import REPORT
from tradeoffs.report.alternatives import scale_costs
from tradeoffs.rooms.options import Options
from tradeoffs.values.preferences.relaxation import conflict
from tradeoffs.values.preferences.reservation import keeps_levels

Lines = Mapping[str, float | None]  # objective -> the worst value accepted, shares in per cent
ROUNDING = 1e-9  # of a scale: lines come as decimals


def inside(options: Options, lines: Sequence[Lines]) -> np.ndarray:
    """Return which settings keep all lines of each seat: (seats, settings) bool."""
    return np.all(_kept(options, lines), axis=-1)


def overlap(options: Options, lines: Sequence[Lines]) -> dict[str, Any]:
    """Return where the lines of a room overlap, as JSON.

    `settings` (how many there are), `all` (rows that keep everybody's lines), `within` (for each
    row how many seats' lines it keeps, from and to, which are equal), `clash` (fewest objectives
    whose strictest lines no setting keeps together; empty where `all` is not).

    Args:
        options: that the room chooses from.
        lines: of the seats, at least one.
    """
    kept = inside(options, lines)
    strictest = np.min([_levels(options, one) for one in lines], axis=0)
    clash = conflict(options.mean_costs[REPORT], strictest)
    return {
        "settings": len(options.settings),
        "all": np.flatnonzero(kept.all(0)).tolist(),
        "within": [_exact(count) for count in kept.sum(0)],
        "clash": [options.names[k] for k in clash],
    }


def breaches(options: Options, lines: Sequence[Lines], row: int) -> dict[str, Any]:
    """Return by objective how many seats' lines a setting breaks: bounds, which are equal."""
    counts = (~_kept(options, lines)[:, row]).sum(0)
    return dict(zip(options.names, map(_exact, counts), strict=True))


def _exact(count: int) -> tuple[int, int]:
    """Return the bounds of a count that is known."""
    return int(count), int(count)


def _kept(options: Options, lines: Sequence[Lines]) -> np.ndarray:
    """Return which line of each seat each setting keeps: (seats, settings, objectives) bool."""
    costs = options.mean_costs[REPORT]
    return np.stack([keeps_levels(costs, _levels(options, one)) for one in lines])


def _levels(options: Options, lines: Lines) -> np.ndarray:
    """Return the highest cost that a seat accepts, infinite where anything is: (objectives,)."""
    found = np.full(len(options.names), np.inf)
    for k, one in enumerate(options.objectives):
        value = lines.get(one.name)
        if value is not None:
            number = value / 100 if one.is_share else value
            found[k] = scale_costs(one, np.array(number)) + ROUNDING
    return found
