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
from tradeoffs.pipeline.gathered import decided_by, fit_gathered
from tradeoffs.scenario import Scenario
from tradeoffs.stats.resampling import Resampled, resample, spanned

BOUNDS = (None, 0.15, 0.1, 0.05, 0.02, 0.0)
FEWEST = 20  # people of a group in a region; below, its gap is not measurable
EVERYWHERE = "mean of the regions"
GLOBAL, CHOICE, MODEL = "one choice for all", "its own choice", "its own model"
Decided = Mapping[str, np.ndarray]  # region, or GLOBAL -> (bounds, rows of a half) bool


def answer(scenario: Scenario, trade: float | None) -> list[dict[str, Any]]:
    """Return what each region gains by its own choice, and by a model of its own people.

    Records: `region`; `way`, CHOICE or MODEL; `value`, `low`, `high`: utility against the one
    choice for all (bootstrap over people, choices held); absent where a group is too small;
    `bound`, `for_all`: the choices made on the first half, in points, None without a bound;
    `people`, of both halves; `trained`, people that a model of its own learns from.  The region
    EVERYWHERE is the mean over regions, each counting alike.

    Args:
        scenario: on a table with places, without a mechanism, with demographic parity.
        trade: points of gap that one point of right answers is worth, from 0 (only the gap
            counts); None: any number of them (only right answers count).

    Raises:
        InvalidInput: another scenario than that, or a trade below 0.
    """
    if trade is not None and not trade >= 0:
        raise InvalidInput(f"trade={trade} must be at least 0, or None")
    weight = 0.0 if trade is None else 1 / (1 + trade)
    if scenario.notion != "demographic_parity":
        raise InvalidInput(f"notion={scenario.notion!r} must be demographic_parity here")
    halves, decided = _decided(scenario)
    train = load_split(scenario.dataset, scenario.label).train
    found, together = [], {way: [] for way in (CHOICE, MODEL)}
    for region in _names(train):
        people = sum(int(_inside(half, region).sum()) for half in halves)
        counts = {"people": people, "trained": int(_inside(train, region).sum())}
        gains, bounds = _region(region, halves, decided, scenario, weight)
        for way, gain in gains.items():
            together[way].append(gain)
            told = {"bound": bounds[way], "for_all": bounds[GLOBAL], **counts}
            found.append({"region": region, "way": way, **spanned(gain), **told})
    for way, draws in together.items():
        mean = np.mean(draws, axis=0)  # of regions, each counting alike
        found.append({"region": EVERYWHERE, "way": way, **spanned(mean)})
    return found


def utility(accuracy: np.ndarray, gap: np.ndarray, weight: float) -> np.ndarray:
    """Return what a seat with this weight makes of right answers and gap, in points of both."""
    return (1 - weight) * accuracy - weight * gap


def measured(
    drawn: Resampled, chosen: np.ndarray, table: Table, protected: str, weight: float
) -> np.ndarray:
    """Return the utility of one model's decisions (rows,), per draw; NaN where a group is small."""
    codes, names = table.group_of(protected)
    groups = [codes == group for group in range(len(names))]
    right = drawn.mean((chosen == table.label) * 1.0)
    if min(group.sum() for group in groups) < FEWEST:
        return np.full(len(right), np.nan)
    rates = np.stack([drawn.mean(chosen * 1.0, group) for group in groups])
    return utility(right, rates.max(0) - rates.min(0), weight)


def _names(table: Table) -> tuple[str, ...]:
    if table.place is None:
        raise InvalidInput(f"the table {table.name!r} records no places")
    return table.place.names


@lru_cache(maxsize=2)
def _decided(scenario: Scenario) -> tuple[tuple[Table, Table], tuple[Decided, Decided]]:
    """Return both halves, and on each whom the country's and every region's models choose."""
    split = load_split(scenario.dataset, scenario.label)
    names, place = _names(split.train), split.train.place
    assert place is not None
    own = [split.train.take(place.codes == code) for code in range(len(names))]
    fitted = fit_gathered(scenario, [split.train, *own], BOUNDS, scenario.seed)
    halves = (split.select, split.report)
    first, second = (
        {
            name: decided_by(vectors, scenario.width, half)
            for name, vectors in zip((GLOBAL, *names), fitted, strict=True)
        }
        for half in halves
    )
    return halves, (first, second)


def _region(
    region: str,
    halves: tuple[Table, Table],
    decided: tuple[Decided, Decided],
    scenario: Scenario,
    weight: float,
) -> tuple[dict[str, np.ndarray], dict[str, float | None]]:
    """Return per draw what a region gains by each way, and the choices made on the first half."""
    both: dict[str, list[np.ndarray]] = {CHOICE: [], MODEL: []}
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
        drawn = resample(1, people.rows, seed=scenario.seed + second)
        utilities = {
            way: measured(drawn, decided[second][whose][place][there], people, *at)
            for way, place in places.items()
            for whose in [region if way == MODEL else GLOBAL]
        }
        for way, gains in both.items():
            gains.append(utilities[way] - utilities[GLOBAL])
        bounds = bounds or {way: BOUNDS[place] for way, place in places.items()}
    return {way: np.mean(gains, axis=0) for way, gains in both.items()}, bounds


def best(
    decided: np.ndarray, table: Table, inside: np.ndarray, protected: str, weight: float
) -> int:
    """Return which of some models has the largest utility on the rows inside; the first of equals.

    Args:
        decided: (models, rows) bool.
        table: its rows.
        inside: (rows,) bool.
        protected: attribute whose groups the gap is between.
        weight: of the gap.
    """
    people, observed = table.take(inside), resample(1, int(inside.sum()), draws=0)
    found: Sequence[float] = [
        float(measured(observed, chosen[inside], people, protected, weight)[0])
        for chosen in decided
    ]
    return int(np.nanargmax(found)) if np.isfinite(found).any() else 0


def _inside(table: Table, region: str) -> np.ndarray:
    assert table.place is not None
    return table.place.codes == table.place.names.index(region)
