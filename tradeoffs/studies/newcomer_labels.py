"""Settling in: what labelled newcomers are worth, added to the others or as a model of their own.

Each training keeps half of the newcomers apart: the labelled ones are drawn from one half, and
right answers are counted among the other half and among test people from here.
"""

import math
from typing import Any

import numpy as np

from tradeoffs.data.keyed_random import uniform
from tradeoffs.data.load import load_split
from tradeoffs.data.newcomers import newcomers
from tradeoffs.data.sample import subsample
from tradeoffs.data.table import Table, join
from tradeoffs.experiments.designs import SEEDS
from tradeoffs.experiments.fit_tables import fit_tables, table_decisions
from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import estimate
from tradeoffs.stats.two_way import influence_error

LABELLED = (0, 50, 100, 200, 400)  # newcomers
ADDED, ALONE = "added to the others", "a model of their own"
NEW, HERE = "newcomers", "people from here"


def answer(scenario: Scenario) -> list[dict[str, Any]]:
    """Return right answers with some labelled newcomers, and against none.

    Records: `labelled` newcomers; `how` they are used; `whom` the answers are about; `measure`,
    "accuracy" or "change" (against the model without any newcomer, paired by training and person);
    `value`, `low`, `high` over trainings and people.

    Args:
        scenario: without a mechanism, on a table that records origin.

    Raises:
        InvalidInput: another scenario than that.
    """
    split = load_split(scenario.dataset, scenario.label)
    tables = (split.train, split.select, split.report)
    new = join([table.take(newcomers(table)[0]) for table in tables])
    here = join([table.take(newcomers(table)[1]) for table in tables[1:]])
    home = split.train.take(newcomers(split.train)[1])
    found: dict[Key, np.ndarray] = {}
    for labelled in LABELLED:
        for how in (ADDED, ALONE) if labelled else (ADDED,):
            found |= _asked(scenario, (home, new, here), labelled, how)
    return [record for key in found for record in _told(key, found)]


Key = tuple[int, str, str]


def _asked(
    scenario: Scenario, people: tuple[Table, Table, Table], labelled: int, how: str
) -> dict[Key, np.ndarray]:
    """Return (trainings, people): who is answered rightly; NaN for those kept for training."""
    home, new, here = people
    seeds = [scenario.seed + i for i in range(SEEDS)]
    halves = [_halves(new, seed) for seed in seeds]
    tables = [new.take(kept[:labelled]) for kept, _ in halves]
    if how == ADDED:
        samples = [subsample(home, scenario.rows, seed) for seed in seeds]
        tables = [join(pair) for pair in zip(samples, tables, strict=True)]
    bound = scenario.max_gap if how == ADDED else None  # few people cannot hold one
    vectors = [models[0] for models in fit_tables(scenario, tables, (bound,), seeds[0])]
    right = (table_decisions(vectors, scenario.width, new) == new.label).astype(float)
    for row, (kept, _) in zip(right, halves, strict=True):
        row[kept] = math.nan
    others = (table_decisions(vectors, scenario.width, here) == here.label).astype(float)
    return {(labelled, how, NEW): right, (labelled, how, HERE): others}


def _halves(new: Table, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return two halves of the newcomers: to label some of, and to ask about."""
    order = np.argsort(uniform(seed, "labelled", new.row_id), kind="stable")
    return order[: len(order) // 2], order[len(order) // 2 :]


def _told(key: Key, found: dict[Key, np.ndarray]) -> list[dict[str, Any]]:
    labelled, how, whom = key
    right, without = found[key], found[0, ADDED, whom]
    names = {"labelled": labelled, "how": how, "whom": whom}
    measures = {"accuracy": right, "change": right - without}
    return [names | {"measure": name, **averaged(values)} for name, values in measures.items()]


def averaged(values: np.ndarray) -> dict[str, float]:
    """Return mean and interval of (trainings, people) numbers; NaN where somebody was not asked."""
    asked, means = np.isfinite(values), np.nanmean(values, 1)
    pulls = np.where(asked, values - means[:, None], 0.0) / asked.sum(1, keepdims=True)
    return estimate(means, influence_error(pulls)).record
