"""One bound for many seats: which one each of three rules takes, and what each seat loses by it.

A seat weighs accuracy against the gap.  It puts first the bound with the largest utility on select;
what that costs, and what it loses by the bound of the room, are measured on report.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from tradeoffs.experiments.comparison import Comparison, rows
from tradeoffs.experiments.score import train_seeds
from tradeoffs.results import Result
from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import estimate
from tradeoffs.studies.nine_regions import BOUNDS, gap_weight, utility
from tradeoffs.values.preferences.aggregation import (
    COMPROMISE,
    MAJORITY,
    REPORT,
    WORST_OFF_FIRST,
    first_choices,
    losses,
    picks,
)

MAXIMIN = "maximin"  # what answers and links call the rule that puts the worst-off first
IDS = {MAJORITY: MAJORITY, WORST_OFF_FIRST: MAXIMIN, COMPROMISE: COMPROMISE}
NO_BOUND = 0  # place in BOUNDS
Measured = np.ndarray  # (bounds, training runs, splits)


def answer(
    scenario: Scenario, trade: float | None = None, seats: str | None = None
) -> list[dict[str, Any]]:
    """Return what one seat chooses, or what a room of seats does.

    A trade is how many points of gap a point of accuracy is worth; None if only accuracy counts.

    Records of one seat: of `kind` "bound", with `max_gap`, `seed`, `split`, `accuracy`, `gap` of
    every model; "chosen", the same of the bound that the seat chooses; "change" with `what`
    (accuracy, gap), `max_gap`, `bound` (its id), and `value`, `low`, `high`, against no bound.
    Records of a room, all with `value`, `low`, `high`: "loss" of each `seat` (from 1, with its
    `trade`) by each bound that a rule takes (`max_gap`); "worst", the largest loss by each `rule`;
    "between", that by majority minus that by maximin.  Intervals are over training runs, without
    the test rows.

    Args:
        scenario: whose bound is chosen.
        trade: of one seat.
        seats: trades joined by +, of a room; a trade of "none" is None.

    Raises:
        InvalidInput: a trade below 0, or a scenario that cannot be bounded.
    """
    accuracy, gap = _measured(scenario)
    if seats is None:
        return _seat(accuracy, gap, gap_weight(trade))
    trades = [None if one == "none" else float(one) for one in seats.split("+")]
    utilities = np.stack([utility(accuracy, gap, gap_weight(one)) for one in trades])
    return _room(utilities, seats.split("+"))


@lru_cache(maxsize=4)
def _measured(scenario: Scenario) -> tuple[Measured, Measured]:
    """Return accuracy and gap by bound, training run and split."""
    wanted = [scenario.but(max_gap=bound) for bound in BOUNDS]
    results = [
        Result(scenario=one.scenario, measurement=one.measurement)
        for setting in wanted
        for one in train_seeds(setting)
    ]
    found = rows(results, Comparison.of(wanted), frozenset({"accuracy", "gap"}))
    shape = (len(BOUNDS), -1, 2)
    accuracy, gap = (
        np.array([row[n] for row in found]).reshape(shape) for n in ("accuracy", "gap")
    )
    return accuracy, gap


def _seat(accuracy: Measured, gap: Measured, weight: float) -> list[dict[str, Any]]:
    first = int(first_choices(utility(accuracy, gap, weight)[None])[0])
    models = [
        {"kind": kind, "max_gap": BOUNDS[b], "seed": seed, "split": split}
        | {"accuracy": float(accuracy[b, seed, s]), "gap": float(gap[b, seed, s])}
        for kind, places in (("bound", range(len(BOUNDS))), ("chosen", [first]))
        for b in places
        for seed in range(accuracy.shape[1])
        for s, split in enumerate(("select", "report"))
    ]
    about = {"kind": "change", "split": "report"}
    about |= {"max_gap": BOUNDS[first], "bound": bound_id(BOUNDS[first])}
    return models + [
        about | {"what": what} | _over_runs((each[first] - each[NO_BOUND])[:, REPORT])
        for what, each in (("accuracy", accuracy), ("gap", gap))
    ]


def bound_id(bound: float | None) -> str:
    """Return the name of a bound.

    >>> bound_id(None), bound_id(0.15)
    ('no_bound', 'bound_15')
    """
    return "no_bound" if bound is None else f"bound_{100 * bound:.0f}"


def _room(utilities: np.ndarray, trades: Sequence[str]) -> list[dict[str, Any]]:
    taken = {IDS[rule]: place for rule, place in picks(utilities).items()}
    lost = {rule: losses(utilities, place) for rule, place in taken.items()}
    worst = {rule: int(each.mean(1).argmax()) for rule, each in lost.items()}
    seats = [{"seat": n + 1, "trade": trade} for n, trade in enumerate(trades)]
    largest = {rule: lost[rule][seat] for rule, seat in worst.items()}
    return [
        *(
            {"kind": "loss", "max_gap": BOUNDS[place]} | seat | _over_runs(one)
            for place in dict.fromkeys(taken.values())
            for seat, one in zip(seats, losses(utilities, place), strict=True)
        ),
        *(
            {"kind": "worst", "rule": rule, "max_gap": BOUNDS[taken[rule]]}
            | seats[worst[rule]]
            | _over_runs(largest[rule])
            for rule in taken
        ),
        {"kind": "between"} | _over_runs(largest[MAJORITY] - largest[MAXIMIN]),
    ]


def _over_runs(values: np.ndarray) -> dict[str, Any]:
    return estimate(values).record | {"test_rows": False}
