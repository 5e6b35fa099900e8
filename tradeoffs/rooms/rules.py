"""Rules: what the values of a room pick, and what each seat loses by it.

A seat's utility of a setting is minus its achievement in the seat's own points: by how many of its
points the setting falls behind the best of the front, in the objective where it falls furthest.
Settings are picked on select; what they cost is measured on report, with 95 % intervals over the
training runs, without the test rows.

Not building has the utility of the baseline: nothing in a table says how people are decided about
without a model, and what comes nearest is the model that repeats the labels of the table as they
are.  It is not zero, because somebody decides in any case.  So no rule that compares losses tells
the two apart; a vote can.
"""

import math
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from tradeoffs.fronts.replicates import SELECT
from tradeoffs.rooms.options import Options
from tradeoffs.rooms.red_lines import Lines, breaches
from tradeoffs.stats.interval import estimate
from tradeoffs.values.preferences.achievement import AUGMENTATION, achievement, lowest
from tradeoffs.values.preferences.aggregation import (
    COMPROMISE,
    MAJORITY,
    RULES,
    WORST_OFF_FIRST,
    losses,
    picks,
)

Points = Mapping[str, float]  # objective -> points, 100 in total
Band = Sequence[int] | None  # bounds of a count of seats
TOTAL = 100.0  # points of a seat


def point_of(options: Options, points: Points) -> int:
    """Return the setting that a seat's points pick."""
    costs = options.mean_costs[SELECT]
    found = lowest(achievement(costs, costs.min(0), _weights(options, [points])[0] / TOTAL))
    assert found is not None  # all settings of a room are measured
    return found


def neighbours(options: Options, points: Points) -> dict[str, int]:
    """Return by objective the setting that a seat likes best of those that are better in it.

    An objective in which the seat's own point is the best is left out.
    """
    costs, own = options.mean_costs[SELECT], point_of(options, points)
    worth = utilities(options, [points])[0, :, :, SELECT].mean(1)
    found = {}
    for k, name in enumerate(options.names):
        better = costs[:, k] < costs[own, k]
        if better.any():
            found[name] = int(np.where(better, worth, -np.inf).argmax())
    return found


def utilities(options: Options, values: Sequence[Points]) -> np.ndarray:
    """Return what settings are worth to seats: (seats, settings, training runs, 2 halves).

    In points of the seat, 0 for what is best in everything.  The objective in which a setting falls
    furthest behind over all training runs is held in each of them, so the mean over runs is minus
    the achievement of the mean costs, and the dominated are worth less to everybody.
    """
    weights = _weights(options, values)[:, None, None]  # (seats, 1, 1, objectives)
    reference = options.mean_costs[SELECT].min(0)
    behind = np.where(weights > 0, weights * (options.mean_costs - reference), -np.inf)
    furthest = behind.argmax(-1)[..., None, None]  # (seats, halves, settings, 1, 1)
    by_run = weights[:, :, :, None] * (options.costs - reference)
    held = np.take_along_axis(by_run, furthest, axis=-1)[..., 0]
    rest = TOTAL * AUGMENTATION * (options.costs - reference).sum(-1)
    return np.moveaxis(-(held + rest), 1, -1)


def own_losses(
    options: Options, points: Points, decision: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    """Return what one seat loses by what each rule picked: rule -> value, low, high."""
    own = utilities(options, [points])
    return {
        one["rule"]: _over_runs(losses(own, one["setting"])[0])
        for one in decision["rules"]
        if one["setting"] is not None
    }


def decide(
    options: Options,
    values: Sequence[Points],
    candidates: Sequence[Mapping[str, Any]] = (),
    approvals: Mapping[str, Band] | None = None,
    lines: Sequence[Lines] = (),
) -> dict[str, Any]:
    """Return what each rule picks and what the seats lose by it, as JSON.

    Majority looks at the approvals that are shown: of the candidates with most, the one by which
    the seats lose least in total.  It picks none where fewer than five approvals are all that any
    candidate is known to have.

    `rules`, each with

    - `rule`, `candidate` (its name; None if it is none), `setting` (row; None where nothing
      is picked), `level` (candidates with as many approvals as the pick of majority);
    - `largest` (`seat`, its place in the values, and `value`, `low`, `high` of its loss), `mean`
      (over the seats), `losses` (of the seats, in the order of the values);
    - `broken` (by objective, how many seats' lines the pick breaks, from and to, which are equal);
    - `alike` (rows that cannot be told apart from the pick in what the rule minimises).

    `between`, of each pair of picks: `rules`, `same`, and by how much the second loses more:
    `largest` and `mean`, each with `apart`, whether that can be told from zero.

    Losses are in a seat's points.

    Args:
        options: that the room chooses from.
        values: of the seats.
        candidates: of the vote; as `candidates` returns them.
        approvals: candidate -> how many approve, from and to; None is hidden.
        lines: of the seats, in any order.
    """
    worth = utilities(options, values)
    rows = {one["name"]: row_of(options, one) for one in candidates}
    names = {row: name for name, row in reversed(rows.items())}
    found = picks(worth)
    taken: dict[str, tuple[int | None, str | None, list[str]]] = {
        rule: (row, names.get(row), []) for rule, row in found.items()
    }
    level = _level(approvals or {})
    first = _most_approved(worth, {name: rows[name] for name in level})
    taken[MAJORITY] = (None if first is None else rows[first], first, level)
    told: list[dict[str, Any]] = [
        {"rule": rule, "candidate": name, "setting": row, "level": same}
        | ({} if row is None else _cost(worth, rule, row))
        | ({"broken": breaches(options, lines, row)} if lines and row is not None else {})
        for rule, (row, name, same) in ((rule, taken[rule]) for rule in RULES)
    ]
    settled = [(one["rule"], one["setting"]) for one in told if one["setting"] is not None]
    return {"rules": told, "between": [_between(worth, *p) for p in combinations(settled, 2)]}


def row_of(options: Options, candidate: Mapping[str, Any]) -> int:
    """Return the setting that a candidate is worth as much as: not building, the baseline."""
    return options.now if candidate["setting"] is None else int(candidate["setting"])


def _level(approvals: Mapping[str, Band]) -> list[str]:
    """Return the candidates that are known to have most approvals; none if any may have none."""
    least = {name: band[0] for name, band in approvals.items() if band}
    most = max(least.values(), default=0)
    return [name for name, count in least.items() if count == most > 0]


def _most_approved(worth: np.ndarray, rows: Mapping[str, int]) -> str | None:
    """Return the one by which seats lose least in total, of candidates with equal approvals."""
    if not rows:
        return None
    names = [*rows]
    found = picks(worth[:, [*rows.values()]], np.ones(len(rows)))
    return names[found[MAJORITY]]


def _cost(worth: np.ndarray, rule: str, row: int) -> dict[str, Any]:
    lost = losses(worth, row)
    seat = int(lost.mean(1).argmax())
    return {
        "largest": {"seat": seat} | _over_runs(lost[seat]),
        "mean": _over_runs(lost.mean(0)),
        "losses": lost.mean(1).tolist(),
        "alike": [] if rule == MAJORITY else _alike(worth, rule, row),
    }


def _alike(worth: np.ndarray, rule: str, row: int) -> list[int]:
    """Return the other settings that cannot be told apart from a pick in what a rule minimises."""
    own = _minimised(worth, rule, row)
    others = [other for other in range(worth.shape[1]) if other != row]
    return [o for o in others if not _apart(_over_runs(_minimised(worth, rule, o) - own))]


def _minimised(worth: np.ndarray, rule: str, row: int) -> np.ndarray:
    """Return what a rule minimises, by training run."""
    lost = losses(worth, row)
    return lost[lost.mean(1).argmax()] if rule == WORST_OFF_FIRST else lost.mean(0)


def _between(worth: np.ndarray, one: tuple[str, int], two: tuple[str, int]) -> dict[str, Any]:
    found: dict[str, Any] = {"rules": [one[0], two[0]], "same": one[1] == two[1]}
    if not found["same"]:
        for name, rule in (("largest", WORST_OFF_FIRST), ("mean", COMPROMISE)):
            change = _minimised(worth, rule, two[1]) - _minimised(worth, rule, one[1])
            interval = _over_runs(change)
            found[name] = interval | {"apart": _apart(interval)}
    return found


def _over_runs(values: np.ndarray) -> dict[str, Any]:
    """Return mean, low and high of training runs; None where one run leaves no interval."""
    record = estimate(values).record
    return {name: one if math.isfinite(one) else None for name, one in record.items()}


def _apart(interval: Mapping[str, Any]) -> bool:
    """Return whether an interval is on one side of zero."""
    low, high = interval["low"], interval["high"]
    return low is not None and (low > 0 or high < 0)


def _weights(options: Options, values: Sequence[Points]) -> np.ndarray:
    """Return points by seat and objective, TOTAL a seat: (seats, objectives)."""
    given = np.array([[one.get(name, 0.0) for name in options.names] for one in values], float)
    return given * (TOTAL / given.sum(1, keepdims=True))
