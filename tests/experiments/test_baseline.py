"""The model without a mechanism: as good as scikit-learn's, so that no noise makes a better one."""

import sys
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
import torch
from sklearn.linear_model import LogisticRegression

from tradeoffs.audit.opacus_reference import one_hot
from tradeoffs.data.catalogue import DATASETS, dataset
from tradeoffs.data.load import load_encoded, load_split
from tradeoffs.data.table import Table
from tradeoffs.engine.batches import active_columns
from tradeoffs.engine.loop import train
from tradeoffs.engine.population import logits
from tradeoffs.experiments.fit import fit, model_spec
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.run import one_core
from tradeoffs.experiments.training_data import batches, training_table
from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import Estimate, estimate

SEEDS = 16
CELLS = [
    (entry.name, rows)
    for entry in DATASETS.values()
    for rows in (200, 300, 1_000, 3_000)
    if rows <= entry.codebook.label(entry.labels[0]).train_rows
]
LEVEL = 1 - 2 * 0.05 / len(CELLS)  # two-sided, of a one-sided test at 5 % by Bonferroni


def asked(scenarios: Sequence[Scenario], table: Table) -> np.ndarray:
    """Return (scenarios, rows) logits of trained models."""
    plans = [resolve(scenario) for scenario in scenarios]
    with one_core():
        found = fit([plans])
        vectors = [found[plan.model_key].vector for plan in plans]
        codes = torch.from_numpy(active_columns(table))
        return logits(vectors, [s.width for s in scenarios], codes).numpy()


@pytest.mark.parametrize(("name", "rows"), [("adult", 300), ("gss", 1_000), ("meps", 200)])
def test_it_comes_near_the_optimum_of_scikit_learn(name, rows):
    entry = dataset(name)
    own = Scenario.of(
        dataset=name, label=entry.labels[0], protected=entry.protected[0], rows=rows, epsilon=None
    )
    here, table = training_table(own), load_split(name, entry.labels[0]).report
    strength = 1 / resolve(own).recipe.ridge
    best = LogisticRegression(C=strength, tol=1e-8, max_iter=10_000)
    best.fit(one_hot(here, torch.float64).numpy(), here.label)
    expected = best.decision_function(one_hot(table, torch.float64).numpy())
    (found,) = asked([own], table)
    assert np.abs(found - expected).max() < 0.05
    assert abs(((found > 0) == table.label).mean() - ((expected > 0) == table.label).mean()) < 0.002


def gains(name: str, rows: int, width: int) -> list[Estimate]:
    """Return how much more often epsilon 8 is right than no privacy, with the ridge and without.

    On the rows of report, over SEEDS trainings; the errors hold the chance of both.
    """
    entry = dataset(name)
    table = load_split(name, entry.labels[0]).report
    codes = torch.from_numpy(active_columns(table))
    at = {"dataset": name, "label": entry.labels[0], "protected": entry.protected[0]}
    base = Scenario.of(**at, rows=rows, width=width)
    right = np.empty((SEEDS, 3, table.rows))
    for seed in range(SEEDS):
        free, private = (resolve(base.but(seed=seed, epsilon=e)) for e in (None, 8.0))
        settings = [model_spec(free), replace(model_spec(free), ridge=0.0), model_spec(private)]
        keys = [[free.model_key, free.model_key, private.model_key]]
        with one_core():
            vectors = train(settings, batches(free, (seed,)), seeds=[seed], keys=keys)[0]
            right[seed] = (logits(vectors, [width] * 3, codes).numpy() > 0) == table.label
    apart = right[:, 2:] - right[:, :2]  # (seeds, 2, people)
    error = apart.mean(0).std(1, ddof=1) / table.rows**0.5
    return [estimate(apart[:, k].mean(1), error[k], level=LEVEL) for k in (0, 1)]


def beyond_chance(found: Estimate) -> bool:
    """Say whether a gain is above 0 by a one-sided test, over all cells together."""
    assert found.interval is not None
    return found.interval[0] > 0


@pytest.mark.slow
@pytest.mark.parametrize("width", [0, 16], ids=["logistic", "network"])
def test_no_noise_makes_a_better_model(width, capsys):
    """Epsilon 8 is not above no privacy on any table, where without the ridge it was on several."""
    found = {cell: gains(*cell, width) for cell in CELLS}
    with capsys.disabled():
        for (name, rows), both in found.items():
            now, before = (
                f"{100 * e.mean:+.2f} +- {100 * (e.standard_error or 0):.2f}" for e in both
            )
            told = f"{name} {rows} width {width}: {now} points, without the ridge {before}\n"
            sys.stdout.write(told)
    assert [cell for cell, (now, _) in found.items() if beyond_chance(now)] == []
    assert sum(beyond_chance(before) for _, before in found.values()) >= 5


@pytest.mark.slow
def test_adult_is_as_accurate_as_ever_on_the_whole_test_file():
    """Logistic regressions on all rows, mean of five seeds."""
    whole = load_encoded("adult")
    table = whole.table(whole.book.label("income_gt_50k")).take(~whole.train)
    base = Scenario.of(rows=dataset("adult").rows)
    for epsilon, least in ((0.1, 0.846), (1.0, 0.858), (None, 0.861)):
        some = [base.but(epsilon=epsilon, seed=seed) for seed in range(5)]
        right = [((asked([one], table) > 0) == table.label).mean() for one in some]
        assert np.mean(right) >= least
