import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import brentq
from scipy.stats import kstest, poisson

from tradeoffs.data.load import load_split
from tradeoffs.data.sample import subsample
from tradeoffs.data.table import Table
from tradeoffs.remedies.sharing.counts import precisions, sensitivity
from tradeoffs.remedies.sharing.marginals import (
    block,
    clip,
    column_codes,
    column_sizes,
    dependence,
    label_counts,
    noisy,
    pair_counts,
    poisson_deviation,
    project,
    rake,
    shrink,
)
from tradeoffs.remedies.sharing.synthetic_tree import sensitivities


def people(rows: int = 400, seed: int = 0) -> Table:
    return subsample(load_split("gss", "income_25k").train, rows, seed)


def test_pairs_are_counted_as_a_loop_counts_them():
    table = people(60)
    sizes, codes, found = column_sizes(table), column_codes(table), pair_counts(table)
    for one, other in ((0, 3), (2, 7), (5, 5)):
        counts = np.zeros((sizes[one], sizes[other]))
        for row in codes:
            counts[row[one], row[other]] += 1
        assert (block(found, sizes, one, other) == counts).all()
    assert (label_counts(table) == found[:2, 2:]).all()


def test_the_sum_of_two_tables_of_counts_is_that_of_the_union():
    table = people(400)
    one, other = table.take(np.arange(150)), table.take(np.arange(150, 400))
    for count in (label_counts, pair_counts):
        assert (count(one) + count(other) == count(table)).all()


@pytest.mark.parametrize("extra", [0, 7, 99])
def test_one_person_moves_each_release_by_at_most_its_sensitivity(extra):
    table = people(100)
    fewer = table.take(np.delete(np.arange(100), extra))
    sizes = column_sizes(table)
    assert np.linalg.norm(label_counts(table) - label_counts(fewer)) == sensitivity(table)
    singles, scores, _ = sensitivities(len(sizes))
    with_her, without = (pair_counts(one) for one in (table, fewer))
    assert np.linalg.norm(np.diag(with_her) - np.diag(without)) == pytest.approx(singles)
    shares = (np.diag(with_her) + 0.3) / 101  # whatever was released before
    upper = np.triu_indices(len(sizes), 1)
    moved = [dependence(pairs, shares, sizes, 100)[upper] for pairs in (with_her, without)]
    assert np.abs(moved[0] - moved[1]).max() <= 1 + 1e-9
    assert np.linalg.norm(moved[0] - moved[1]) <= scores + 1e-9


def test_columns_that_chance_made_have_a_dependence_around_0_whatever_their_bins():
    rng, rows, sizes = np.random.default_rng(0), 300, (2, 2, 10, 25)
    first = np.cumsum([0, *sizes[:-1]])
    found = []
    for _ in range(200):
        held = np.zeros((rows, sum(sizes)))
        codes = [rng.integers(size, size=rows) for size in sizes]
        np.put_along_axis(held, np.stack(codes, 1) + first, 1.0, 1)
        pairs = held.T @ held
        found.append(dependence(pairs, np.diag(pairs) / rows, sizes, rows)[np.triu_indices(4, 1)])
    error = np.std(found, 0) / 200**0.5
    assert (np.abs(np.mean(found, 0)) < 4 * error + 0.02 * rows).all()


def test_equal_columns_depend_on_each_other_as_much_as_they_can():
    pairs = np.kron(np.ones((2, 2)), np.diag([50.0, 50.0]))
    found = dependence(pairs, np.full(4, 0.5), (2, 2), 100)[0, 1]
    assert found == pytest.approx(100 - 4 * 0.5 * poisson_deviation(np.array(25.0)), abs=1e-9)


@pytest.mark.parametrize("mean", [0.0, 0.3, 1.0, 7.5, 60.0])
def test_the_mean_deviation_of_poisson_counts_is_that_of_a_sum(mean):
    counts = np.arange(400)
    expected = float((np.abs(counts - mean) * poisson.pmf(counts, mean)).sum())
    assert poisson_deviation(np.array(mean)) == pytest.approx(expected, abs=1e-9)


def test_shares_are_kept_without_noise_and_everybodys_where_noise_hides_them():
    rng = np.random.default_rng(0)
    everybody = np.array([0.3, 0.7, 0.2, 0.3, 0.5])
    own = np.tile(everybody, (50, 1))
    own[:, :2] = rng.dirichlet([6, 14], 50)  # the first column differs between communities
    assert shrink(own, everybody, np.zeros(50), (2, 3)) == pytest.approx(own)
    seen = own + rng.normal(0, 0.05, own.shape)
    found = shrink(seen, everybody, np.full(50, 0.05), (2, 3))
    assert (found >= 0).all() and found[:, 2:].sum(1) == pytest.approx(1)
    error = [np.square(one - own)[:, 2:].mean() for one in (seen, found)]
    assert error[1] < error[0] / 4
    assert np.square(found - own)[:, :2].mean() < np.square(everybody - own)[:, :2].mean() / 2


def test_noise_has_the_standard_deviation_asked_for():
    counts = label_counts(people())
    drawn = np.concatenate([
        (noisy(counts, 5.0, np.random.default_rng(seed)) - counts).reshape(-1)
        for seed in range(20)
    ])  # fmt: skip
    assert kstest(drawn / 5.0, "norm").pvalue > 0.01
    assert noisy(counts, 0.0, np.random.default_rng(0)) is counts


FLOATS = st.floats(-100, 100)


@given(counts=arrays(float, st.integers(1, 30), elements=FLOATS), total=st.floats(0.1, 500))
def test_a_projection_is_the_nearest_that_is_not_negative_and_adds_up(counts, total):
    found = project(counts, total)
    assert found.min() >= 0 and found.sum() == pytest.approx(total)
    # All that stays is lowered by one number, which another method finds.
    low, high = counts.min() - total - 1, counts.max()
    by = float(brentq(lambda t: np.maximum(counts - t, 0).sum() - total, low, high))  # type: ignore[arg-type]
    assert found == pytest.approx(np.maximum(counts - by, 0), abs=1e-6)
    assert project(found, total) == pytest.approx(found, abs=1e-9)


def test_clipping_gives_rare_bins_more_people_than_projecting():
    true = np.array([10.0, 30.0, 60.0, 8.0, 892.0, 0.0])
    drawn = [noisy(true, 60.0, np.random.default_rng(seed)) for seed in range(200)]
    shares = {way: np.mean([way(one, 1000.0)[3] for one in drawn]) for way in (clip, project)}
    assert shares[clip] > shares[project] > 8.0
    assert clip(np.array([-1.0, -2.0]), 10.0).tolist() == [5.0, 5.0]


@given(noise=st.lists(st.integers(0, 100), min_size=1, max_size=9))
def test_who_promises_more_strictly_weighs_less_and_nobody_else_weighs_more(noise):
    weights = precisions(noise, [300.0] * len(noise), 180)
    assert (weights <= 1).all() and (weights > 0).all()
    assert (np.argsort(-weights, kind="stable") == np.argsort(noise, kind="stable")).all()
    assert precisions([0.0, 0.0], [50, 900], 180).tolist() == [1, 1]


def test_the_weights_are_those_of_least_variance():
    noise, rows, cells = np.array([3.0, 20.0]), np.array([300.0, 300.0]), 180
    # A cell's share from weighted sums: each cell has rows / cells people and noise of one sigma.
    variance = rows / cells + noise**2

    def spread(weight: float) -> float:
        weights = np.array([1.0, weight])
        return float((weights**2 * variance).sum() / (weights @ rows) ** 2)

    first, second = precisions(noise, rows, cells)
    best = second / first
    assert spread(best) < min(spread(best * 1.1), spread(best / 1.1))
    assert math.isclose(best, variance[0] / variance[1])


def test_a_raked_table_adds_up_to_the_other_counts_and_keeps_its_conditionals():
    counts = np.array([[10.0, 0.0, 4.0], [30.0, 0.0, 2.0]])
    single = np.array([20.0, 5.0, 12.0])
    found = rake(counts, single)
    assert found.sum(0).tolist() == [20, 0, 12]
    assert found[:, 0] == pytest.approx([5, 15])
    assert rake(found, found.sum(0)) == pytest.approx(found)
