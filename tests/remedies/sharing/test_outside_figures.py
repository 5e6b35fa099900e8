"""Trees of counts against mbi 2.0 (McKenna), which fits a graphical model to the same counts."""

import numpy as np
import pytest

from tests.remedies.sharing.training import accuracy
from tradeoffs.data.load import load_split
from tradeoffs.data.sample import subsample
from tradeoffs.engine.recipe import delta
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


@pytest.mark.parametrize("seed", list(MBI))
def test_people_of_the_tree_are_as_good_as_those_of_another_implementation(seed):
    split = load_split("adult", "income_gt_50k")
    table = subsample(split.train, ROWS, seed)
    one, two, three = allocate(1.0, delta(ROWS), *[Part(share=1 / 3)] * 3).noise
    tree = tree_of_counts([table], [(one, two, three)], [np.random.default_rng(seed)])
    people = synthetic_table(tree.distribution().sample(ROWS, seed + 5), table)
    figure, shares, base_rate = MBI[seed]
    assert accuracy(people, seed, split.report) == pytest.approx(figure, abs=0.02)
    race = people.codes[:, [feature.name for feature in table.features].index("race")]
    assert np.bincount(race, minlength=6)[:5] / ROWS == pytest.approx(shares, abs=0.03)
    assert people.label[race == 4].mean() == pytest.approx(base_rate, abs=0.02)
