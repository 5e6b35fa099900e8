"""Sizes that are released once: noise of sigma_counts is really drawn, wherever they are read."""

import numpy as np
import pytest
from scipy import stats

from tests.engine.conftest import batches_of, random_table
from tradeoffs.data.load import load_split
from tradeoffs.engine import sample_weights
from tradeoffs.engine.constraint import Constraint
from tradeoffs.engine.loop import run_training
from tradeoffs.engine.population import ModelSpec
from tradeoffs.experiments.plan import resolve
from tradeoffs.remedies.decisions import group_thresholds
from tradeoffs.scenario import Scenario

SIGMA, MODELS = 5.0, 400
PRIVATE = ModelSpec(learning_rate=0.3, clip_norm=1.0, sigma=2.0, sigma_counts=SIGMA)


def in_training(changes, by_label):
    """Return a training of models that differ in their key alone, and the exact sizes."""
    batches = batches_of([random_table(4_000)], steps=1, by_label=by_label)
    keys = [[f"{m + 1:x}" for m in range(MODELS)]]
    settings = [ModelSpec(**vars_of(PRIVATE) | changes)] * MODELS
    training = run_training(settings, batches, seeds=[0], keys=keys)
    return training, batches.cell_counts().double().numpy()


def vars_of(setting):
    return {name: getattr(setting, name) for name in setting.__slots__}


def of_a_bound(monkeypatch):
    training, exact = in_training({"max_gap": 0.1}, by_label=False)
    assert isinstance(training.constraint, Constraint)
    released = training.constraint.share.double().numpy().reshape(-1, MODELS) * 4_000
    return (released - exact.reshape(-1, 1)) / SIGMA


def of_weights(monkeypatch):
    seen, honest = [], sample_weights.kamiran_calders
    monkeypatch.setattr(sample_weights, "kamiran_calders", lambda s: seen.append(s) or honest(s))
    _, exact = in_training({"reweigh": 1.0}, by_label=True)
    (sizes,) = seen
    return (sizes.double().numpy().reshape(-1, MODELS) - exact.reshape(-1, 1)) / SIGMA


def of_scores(monkeypatch):
    seen, honest = [], group_thresholds.known_groups
    monkeypatch.setattr(
        group_thresholds, "known_groups", lambda *given: seen.append(given) or honest(*given)
    )
    base = Scenario.of(stage="group_thresholds", max_gap=0.05)
    table = load_split("adult", "income_gt_50k").select
    score = np.random.default_rng(0).random(table.rows)
    for seed in range(10):
        group_thresholds.fit_rule(resolve(base.but(seed=seed)), table, score)
    group, _ = table.group_of("sex")
    exact = group_thresholds.histogram(score, table.label, group, seen[0][0].shape)
    return np.stack([(counts - exact) / noise for counts, _, noise in seen])


@pytest.mark.parametrize("released", [of_a_bound, of_weights, of_scores])
def test_released_sizes_are_off_by_the_noise_that_is_accounted_for(released, monkeypatch):
    noise = released(monkeypatch).ravel()
    assert len(noise) >= 800 and len(np.unique(noise)) > 0.99 * len(noise)
    assert stats.kstest(noise, "norm").pvalue > 1e-3
    assert noise.std() == pytest.approx(1, abs=5 / np.sqrt(2 * len(noise)))
