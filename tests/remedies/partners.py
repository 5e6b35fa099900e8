"""A partnership of regions without an engine: models are given, scores are those of numpy."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tradeoffs.data.communities.catalogue import community_split
from tradeoffs.data.sample import subsample
from tradeoffs.data.table import Table
from tradeoffs.engine.recipe import recipe
from tradeoffs.remedies.partnership import Partnership, Tables, Vectors
from tradeoffs.remedies.remedy import Remedy
from tradeoffs.resources.size import parameters
from tradeoffs.scenario import Scenario

REGIONS = ("New England", "Pacific")


class Given:
    """Services that know people, and the provider's models."""

    def __init__(self, tables: Tables, models: Vectors) -> None:
        self._tables, self._models = tables, models

    def tables(self) -> Tables:
        return self._tables

    def train(self, *args: object, **named: object) -> Vectors:
        raise AssertionError("nothing is trained here")

    def provider(self, width: int | None = None) -> Vectors:
        return self._models

    def provider_tables(self) -> Tables:
        raise AssertionError("nothing is trained here")

    def ensemble(self, size: int) -> Vectors:
        raise AssertionError("nothing is trained here")

    def scores(self, vector: np.ndarray, table: Table, width: int | None) -> np.ndarray:
        assert not width
        return vector[:-1][table.flat].sum(1) + vector[-1]


def partnership(
    remedy: Remedy,
    *,
    epsilon: float | None = None,
    dial: float = 0.0,
    rows: int = 300,
    seeds: Sequence[int] = (0, 1),
    names: tuple[str, ...] = REGIONS,
    width: int = 0,
) -> Partnership:
    """Return some regions of the General Social Survey, with a provider's model drawn at random."""
    scenario = Scenario(
        dataset="gss",
        label="income_25k",
        protected="race",
        rows=rows,
        width=width,
        epsilon=epsilon,
        communities="place",
        remedy=remedy.name,
    )
    people = [community_split("gss", "income_25k", "place", name).train for name in names]
    tables = [[subsample(table, rows, seed) for table in people] for seed in seeds]
    columns = people[0].columns
    size = parameters(columns, width)
    models = [
        [np.random.default_rng([s, k]).normal(0, 0.3, size) for k in range(len(names))]
        for s in range(len(seeds))
    ]
    made = Partnership(
        scenario=scenario,
        seeds=tuple(seeds),
        names=names,
        rows=np.full(len(names), rows),
        epsilon=np.full(len(names), np.inf if epsilon is None else epsilon),
        columns=columns,
        ones=len(people[0].features),
        sample_rate=1.0,
        steps=200,
        dial=dial,
        key="key of a partnership",
        services=Given(tables, [[v.astype(np.float32) for v in row] for row in models]),
    )
    recipes = tuple(
        recipe(int(people), width, epsilon, made.ones) for people in remedy.people(made)
    )
    accounts = tuple(remedy.account(made, k) for k in range(len(names)))
    return replace(made, accounts=accounts, recipes=recipes)
