"""Nine regions: one choice for a whole country against a choice, or a model, of each region's own.

A choice is a bound on the gap between groups.  It is made by utility on one half of the test
people and measured on the other half, both ways round, so that nobody is judged by a choice that
was made on them.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from tradeoffs.data.load import load_split
from tradeoffs.data.table import Table
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.designs import SEEDS
from tradeoffs.experiments.fit_tables import fit_tables, table_decisions
from tradeoffs.fronts.sampling_error import difference_error, gap_influence
from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import estimate
from tradeoffs.stats.two_way import influence

BOUNDS = (None, 0.15, 0.1, 0.05, 0.02, 0.0)
FEWEST = 20  # people of a group in a region; below, its gap is not measurable
EVERYWHERE = "mean of the regions"
GLOBAL, CHOICE, MODEL = "one choice for all", "its own choice", "its own model"
ALPHA = 0.05  # of all regions of a way together, where it is counted who gains
Decided = Mapping[str, np.ndarray]  # region, or GLOBAL -> (bounds, trainings, rows of a half) bool
Gain = tuple[np.ndarray, float]  # (trainings,), and the standard error that lies in the people


def answer(scenario: Scenario, trade: float | None) -> list[dict[str, Any]]:
    """Return what each region gains by its own choice, and by a model of its own people.

    Records: `region`; `way`, CHOICE or MODEL; `value`, `low`, `high`: utility against the one
    choice for all, over trainings and people (choices and the people in training are held); absent
    where a group is too small; `sign`, 1 or -1 where this is told from none with all regions of a
    way looked at together (Bonferroni), else 0; `bound`, `for_all`: the choices made on the first
    half, in points, None without a bound; `people`, of both halves; `trained`, people that a model
    of its own learns from.  The region EVERYWHERE is the mean over regions, each counting alike,
    and has how many regions are `known` and how many of them `gain` and `lose` by that sign.

    Args:
        scenario: on a table with places, without a mechanism, with demographic parity.
        trade: points of gap that one point of right answers is worth, from 0 (only the gap
            counts); None: any number of them (only right answers count).

    Raises:
        InvalidInput: another scenario than that, or a trade below 0.
    """
    weight = gap_weight(trade)
    if scenario.notion != "demographic_parity":
        raise InvalidInput(
            "only_with", field="notion", value=scenario.notion, wanted="demographic_parity"
        )
    halves, decided = _decided(scenario)
    train = load_split(scenario.dataset, scenario.label).train
    names = _names(train)
    found, together = [], {way: [] for way in (CHOICE, MODEL)}
    for region in names:
        people = sum(int(_inside(half, region).sum()) for half in halves)
        counts = {"people": people, "trained": int(_inside(train, region).sum())}
        gains, bounds = _region(region, halves, decided, scenario, weight)
        for way, gain in gains.items():
            together[way].append(gain)
            told = {"bound": bounds[way], "for_all": bounds[GLOBAL], **counts}
            found.append({"region": region, "way": way, **_told(gain, len(names)), **told})
    return found + [
        {"region": EVERYWHERE, "way": way, **_told(_mean(gains), 1), **_signs(found, way)}
        for way, gains in together.items()
    ]


def gap_weight(trade: float | None) -> float:
    """Return the weight of the gap, from 0 to 1; accuracy has the rest.

    >>> gap_weight(None), gap_weight(1), gap_weight(0)
    (0.0, 0.5, 1.0)
    """
    if trade is not None and not trade >= 0:
        raise InvalidInput("too_low", field="trade", value=trade, least=0)
    return 0.0 if trade is None else 1 / (1 + trade)


def _signs(found: Sequence[Mapping[str, Any]], way: str) -> dict[str, int]:
    known = [one["sign"] for one in found if one["way"] == way and one["value"] is not None]
    return {"known": len(known), "gain": known.count(1), "lose": known.count(-1)}


def utility(accuracy: np.ndarray, gap: np.ndarray, weight: float) -> np.ndarray:
    """Return what a seat with this weight makes of right answers and gap, in points of both."""
    return (1 - weight) * accuracy - weight * gap


def measured(decided: np.ndarray, table: Table, protected: str, weight: float) -> np.ndarray:
    """Return the utility of each training's decisions (..., rows); NaN where a group is small."""
    groups = _cells(table, protected)
    right = (decided == table.label).mean(-1)
    if min(group.sum() for group in groups) < FEWEST:
        return np.full(right.shape, np.nan)
    rates = np.stack([decided[..., group].mean(-1) for group in groups])
    return utility(right, rates.max(0) - rates.min(0), weight)


def gained(one: np.ndarray, other: np.ndarray, table: Table, protected: str, weight: float) -> Gain:
    """Return the utility of one model minus another's, of the same people and trainings.

    Args:
        one: (trainings, rows) bool decisions.
        other: the same of what is taken away.
        table: the people.
        protected: attribute whose groups the gap is between.
        weight: of the gap.
    """
    values = (measured(both, table, protected, weight) for both in (one, other))
    codes, names = table.group_of(protected)
    right = influence((one == table.label).astype(float) - (other == table.label))
    everybody = [np.ones(table.rows, bool)]
    gaps = (gap_influence(codes, np.ones(len(names), bool), everybody, d) for d in (one, other))
    error = difference_error(*gaps, of=lambda pulls: utility(right, pulls, weight))
    return np.subtract(*values), error


def _told(gain: Gain, regions: int) -> dict[str, Any]:
    """Return a gain with its interval, and its sign if it is told from none among all regions."""
    if np.isnan(gain[0]).any():
        return {"value": None, "low": None, "high": None, "sign": 0}
    adjusted = estimate(*gain, level=1 - ALPHA / regions).record
    return estimate(*gain).record | {"sign": (adjusted["low"] > 0) - (adjusted["high"] < 0)}


def _mean(gains: Sequence[Gain]) -> Gain:
    """Return the mean of gains of different people, each counting alike."""
    values, errors = zip(*gains, strict=True)
    return np.mean(values, axis=0), float(np.linalg.norm(errors)) / len(gains)


def _cells(table: Table, protected: str) -> list[np.ndarray]:
    codes, names = table.group_of(protected)
    return [codes == group for group in range(len(names))]


def _names(table: Table) -> tuple[str, ...]:
    return table.marks("place").names


@lru_cache(maxsize=2)
def _decided(scenario: Scenario) -> tuple[tuple[Table, Table], tuple[Decided, Decided]]:
    """Return both halves, and on each whom the country's and every region's models choose."""
    split = load_split(scenario.dataset, scenario.label)
    names, place = _names(split.train), split.train.place
    assert place is not None
    own = [split.train.take(place.codes == code) for code in range(len(names))]
    seeds = range(scenario.seed, scenario.seed + SEEDS)
    halves = (split.select, split.report)
    first, second = {}, {}
    for name, table in zip((GLOBAL, *names), (split.train, *own), strict=True):
        fitted = fit_tables(scenario, [table] * SEEDS, BOUNDS, seeds[0])
        for half, found in zip(halves, (first, second), strict=True):
            each = [table_decisions(vectors, scenario.width, half) for vectors in fitted]
            found[name] = np.stack(each, axis=1)
    return halves, (first, second)


def _region(
    region: str,
    halves: tuple[Table, Table],
    decided: tuple[Decided, Decided],
    scenario: Scenario,
    weight: float,
) -> tuple[dict[str, Gain], dict[str, float | None]]:
    """Return what a region gains by each way, and the choices made on the first half."""
    both: dict[str, list[Gain]] = {CHOICE: [], MODEL: []}
    bounds: dict[str, float | None] = {}
    at = (scenario.protected, weight)
    for first, second in ((0, 1), (1, 0)):
        here, there = (_inside(half, region) for half in (halves[first], halves[second]))
        everybody = np.ones(halves[first].rows, bool)
        pooled, own = decided[first][GLOBAL], decided[first][region]
        places = {
            GLOBAL: best(pooled, halves[first], everybody, *at),
            CHOICE: best(pooled, halves[first], here, *at),
            MODEL: best(own, halves[first], here, *at),
        }
        people = halves[second].take(there)
        taken = {
            way: decided[second][region if way == MODEL else GLOBAL][place][:, there]
            for way, place in places.items()
        }
        for way, gains in both.items():
            gains.append(gained(taken[way], taken[GLOBAL], people, *at))
        bounds = bounds or {way: BOUNDS[place] for way, place in places.items()}
    return {way: _mean(gains) for way, gains in both.items()}, bounds


def best(
    decided: np.ndarray, table: Table, inside: np.ndarray, protected: str, weight: float
) -> int:
    """Return which of some models has the largest utility on the rows inside; the first of equals.

    Args:
        decided: (models, trainings, rows) bool; the mean of the trainings counts.
        table: its rows.
        inside: (rows,) bool.
        protected: attribute whose groups the gap is between.
        weight: of the gap.
    """
    found = measured(decided[..., inside], table.take(inside), protected, weight).mean(-1)
    return int(np.nanargmax(found)) if np.isfinite(found).any() else 0


def _inside(table: Table, region: str) -> np.ndarray:
    assert table.place is not None
    return table.place.codes == table.place.names.index(region)
