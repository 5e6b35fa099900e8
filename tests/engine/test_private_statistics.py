"""Which statistics of private rows does training read, and where is each accounted for?

Training is handed batches that write down whatever is read from them.  Anything that is not in
the tables below fails: a new reading has to be accounted for, and then listed.  What is seen is
which attribute who reads, not what is done with it: that a reading is clipped and noised is for
test_opacus.py, test_constraint.py and test_released_counts.py to show, and whoever
keeps a tensor that was handed on reads it unseen.
"""

import inspect
import pkgutil
from dataclasses import fields
from importlib import import_module
from typing import Any

import numpy as np
import pytest

from tests.engine.conftest import batches_of, random_table
from tradeoffs.engine import (
    adaptive_clipping,
    clipping,
    constraint,
    loop,
    mixing,
    noise,
    population,
    regime_state,
    sample_weights,
)
from tradeoffs.engine.batches import Batch, Batches
from tradeoffs.engine.clipping.catalogue import CLIPPINGS
from tradeoffs.engine.constraint import Constraint
from tradeoffs.engine.loop import train
from tradeoffs.engine.population import ModelSpec, logits
from tradeoffs.engine.regime import Regime

PUBLIC = "public: n, q, T, the columns of the code book and how many groups and seeds there are"
NOTION = "public: whether the notion needs the cells of positives and negatives"
GRADIENT = "gradient: clipped, noised with sigma * C at every step"
STRUCTURE = "gradient: where rows, columns and seeds begin in the batch that is summed"
SUMS = "gradient and sums of the cells: a sum over the batch, sensitivity 1, noised at every step"
LONG = "counts of long gradients: each person in one of them, noised at every step"
COUNTS = "sizes of the cells: released once, sensitivity 1, noised with sigma_counts"
EVERY_STEP = "the batches: sampled with probability q, each step accounted for"

TABLE_LEVEL = {
    "columns": PUBLIC,
    "ones": PUBLIC,
    "rows": PUBLIC,
    "public_rows": PUBLIC,
    "cells": PUBLIC,
    "seeds": PUBLIC,
    "rate": PUBLIC,
    "steps": PUBLIC,
    "__iter__": EVERY_STEP,
}
CONSTRAINED_TABLE_LEVEL = TABLE_LEVEL | {
    "cell_counts": COUNTS,
    "groups": PUBLIC,
    "by_label": NOTION,
}
STEP_LEVEL = {
    "codes": GRADIENT,
    "order": GRADIENT,
    "label": GRADIENT,
    "rows": STRUCTURE,
    "columns": STRUCTURE,
    "bounds": STRUCTURE,
}
CONSTRAINED_STEP_LEVEL = STEP_LEVEL | {"cell": SUMS}
READERS = {  # of a step's private rows; what each takes from them, and nothing else
    ("step", "codes"): GRADIENT,
    ("step", "rows"): STRUCTURE,
    ("step", "bounds"): STRUCTURE,
    ("step", "label"): GRADIENT,
    ("step", "order"): GRADIENT,
    ("step", "columns"): STRUCTURE,
    ("add_gradient_", "cell"): GRADIENT,
    ("release", "cell"): SUMS,
    ("release", "label"): SUMS,
    ("add_gradient_", "label"): GRADIENT,
}
ANSWERS = {("label", "label"): GRADIENT, ("label", "people"): GRADIENT}  # learned, not the label
PACKAGE = f"{clipping.__name__}."
ADAPTIVE = {("clip_", "cell"): GRADIENT, ("release", "cell"): LONG}
WAYS = [name for name, way in CLIPPINGS.items() if way.adaptation]
NOISY: dict[str, Any] = {"learning_rate": 0.3, "clip_norm": 1.0, "sigma": 1.5, "sigma_counts": 4.0}


class Recorder:
    """Stands for an object and writes down (who reads, what)."""

    def __init__(self, target, log, wrap=None):
        self._hidden = (target, log, wrap)

    def __getattr__(self, name):
        target, log, _ = self._hidden
        log.append((_caller(), name))
        return getattr(target, name)

    def __iter__(self):
        target, log, wrap = self._hidden
        log.append((_caller(), "__iter__"))
        for one in target:
            yield wrap(one) if wrap else one

    def __len__(self):
        raise AssertionError("the length of a batch or a table was read")


def _caller() -> str:
    frame = inspect.currentframe()
    assert frame and frame.f_back and frame.f_back.f_back
    return frame.f_back.f_back.f_code.co_name


def recorded(settings, regimes=None, **given):
    """Train on recorded batches; return (who, what) of the whole table and of the steps."""
    whole, steps = [], []
    batches = batches_of([random_table(300, seed=s) for s in range(2)], steps=15, **given)
    watched = Recorder(batches, whole, lambda batch: Recorder(batch, steps))
    keys = [[f"{s}{m}" for m in range(len(settings))] for s in range(2)]
    train(settings, watched, seeds=[0, 1], keys=keys, regimes=regimes)  # type: ignore[arg-type]
    return whole, steps


@pytest.mark.parametrize("width", [0, 8])
def test_a_free_model_reads_its_clipped_gradient_and_nothing_else(width):
    whole, steps = recorded([ModelSpec(width=width, **NOISY)])
    assert {what for _, what in whole} <= set(TABLE_LEVEL)
    assert {what for _, what in steps} == set(STEP_LEVEL)


@pytest.mark.parametrize("width", [0, 8])
def test_a_constrained_model_reads_group_sums_and_group_counts_too(width):
    settings = [ModelSpec(width=width, **NOISY), ModelSpec(width=width, **NOISY, max_gap=0.1)]
    whole, steps = recorded(settings)
    assert {what for _, what in whole} <= set(CONSTRAINED_TABLE_LEVEL)
    assert {what for _, what in steps} == set(CONSTRAINED_STEP_LEVEL)
    assert set(steps) == set(READERS)
    counts = [who for who, what in whole if what == "cell_counts"]
    assert len(counts) == 1  # paid for once, so read once


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("width", [0, 8])
def test_adaptive_clipping_reads_counts_of_long_gradients_too(way, width):
    whole, steps = recorded([ModelSpec(width=width, **NOISY, clipping=way)])
    assert {what for _, what in whole} <= set(TABLE_LEVEL) | {"groups"}
    free = {reader for reader in READERS if reader[0] == "step"}
    assert set(steps) == free | set(ADAPTIVE)


@pytest.mark.parametrize("width", [0, 8])
def test_a_reweighed_model_reads_the_sizes_of_the_cells_once(width):
    whole, steps = recorded([ModelSpec(width=width, **NOISY, reweigh=1.0)], by_label=True)
    assert {what for _, what in whole} <= set(CONSTRAINED_TABLE_LEVEL)
    assert [who for who, what in whole if what == "cell_counts"] == ["__init__"]
    free = {reader for reader in READERS if reader[0] == "step"}
    assert set(steps) == free | {("weigh_", "cell")}


def test_a_model_with_answers_reads_who_is_in_the_batch_in_place_of_the_label():
    tables = [random_table(300, seed=s) for s in range(2)]
    answers = [[np.full(300, 0.5)] for _ in tables]
    _, steps = recorded([ModelSpec(**NOISY)], regimes=[Regime(answers=answers)])
    free = {reader for reader in READERS if reader[0] == "step" and reader[1] != "label"}
    assert set(steps) == free | {("label", "people")}


def test_a_reading_that_is_not_accounted_for_would_be_seen(monkeypatch):
    honest = Constraint.observe

    def observe(self, step, batch, logit, chance, noise):
        batch.label.mean()
        honest(self, step, batch, logit, chance, noise)

    monkeypatch.setattr(Constraint, "observe", observe)
    _, steps = recorded([ModelSpec(**NOISY, max_gap=0.1)])
    assert set(steps) - set(READERS) == {("observe", "label")}


def test_every_part_of_a_batch_is_listed():
    parts = {field.name for field in fields(Batch)}
    assert parts == set(CONSTRAINED_STEP_LEVEL) | {what for _, what in ANSWERS}
    public = {name for name in vars(batches_of([random_table(10)])) if not name.startswith("_")}
    methods = {name for name in vars(Batches) if not name.startswith("_")}
    held = {"codes", "label", "cell"}  # the rows themselves, read in the making of batches
    assert public | methods == set(CONSTRAINED_TABLE_LEVEL) - {"__iter__"} | held


def test_no_other_part_of_training_is_handed_rows():
    """Functions that could read private rows have one of these arguments."""
    clippings = [found.name for found in pkgutil.iter_modules(clipping.__path__, PACKAGE)]
    handed = {
        f"{module.__name__.rpartition('.')[2]}.{name}"
        for module in (
            adaptive_clipping,
            constraint,
            loop,
            mixing,
            noise,
            population,
            regime_state,
            sample_weights,
            *map(import_module, clippings),
        )
        for name, function in _functions(module)
        if {"batch", "batches", "table", "codes", "residual"} & set(_arguments(function))
    }
    assert handed == {
        "adaptive_clipping.AdaptiveClipping.__init__",
        "adaptive_clipping.AdaptiveClipping.clip_",
        "adaptive_clipping.AdaptiveClipping.observe",
        "adaptive_clipping.AdaptiveClipping.release",
        "flat.clip_",
        "constraint.Constraint.__init__",
        "constraint.Constraint.add_gradient_",
        "constraint.Constraint.observe",
        "constraint.Constraint.release",
        "loop.SlotNumbers.__init__",
        "loop.Training.__init__",
        "loop.Training._clip",
        "loop.Training._watch",
        "loop.Training.step",
        "loop.train",
        "loop.run_training",
        "population.Logistic.backward",
        "population.Logistic.forward",
        "population.Logistic.gradient_norm",
        "population.Network.backward",
        "population.Network.forward",
        "population.Network.gradient_norm",
        "population.bag_sums",
        "population.logits",
        "regime_state.RegimeState.__init__",
        "regime_state.RegimeState.label",
        "regime_state.start_vectors",
        "sample_weights.Reweighing.__init__",
        "sample_weights.Reweighing.weigh_",
    }
    assert logits.__module__ not in vars(loop)  # of evaluation alone, on other people


def _arguments(function) -> list[str]:
    return list(inspect.signature(function).parameters)


def _functions(module):
    for name, value in vars(module).items():
        if getattr(value, "__module__", None) != module.__name__:
            continue
        if inspect.isfunction(value):
            yield name, value
        elif inspect.isclass(value):
            for inner, method in vars(value).items():
                if inspect.isfunction(method):
                    yield f"{name}.{inner}", method
