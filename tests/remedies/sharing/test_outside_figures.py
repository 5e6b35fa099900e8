"""Trees of counts against mbi 2.0 (McKenna), which fits a graphical model to the same counts."""

import numpy as np
import pytest
import torch

from tradeoffs.data.load import load_split
from tradeoffs.data.sample import subsample
from tradeoffs.data.table import Table
from tradeoffs.engine.batches import Batches, active_columns
from tradeoffs.engine.loop import run_training
from tradeoffs.engine.population import ModelSpec, logits
from tradeoffs.engine.recipe import delta, recipe
from tradeoffs.remedies.sharing.bayesian_tree import synthetic_table
from tradeoffs.remedies.sharing.synthetic_tree import tree_of_counts
from tradeoffs.values.privacy.account import Part, allocate

ROWS = 10_000  # of Adult, at epsilon 1
# By the seed of people and noise: accuracy on real people of a model trained on mbi's people
# (train on synthetic, test on real), their shares of race in order, and the base rate of White.
MBI = {
    0: (0.7957, (0.0133, 0.0322, 0.0939, 0.0125, 0.8464), 0.237),
    1: (0.7954, (0.0109, 0.0308, 0.0975, 0.0088, 0.8515), 0.238),
    2: (0.7973, (0.0106, 0.0286, 0.0925, 0.0107, 0.8569), 0.238),
}


def accuracy(people: Table, seed: int, test: Table) -> float:
    """Return the share of right decisions of a logistic regression without a mechanism."""
    how = recipe(people.rows, 0, None, len(people.features))
    setting = ModelSpec(learning_rate=how.learning_rate, clip_norm=how.clip_norm, ridge=how.ridge)
    batches = Batches(
        [people],
        [np.zeros(people.rows, np.int32)],
        groups=1,
        seeds=(seed,),
        rate=how.sample_rate,
        steps=how.steps,
    )
    vector = run_training([setting], batches, seeds=(seed,), keys=[["0"]]).mean()[0][0]
    codes = torch.from_numpy(active_columns(test))
    return float(((logits([vector], [0], codes)[0] > 0).numpy() == test.label).mean())


@pytest.mark.parametrize("seed", list(MBI))
def test_people_of_the_tree_are_as_good_as_those_of_another_implementation(seed):
    split = load_split("adult", "income_gt_50k")
    table = subsample(split.train, ROWS, seed)
    one, two, three = allocate(1.0, delta(ROWS), *[Part(share=1 / 3)] * 3).noise
    tree = tree_of_counts([table], [(one, two, three)], [np.random.default_rng(seed)])
    people = synthetic_table(tree.sample(ROWS, seed + 5), table)
    figure, shares, base_rate = MBI[seed]
    assert accuracy(people, seed, split.report) == pytest.approx(figure, abs=0.02)
    race = people.codes[:, [feature.name for feature in table.features].index("race")]
    assert np.bincount(race, minlength=6)[:5] / ROWS == pytest.approx(shares, abs=0.03)
    assert people.label[race == 4].mean() == pytest.approx(base_rate, abs=0.02)
