from itertools import combinations

import numpy as np
import pytest
from scipy.stats import chi2, chi2_contingency

from tradeoffs.data.load import load_split
from tradeoffs.data.sample import subsample
from tradeoffs.data.table import Table
from tradeoffs.remedies.sharing.bayesian_tree import (
    BayesianTree,
    spanning_tree,
    star,
    synthetic_table,
)
from tradeoffs.remedies.sharing.counts import star_of_counts
from tradeoffs.remedies.sharing.marginals import block, column_sizes, label_counts, pair_counts
from tradeoffs.remedies.sharing.synthetic_tree import tree_of_counts
from tradeoffs.values.privacy.account import Part, allocate

EXACT = (0.0, 0.0, 0.0)
stream = np.random.default_rng


def people(rows: int = 3000, seed: int = 0) -> Table:
    return subsample(load_split("adult", "income_gt_50k").train, rows, seed)


def all_trees(columns: int) -> list[set[tuple[int, int]]]:
    found = []
    for edges in combinations(combinations(range(columns), 2), columns - 1):
        reached = {0}
        for _ in range(columns):
            reached |= {b for a, b in edges if a in reached} | {a for a, b in edges if b in reached}
        if len(reached) == columns:
            found.append(set(edges))
    return found


@pytest.mark.parametrize("seed", range(5))
def test_no_other_tree_has_a_larger_sum_of_scores(seed):
    drawn = np.random.default_rng(seed).normal(size=(5, 5))
    scores = drawn + drawn.T
    order, parents = spanning_tree(scores)
    edges = {tuple(sorted((column, parents[column]))) for column in order[1:]}
    trees = all_trees(5)
    assert len(trees) == 5**3  # Cayley's formula
    assert edges == max(trees, key=lambda tree: sum(scores[edge] for edge in tree))
    assert order[0] == 0 and parents[0] == -1
    assert all(order.index(parents[column]) < order.index(column) for column in order[1:])


def test_drawn_people_have_the_counts_of_the_edges_within_sampling_error():
    table = people()
    tree = tree_of_counts([table], [EXACT], [stream(0)]).distribution()
    drawn = synthetic_table(tree.sample(20_000, 7), table)
    sizes, found = column_sizes(table), pair_counts(drawn)
    for column in tree.order[1:]:
        parent = tree.parents[column]
        expected = block(pair_counts(table), sizes, parent, column) / table.rows * drawn.rows
        counts = block(found, sizes, parent, column)
        assert (counts[expected == 0] == 0).all()
        there = expected > 5
        statistic = float(((counts - expected)[there] ** 2 / expected[there]).sum())
        assert chi2.sf(statistic, there.sum() - 1) > 1e-4


def test_without_noise_the_counts_are_those_of_the_people():
    table = people()
    found = star_of_counts([table], [0.0], [stream(0)]).distribution()
    assert np.concatenate(list(found.edges.values()), 1) == pytest.approx(label_counts(table))
    assert found.root == pytest.approx([(~table.label).sum(), table.label.sum()])
    assert list(found.parents) == star(len(table.features) + 1)


def test_columns_of_the_star_are_independent_given_the_label():
    table = people()
    tree = star_of_counts([table], [0.0], [stream(0)]).distribution()
    drawn = synthetic_table(tree.sample(20_000, 3), table)
    sizes = column_sizes(table)
    low = 0
    for answer in (False, True):
        counts = pair_counts(drawn.take(drawn.label == answer))
        for one, other in combinations(range(1, len(sizes)), 2):
            cells = block(counts, sizes, one, other)
            cells = cells[cells.sum(1) > 500][:, cells.sum(0) > 500]
            if min(cells.shape) > 1:
                _, chance, *_ = chi2_contingency(cells)
                low += float(chance) < 1e-3  # pyright: ignore[reportArgumentType]
    assert low <= 2  # of some hundred tests


def test_the_order_of_communities_does_not_matter():
    tables = [people(400, seed) for seed in range(3)]
    noise = [3.0, 8.0, 0.0]
    threes = [(sigma, sigma, sigma) for sigma in noise]

    def trees(order: list[int]) -> list[BayesianTree]:
        some = [tables[k] for k in order]
        return [
            star_of_counts(
                some, [noise[k] for k in order], [stream(k) for k in order]
            ).distribution(),
            tree_of_counts(
                some, [threes[k] for k in order], [stream(k) for k in order]
            ).distribution(),
        ]

    for one, other in zip(trees([0, 1, 2]), trees([2, 0, 1]), strict=True):
        assert one.parents == other.parents
        for column, counts in one.edges.items():
            assert counts == pytest.approx(other.edges[column])


def test_a_bin_of_a_parent_that_nobody_has_gives_what_everybody_has():
    edges = {1: np.array([[0.0, 0.0], [30.0, 10.0]])}
    tree = BayesianTree(order=[0, 1], parents=[-1, 0], root=np.array([50.0, 50.0]), edges=edges)
    codes = tree.sample(4000, 1)
    assert codes[codes[:, 0] == 0, 1].mean() == pytest.approx(0.25, abs=0.03)


def test_the_strongest_pairs_lose_what_races_differ_by_and_ties_to_the_label_keep_it():
    table = people(10_000)
    race = [feature.name for feature in table.features].index("race")

    def base_rates(ties: float) -> np.ndarray:
        tree = tree_of_counts([table], [EXACT], [stream(0)], label_ties=ties).distribution()
        drawn = synthetic_table(tree.sample(60_000, 5), table)
        codes = drawn.codes[:, race]
        return np.array([drawn.label[codes == place].mean() for place in (1, 2, 4)])

    black, white = (table.label[table.codes[:, race] == place].mean() for place in (2, 4))
    assert white - black > 0.1
    found = base_rates(0.0)
    assert found[2] - found[1] < 0.75 * (white - black)
    found = base_rates(0.9)
    assert found[2] - found[1] == pytest.approx(white - black, abs=0.03)


def test_counts_that_are_just_clipped_inflate_small_groups():
    table = people(1000)
    one, two, three = allocate(1.0, 1e-5, *[Part(share=1 / 3)] * 3).noise
    race = [feature.name for feature in table.features].index("race")
    real = float((table.codes[:, race] == 3).mean())

    def share(clipped: bool) -> float:
        trees = [
            tree_of_counts([table], [(one, two, three)], [stream(seed)]).distribution(
                clipped=clipped
            )
            for seed in range(8)
        ]
        drawn = [tree.sample(5000, seed)[:, race + 1] == 3 for seed, tree in enumerate(trees)]
        return float(np.mean(drawn))

    assert real < 0.012
    assert share(True) > 4 * real
    assert share(False) < 3 * real
