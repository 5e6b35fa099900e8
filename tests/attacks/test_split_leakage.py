from dataclasses import replace

import numpy as np
import pytest
from sklearn.linear_model import Ridge
from sklearn.metrics import roc_auc_score

from tests.engine.conftest import batches_of, random_table
from tradeoffs.attacks.split_leakage import (
    columns_from,
    group_from,
    label_from_direction,
    linear_scores,
    split_leakage,
)
from tradeoffs.data.load import load_split
from tradeoffs.data.sample import subsample
from tradeoffs.engine.loop import train
from tradeoffs.engine.population import ModelSpec


def network(table, width):
    setting = ModelSpec(width=width, learning_rate=0.4, clip_norm=float("inf"), ridge=3.0)
    batches = batches_of([table], rate=1.0, steps=100)
    return train([setting], batches, seeds=[0], keys=[["0"]])[0][0].numpy()


def test_the_direction_of_the_gradient_tells_the_label_and_its_length_does_not():
    """Li O. et al. 2022: the cosine of two gradients is negative where labels differ."""
    table = subsample(load_split("gss", "income_25k").train, 500, 0)
    group, names = table.group_of("sex")
    table = replace(table, protected={"group": group}, groups={"group": names})
    found = split_leakage(network(table, 16), 16, table, ["group"], np.random.default_rng(0))
    assert found.label_by_direction >= 0.99
    assert 0.1 < found.label_by_norm < 0.9
    assert found.columns > found.columns_by_guess + 0.1
    assert found.group["group"] > 0.8 > found.group_by_score["group"]
    assert found.figures()["leak_group[group]"] == found.group["group"]


def test_a_wider_cut_tells_more_columns():
    table = random_table(600, bins=(6, 6, 6, 6))
    told = [
        split_leakage(network(table, width), width, table, ["group"], np.random.default_rng(0))
        for width in (1, 8, 32)
    ]
    assert told[0].columns < told[1].columns < told[2].columns <= 1
    assert len({one.columns_by_guess for one in told}) == 1


def test_noise_tells_nothing():
    rng = np.random.default_rng(0)
    cut, codes = rng.normal(size=(4_000, 3)), rng.integers(0, 4, (4_000, 2))
    known = np.arange(4_000) < 2_000
    columns, by_guess = columns_from(cut, codes, known)
    assert columns == pytest.approx(0.25, abs=0.04) and by_guess == pytest.approx(0.25, abs=0.04)
    assert group_from(cut, codes[:, 0], known) == pytest.approx(0.5, abs=0.04)
    gradient, label = rng.normal(size=(4_000, 3)), codes[:, 0] > 1
    assert label_from_direction(gradient, label, known) == pytest.approx(0.5, abs=0.04)


def test_linear_guesses_are_those_of_scikit_learn():
    rng = np.random.default_rng(1)
    seen, wanted = rng.normal(size=(50, 3)), rng.normal(size=(30, 2))
    known = np.arange(50) < 30
    scaled = (seen - seen[:30].mean(0)) / seen[:30].std(0)
    expected = Ridge(alpha=1.0).fit(scaled[:30], wanted).predict(scaled[30:])
    assert np.allclose(linear_scores(seen, wanted, known), expected, rtol=0, atol=1e-10)
    group = (seen[:, 0] > 0).astype(int)
    score = linear_scores(seen, (group[:30, None] == [0, 1]).astype(float), known)[:, 1]
    assert group_from(seen, group, known) == pytest.approx(roc_auc_score(group[30:], score))


def test_what_cannot_be_told_is_left_out():
    table = random_table(40)
    nobody = replace(table, label=np.zeros(40, bool))
    found = split_leakage(network(table, 4), 4, nobody, ["group"], np.random.default_rng(0))
    assert np.isnan(found.label_by_direction) and "leak_label_by_direction" not in found.figures()
    assert found.figures()["leak_columns"] == found.columns > 0
