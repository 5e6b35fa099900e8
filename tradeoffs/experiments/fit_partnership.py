"""Fit partnerships: the models of communities that train side by side, by one remedy each.

A community is a stacked seed: slot `seed * K + community` has a table and a stream of noise of its
own, so that everybody's models of all remedies are one population.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import torch

from tradeoffs.data.table_cache import table_cache
from tradeoffs.engine.population import cut
from tradeoffs.engine.regime import Regime
from tradeoffs.experiments.participants import partnership
from tradeoffs.experiments.partnership_services import TrainingServices, by_seed
from tradeoffs.experiments.slots import Slots, complete
from tradeoffs.experiments.training_data import community_table
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.remedies.partnership import Partnership, Vectors
from tradeoffs.remedies.remedy import Figures
from tradeoffs.remedies.stage import Plan
from tradeoffs.scenario import Scenario, digest

CACHED_NUMBERS = 256_000  # rows x units of a step: a megabyte, which stays in a core's cache


class Fitted(NamedTuple):
    """A model of one community, and what its remedy tells of it."""

    vector: torch.Tensor  # float32
    figures: dict[str, float | str]


def fit_partnerships(plans: Sequence[Sequence[Plan]]) -> dict[str, Fitted]:
    """Train a grid of plans (seeds x configurations) of one cut; return models by model key.

    Configurations that differ in the home community alone are one training.
    """
    fitted: dict[str, Vectors] = {}  # by the training key of the first seed
    for columns in _populations(plans):
        fitted |= _train([[row[m] for m in columns] for row in plans])
    figures: dict[str, Figures] = {}
    for one in _trainings(plans[0]):
        remedy, own = REMEDIES[one.scenario.remedy], _partnership(one, plans)
        if remedy.fit is not None:
            fitted[one.training_key] = remedy.fit(own)
        if remedy.figures is not None:
            figures[one.training_key] = remedy.figures(own, fitted[one.training_key])
    found = {}
    for s, row in enumerate(plans):
        for first, plan in zip(plans[0], row, strict=True):
            k = partnership(plan.scenario).names.index(plan.home)
            key = first.training_key
            vector = torch.from_numpy(np.asarray(fitted[key][s][k], np.float32))
            found[plan.model_key] = Fitted(vector, figures[key][s][k] if key in figures else {})
    return found


def _trainings(row: Sequence[Plan]) -> list[Plan]:
    """Return one plan a training."""
    return list({plan.training_key: plan for plan in reversed(row)}.values())


def _populations(plans: Sequence[Sequence[Plan]]) -> list[list[int]]:
    """Return the columns of a grid that are trained in the engine, cut to what a cache holds."""
    first = plans[0]
    own = {plan.training_key: m for m, plan in enumerate(first)}
    places = [m for m in own.values() if REMEDIES[first[m].scenario.remedy].fit is None]
    if not places:
        return []
    batch = first[0].recipe.sample_rate * partnership(first[0].scenario).rows.sum() * len(plans)
    units = [max(first[m].scenario.width, 1) for m in places]
    return cut(places, units, max(1, int(CACHED_NUMBERS / batch)))


def _train(plans: Sequence[Sequence[Plan]]) -> dict[str, Vectors]:
    """Train the plans of some seeds side by side; return (seeds, K) vectors by the first's key."""
    owns = [_partnership(plan, plans) for plan in plans[0]]
    first = owns[0]
    slots = slots_of(first.scenario, first.names, first.seeds)
    specs = [slots.spec(own.scenario.width, noise=own.private) for own in owns]
    keys = [
        [digest([plan.training_key, name]) for plan in row] for row in plans for name in first.names
    ]
    found = slots.train(specs, [_regime(own) for own in owns], keys)
    vectors = {}
    for m, (plan, own) in enumerate(zip(plans[0], owns, strict=True)):
        trained = by_seed([row[m] for row in found], own.size)
        finish = REMEDIES[own.scenario.remedy].finish
        vectors[plan.training_key] = finish(own, trained) if finish else trained
    return vectors


def _partnership(one: Plan, plans: Sequence[Sequence[Plan]]) -> Partnership:
    """Return the partnership of a plan, for the seeds of a grid and with what brings its people."""
    seeds = tuple(row[0].scenario.seed for row in plans)
    own = replace(partnership(one.scenario), seeds=seeds)
    return replace(own, services=TrainingServices(own))


def _regime(own: Partnership) -> Regime:
    """Return how a partnership is trained, with the recipe and the noise of each community."""
    given = REMEDIES[own.scenario.remedy].regime
    return complete(
        given(own) if given else None,
        learning_rate=[how.learning_rate for how in own.recipes],
        clip_norm=[how.clip_norm for how in own.recipes],
        ridge=[how.ridge for how in own.recipes],
        sigma=list(own.sigma),
    )


def slots_of(at: Scenario, names: tuple[str, ...], seeds: tuple[int, ...]) -> Slots:
    """Return the people of some communities of a scenario, laid out for training."""
    return _slots(at.dataset, at.label, at.communities, at.hide, at.rows, names, seeds)


@table_cache
@lru_cache(maxsize=4)
def _slots(
    dataset: str,
    label: str,
    communities: str,
    hide: tuple[str, ...],
    rows: int,
    names: tuple[str, ...],
    seeds: tuple[int, ...],
) -> Slots:
    at = Scenario(dataset=dataset, label=label, communities=communities, hide=hide, rows=rows)
    tables = [
        [community_table(at.model_copy(update={"seed": seed}), name) for name in names]
        for seed in seeds
    ]
    each = [table.rows for table in tables[0]]
    return Slots([table for row in tables for table in row], each, seeds=seeds)
