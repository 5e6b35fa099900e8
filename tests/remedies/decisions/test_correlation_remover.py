import numpy as np
import pytest

from tradeoffs.data.catalogue import DATASETS, dataset
from tradeoffs.data.load import load_split
from tradeoffs.engine.recipe import Recipe
from tradeoffs.experiments.chunks import Chunk
from tradeoffs.experiments.fit import Model, fit
from tradeoffs.experiments.plan import reported_attributes, resolve
from tradeoffs.experiments.run import run
from tradeoffs.experiments.training_data import training_table
from tradeoffs.remedies.decisions.correlation_remover import (
    column_of,
    fold_weights,
    logistic,
    remove_correlation,
    train,
)
from tradeoffs.scenario import Scenario

BASE = Scenario.of(rows=1_000, epsilon=None, stage="correlation_remover")


def people(rows=500, columns=6, groups=3, seed=0):
    rng = np.random.default_rng(seed)
    group = rng.integers(0, groups, rows)
    design = (rng.random((rows, columns)) < 0.2 + 0.2 * group[:, None]).astype(float)
    return design, np.eye(groups)[group]


def test_nothing_that_is_left_goes_along_with_any_group():
    """The law that fairlearn states for alpha = 1: no correlation is left."""
    design, member = people()
    transformed, _, _ = remove_correlation(design, member, 1.0)
    centred = member - member.mean(0)
    assert np.abs(np.corrcoef(design.T, member.T)[:6, 6:]).max() > 0.1
    assert np.abs(transformed.T @ centred).max() < 1e-9 * len(design)


@pytest.mark.parametrize("strength", [0.0, 0.4, 1.0])
def test_the_removal_folds_back_into_the_weights(strength):
    design, member = people()
    transformed, shares, coefficients = remove_correlation(design, member, strength)
    weight = np.random.default_rng(1).normal(size=6)
    own, everybody = fold_weights(weight, shares, coefficients, strength)
    assert np.allclose(transformed @ weight, design @ weight + member @ own + everybody)


def test_the_dense_training_is_that_of_the_engine():
    """Without any removal it is the engine's model that never sees the attribute."""
    own = BASE.but(strength=0.0)
    found = train(resolve(own), training_table(own))
    plan = resolve(BASE.but(stage="in", hide=("sex",)))
    engine = fit([[plan]])[plan.model_key].vector.numpy()
    sex = np.flatnonzero(found == 0)
    assert np.abs(np.delete(found, sex) - engine[engine != 0]).max() < 1e-4


@pytest.mark.parametrize("ridge", [0.0, 4.0])
def test_training_goes_towards_the_minimum(ridge):
    """At a minimum the mean slope is zero, also of columns that are not 0 and 1."""
    rng = np.random.default_rng(2)
    design = rng.normal(size=(2_000, 3))
    label = rng.random(2_000) < 1 / (1 + np.exp(-design @ [1.0, -0.5, 0.0] - 0.3))
    how = Recipe(
        sample_rate=1.0,
        steps=300,
        delta=1e-5,
        learning_rate=0.5,
        clip_norm=np.inf,
        momentum=0.9,
        ridge=ridge,
    )
    weight, bias = logistic(design, label, np.arange(2_000), how, 0)
    slope = 1 / (1 + np.exp(-design @ weight - bias)) - label
    pulled = slope @ design + ridge * weight
    assert np.abs(pulled).max() / 2_000 < 1e-6 and abs(slope.mean()) < 1e-6


@pytest.mark.parametrize("protected", ["sex", "race"])
def test_with_more_removed_the_gap_is_smaller(protected):
    some = [BASE.but(rows=10_000, protected=protected, strength=s) for s in (0.0, 1.0)]
    rows = tuple(tuple(one.but(seed=seed) for one in some) for seed in range(3))
    found = [
        one.measurement.report[f"demographic_parity_difference[{protected}]"]
        for one in run(Chunk(scenarios=rows))
    ]
    gaps = np.reshape(found, (3, 2)).mean(0)  # some races are few: one training tells little
    assert gaps[1] < 0.75 * gaps[0]


def test_the_attribute_is_part_of_the_explanation():
    (found,) = run(Chunk(scenarios=((BASE,),)))
    assert found.measurement.report["attribution[sex]"] > 0
    assert found.measurement.training["parameters"] == len(Model.from_bytes(found.weights).vector)


COLUMNS = [
    (name, attribute, column)
    for name in DATASETS
    for attribute in reported_attributes(dataset(name))
    if (column := column_of(dataset(name), attribute)) is not None
]


@pytest.mark.parametrize(("name", "attribute", "column"), COLUMNS)
def test_the_bins_of_the_column_tell_the_group(name, attribute, column):
    table = load_split(name, dataset(name).labels[0]).train
    group, names = table.group_of(attribute)
    place = [feature.name for feature in table.features].index(column)
    pairs = np.unique(np.stack([table.codes[:, place], group]), axis=1)
    assert len(set(pairs[0].tolist())) == pairs.shape[1]
    assert len(names) >= 2


def test_crossings_and_groups_cut_from_numbers_have_no_such_column():
    assert column_of(dataset("adult"), "sex*race") is None
    assert column_of(dataset("compas"), "age") is None
    assert column_of(dataset("compas"), "black") == "race"
