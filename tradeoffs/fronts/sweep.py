"""Sweep: the results of scenarios laid out as replicates, compared on the same groups."""

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from tradeoffs.fronts.objectives import PRIVACY
from tradeoffs.fronts.replicates import Key, Replicates, laid_out
from tradeoffs.measurement import SPLITS
from tradeoffs.pipeline.comparison import Comparison, changes
from tradeoffs.results import CONFIGURATION, Result, configuration
from tradeoffs.scenario import Scenario


def sweep(results: Iterable[Result], among: Comparison, columns: Iterable[str]) -> Replicates:
    """Lay results out by configuration and seed, as `comparison.table` has their columns.

    Epsilon is the one that was asked for, which bounds what was spent.  What is spent lies up to
    2 % below, by the rungs of the ladder; as an objective it would let equal requests beat each
    other.

    Args:
        results: of models.
        among: of all the scenarios that stand in one picture with them.
        columns: measured; a text counts as 1, and NaN is what is not there.
    """
    every, wanted = list(results), tuple(columns)
    changed = changes(every, among, own=True)
    values = [_values(one, more, wanted) for one, more in zip(every, changed, strict=True)]
    return laid_out(
        CONFIGURATION,
        wanted,
        keys=[_key(one.scenario) for one in every for _ in SPLITS],
        seeds=[one.scenario.seed for one in every for _ in SPLITS],
        splits=np.tile(np.arange(len(SPLITS)), len(every)),
        values=np.array(values, dtype=float).reshape(len(SPLITS) * len(every), len(wanted)),
    )


@lru_cache(maxsize=4_000)
def _key(scenario: Scenario) -> Key:
    return tuple(configuration(scenario).values())


def _values(
    result: Result, more: Mapping[str, Mapping[str, Any]], columns: Sequence[str]
) -> list[list[float]]:
    """Return one row of values a split."""
    scenario, training = result.scenario, dict(result.measurement.training)
    if scenario.mechanism == "dp" and scenario.epsilon is not None:
        training[PRIVACY.column] = scenario.epsilon
    own = [f"{name}[{scenario.protected}]" for name in columns]  # stand before those of no group
    found = []
    for split in SPLITS:
        there = {**training, **result.measurement.figures(split), **more[split]}
        values = (
            there.get(first, there.get(name, math.nan))
            for first, name in zip(own, columns, strict=True)
        )
        found.append([1.0 if isinstance(value, str) else value for value in values])
    return found
