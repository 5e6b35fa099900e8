"""What tables tell of models of people drawn from counts, tested on real people."""

import numpy as np
import pytest

from tests.remedies.sharing.training import accuracy
from tradeoffs.data.load import load_split
from tradeoffs.data.sample import subsample
from tradeoffs.engine.recipe import delta
from tradeoffs.experiments.chunks import chunks
from tradeoffs.experiments.participants import measurable
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.run import run
from tradeoffs.remedies.sharing.bayesian_tree import BayesianTree, synthetic_table
from tradeoffs.remedies.sharing.counts import star_of_counts
from tradeoffs.remedies.sharing.synthetic_tree import tree_of_counts
from tradeoffs.scenario import Scenario
from tradeoffs.values.privacy.account import Part, allocate

SPLIT = load_split("adult", "income_gt_50k")


def published(rows: int, seed: int, epsilon: float) -> dict[str, BayesianTree]:
    """Return what one community's counts describe, by remedy, at a budget each."""
    table, at = subsample(SPLIT.train, rows, seed), delta(rows)
    one, two, three = allocate(epsilon, at, *[Part(share=1 / 3)] * 3).noise
    whole = allocate(epsilon, at, Part()).sigma
    tree = tree_of_counts([table], [(one, two, three)], [np.random.default_rng([seed, 1])])
    return {
        "counts": star_of_counts(
            [table], [whole], [np.random.default_rng([seed, 2])]
        ).distribution(),
        "tree": tree.distribution(),
    }


@pytest.mark.parametrize(
    ("rows", "levels"),
    [(1_000, (0.822, 0.805, 0.765)), (10_000, (0.853, 0.817, 0.797))],
)
def test_a_private_model_beats_a_model_of_private_counts_and_that_a_tree(rows, levels):
    found = []
    for seed in range(3):
        table = subsample(SPLIT.train, rows, seed)
        people = [
            synthetic_table(tree.sample(rows, seed), table)
            for tree in published(rows, seed, 1.0).values()
        ]
        own = accuracy(table, seed, SPLIT.report, 1.0)
        found.append([own, *(accuracy(one, seed, SPLIT.report) for one in people)])
    means = np.mean(found, 0)
    assert means[0] > means[1] > means[2]
    assert means == pytest.approx(levels, abs=0.02)


def test_the_tree_washes_out_what_races_differ_by_and_counts_keep_it():
    place = [feature.name for feature in SPLIT.train.features].index("race")
    gaps: dict[str, list[float]] = {"real": [], "counts": [], "tree": []}
    for seed in range(4):
        table = subsample(SPLIT.train, 10_000, seed)
        drawn = {
            name: synthetic_table(tree.sample(10_000, seed), table)
            for name, tree in published(10_000, seed, 1.0).items()
        }
        for name, people in {"real": table, **drawn}.items():
            race = people.codes[:, place]
            black, white = (people.label[race == group].mean() for group in (2, 4))
            gaps[name].append(float(white - black))
    real, counts, tree = (np.mean(gaps[name]) for name in ("real", "counts", "tree"))
    assert real > 0.1
    assert counts == pytest.approx(real, abs=0.03)
    assert abs(tree) < 0.05


def level(remedy: str, epsilon: float) -> float:
    """Return mean accuracy over the nine regions of the General Social Survey, 300 people each."""
    one = Scenario(
        dataset="gss",
        label="income_25k",
        communities="place",
        remedy=remedy,
        rows=300,
        epsilon=epsilon,
    )
    scenarios = [
        one.but(home=place.name, seed=seed) for place in measurable(one) for seed in range(4)
    ]
    outcomes = [
        outcome for chunk in chunks(resolve(each) for each in scenarios) for outcome in run(chunk)
    ]
    return float(np.mean([each.measurement.report["accuracy"] for each in outcomes]))


def test_one_table_of_counts_is_as_good_as_two_hundred_rounds_unless_privacy_is_strict():
    behind = {eps: level("fedavg", eps) - level("counts", eps) for eps in (0.3, 8.0)}
    assert behind[8.0] < 0.01
    assert behind[0.3] > 0.01
    assert level("counts", 8.0) - level("alone", 8.0) > 0.02
