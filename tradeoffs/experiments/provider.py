"""Providers: whose people the model learns from that a community adapts, and that model.

It is trained on all of the provider's people, once, whatever the seed.  They are not promised
anything, unless the provider is named as private: then it is trained with noise, by the epsilon
that the setting asks for, and whatever others make of the model spends nothing more (Dwork, Roth
2014, proposition 2.1).
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from tradeoffs.data.communities.catalogue import community_split
from tradeoffs.data.sample import subsample
from tradeoffs.data.table import Table, join
from tradeoffs.data.table_cache import table_cache
from tradeoffs.engine.parameter_layout import expand_columns
from tradeoffs.engine.recipe import sample_rate
from tradeoffs.experiments.provider_account import (
    MOST_PEOPLE,
    SEED,
    provider_model,
    provider_source,
)
from tradeoffs.experiments.slots import Slots
from tradeoffs.experiments.training_data import drop_columns
from tradeoffs.remedies.adaptation.pate import teacher_of
from tradeoffs.remedies.partnership import PRIVATE
from tradeoffs.scenario import Scenario

FIELDS = ("dataset", "label", "communities", "hide", "provider")  # that tell a provider apart


def provider_table(scenario: Scenario, name: str) -> Table:
    """Return the people that the provider of one community learns from, with its answers.

    They have the features that the community has too.

    Args:
        scenario: that names the provider.
        name: of the community that adapts its model.
    """
    return _provider_table(_of(scenario), name)


def _of(scenario: Scenario) -> Scenario:
    """Return what tells the people of a provider apart."""
    own = Scenario(**_fields(scenario))
    return own.model_copy(update={"provider": own.provider.removeprefix(PRIVATE)})


def _fields(scenario: Scenario) -> dict[str, Any]:
    return {field: getattr(scenario, field) for field in FIELDS}


@table_cache
@lru_cache(maxsize=128)
def _provider_table(own: Scenario, name: str) -> Table:
    label, names = provider_source(own, name)
    tables = [community_split(own.dataset, label, own.communities, one).train for one in names]
    found = drop_columns(join(tables), own.hide)
    home = drop_columns(
        community_split(own.dataset, own.label, own.communities, name).train, own.hide
    )
    seen = {feature.name for feature in home.features}
    if unknown := [f.name for f in found.features if f.name not in seen]:
        found = found.without(unknown)
    if own.provider == "turned":
        found = replace(found, label=~found.label)
    return subsample(found, min(found.rows, MOST_PEOPLE), SEED)


def provider_vectors(scenario: Scenario, names: Sequence[str], width: int) -> list[np.ndarray]:
    """Return (K,) float32 vectors: the provider's model, in the columns of each community."""
    epsilon = scenario.epsilon if scenario.provider.startswith(PRIVATE) else None
    models = tuple(provider_model(scenario, name, width) for name in names)
    return list(_provider_vectors(_of(scenario), tuple(names), models, width, epsilon))


@table_cache
@lru_cache(maxsize=64)
def _provider_vectors(
    own: Scenario,
    names: tuple[str, ...],
    models: tuple[str, ...],
    width: int,
    epsilon: float | None,
) -> tuple[np.ndarray, ...]:
    tables = [_provider_table(own, name) for name in names]
    found: dict[int, np.ndarray] = {}
    for rate in {sample_rate(table.rows) for table in tables}:  # a population shares its rate
        some = [k for k, table in enumerate(tables) if sample_rate(table.rows) == rate]
        slots = Slots([tables[k] for k in some], [tables[k].rows for k in some], seeds=(SEED,))
        keys = [[models[k]] for k in some]
        held = slots.regime(width)
        if epsilon is not None:
            held = slots.private_regime(width, [epsilon] * len(some))
        vectors = slots.train([slots.spec(width, noise=epsilon is not None)], [held], keys)
        found |= {k: vectors[i][0] for i, k in enumerate(some)}
    home = community_split(own.dataset, own.label, own.communities, names[0]).train
    whole = drop_columns(home, own.hide)
    return tuple(expand_columns(found[k], tables[k], whole, width) for k in range(len(names)))


def ensemble_vectors(scenario: Scenario, name: str, size: int) -> list[np.ndarray]:
    """Return (size,) float32 vectors: models of the provider of one community, in its columns.

    Each learns from people of its own.  How many people a teacher has is not told: sums are divided
    by the number that each has on average, which is public.
    """
    return list(_ensemble_vectors(_of(scenario), name, size, scenario.width))


@table_cache
@lru_cache(maxsize=32)
def _ensemble_vectors(own: Scenario, name: str, size: int, width: int) -> tuple[np.ndarray, ...]:
    table = _provider_table(own, name)
    teacher = teacher_of(table.row_id, size)
    parts = [table.take(teacher == one) for one in range(size)]
    slots = Slots(parts, [max(1, round(table.rows / size))] * size, seeds=(SEED,))
    vectors = slots.train([slots.spec(width)], [slots.regime(width)], [["0"]] * size)
    home = community_split(own.dataset, own.label, own.communities, name).train
    whole = drop_columns(home, own.hide)
    return tuple(expand_columns(vector, table, whole, width) for (vector,) in vectors)
