"""Sweep: the results of scenarios laid out as replicates, compared on the same groups."""

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from threading import Lock

import numpy as np

from tradeoffs.experiments.comparison import Comparison, Gaps, gaps
from tradeoffs.fronts.objectives import PRIVACY
from tradeoffs.fronts.replicates import Key, Replicates, sort_keys
from tradeoffs.measurement import SPLITS, numbers_of
from tradeoffs.results import CONFIGURATION, Result, configuration
from tradeoffs.scenario import Scenario


class Sweep:
    """The results of scenarios in one array, each written once when it is there.

    What stands in it are the columns of `comparison.table`.  Epsilon is the one that was asked
    for, which bounds what was spent.  What is spent lies up to 2 % below, by the rungs of the
    ladder; as an objective it would let equal requests beat each other.

    Args:
        scenarios: all that are wanted, in whatever order.
        among: what they are compared on.
        columns: measured; a text counts as 1, and NaN is what is not there.
    """

    def __init__(
        self, scenarios: Iterable[Scenario], among: Comparison, columns: Iterable[str]
    ) -> None:
        """Begin with nothing there."""
        every = list(scenarios)
        self._among, self.columns = among, tuple(columns)
        self._keys = sort_keys(map(_key, every))
        self._seeds = np.unique(np.array([one.seed for one in every], dtype=int))
        self._row = {key: row for row, key in enumerate(self._keys)}
        self._cell = {seed: cell for cell, seed in enumerate(self._seeds.tolist())}
        shape = (len(SPLITS), len(self._keys), len(self._seeds))
        self._values = np.full((*shape, len(self.columns)), np.nan)
        self._present = np.zeros(shape, dtype=bool)
        self._lock = Lock()  # several threads draw
        self._count = 0  # results that are written

    def add(self, since: Callable[[int], Sequence[Result]]) -> None:
        """Write what is new.

        Args:
            since: returns the results after so many, each of which is one of the scenarios.
        """
        with self._lock:
            new = since(self._count)
            rows = [self._row[_key(one.scenario)] for one in new]
            cells = [self._cell[one.scenario.seed] for one in new]
            self._values[:, rows, cells] = _values(new, self._among, self.columns)
            self._present[:, rows, cells] = True
            self._count += len(new)

    def replicates(self) -> Replicates:
        """Return a copy of what is there now; configurations and seeds without any are left out."""
        with self._lock:
            there = np.any(self._present, axis=(0, 2))
            seeds = np.any(self._present, axis=(0, 1))
            values = self._values[:, there][:, :, seeds]
            present = self._present[:, there][:, :, seeds]
        return Replicates(
            configuration=CONFIGURATION,
            keys=tuple(itertools.compress(self._keys, there.tolist())),
            seeds=self._seeds[seeds],
            columns=self.columns,
            values=values,
            present=present,
        )


def sweep(results: Iterable[Result], among: Comparison, columns: Iterable[str]) -> Replicates:
    """Return results laid out by configuration and seed; arguments as of `Sweep`."""
    every = list(results)
    found = Sweep([one.scenario for one in every], among, columns)
    found.add(lambda count: every[count:])
    return found.replicates()


@lru_cache(maxsize=4_000)
def _key(scenario: Scenario) -> Key:
    return tuple(configuration(scenario).values())


def _values(results: Sequence[Result], among: Comparison, columns: Sequence[str]) -> np.ndarray:
    """Return (splits, results, columns)."""
    found = np.full((len(SPLITS), len(results), len(columns)), np.nan)
    alike: dict[str, list[int]] = defaultdict(list)
    for row, one in enumerate(results):
        alike[one.scenario.protected].append(row)
    for protected, rows in alike.items():
        some = [results[row] for row in rows]
        found[:, rows] = _measured(some, [f"{name}[{protected}]" for name in columns], columns)
    for one in gaps(results, among, own=True):
        _overwrite(found, one, results, columns)
    return found


def _measured(results: Sequence[Result], own: Sequence[str], columns: Sequence[str]) -> np.ndarray:
    """Return what was measured; figures of the scenario's own attribute go before others."""
    every = [one.measurement for one in results]
    told = numbers_of([one.training_numbers for one in every], columns)
    place = {name: column for column, name in enumerate(columns)}
    for row, one in enumerate(results):
        for name in every[row].texts:
            if name in place:
                told[row, place[name]] = 1.0
        scenario = one.scenario
        if scenario.epsilon is not None and scenario.mechanism == "dp" and PRIVACY.column in place:
            told[row, place[PRIVACY.column]] = scenario.epsilon
    found = []
    for split in SPLITS:
        numbers = numbers_of([one.figures(split) for one in every], [*own, *columns])
        parts = numbers[:, : len(own)], numbers[:, len(own) :], told
        found.append(_first_known(parts))
    return np.stack(found)


def _first_known(parts: Sequence[np.ndarray]) -> np.ndarray:
    found = parts[0]
    for part in parts[1:]:
        found = np.where(np.isnan(found), part, found)
    return found


def _overwrite(
    values: np.ndarray, gaps: Gaps, results: Sequence[Result], columns: Sequence[str]
) -> None:
    """Write what a comparison makes of gaps over what was measured of them."""
    protected = results[gaps.where[0]].scenario.protected
    texts = dict.fromkeys(gaps.texts, 1.0)
    for split, changed in enumerate(gaps.columns):
        lacking = np.where(gaps.lacking[split], 1.0, np.nan)
        told: Mapping[str, np.ndarray | float] = {
            **texts,
            "gap_not_measurable": lacking,
            **changed,
        }
        for column, name in enumerate(columns):
            value = told.get(f"{name}[{protected}]", told.get(name))
            if value is not None:
                values[split, gaps.where, column] = value
