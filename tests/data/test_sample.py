import numpy as np
import pytest
from scipy import stats

from tradeoffs.data.load import load_split
from tradeoffs.data.sample import subsample
from tradeoffs.errors import InvalidInput

TRAIN = load_split("adult").train


def test_fewer_rows_are_a_part_of_more_rows():
    samples = [subsample(TRAIN, rows, seed=4).row_id for rows in (1, 10, 300, 3_000, 32_560)]
    assert [len(ids) for ids in samples] == [1, 10, 300, 3_000, 32_560]
    for fewer, more in zip(samples[:-1], samples[1:], strict=True):
        assert np.isin(fewer, more).all()


def test_all_rows_are_the_same_table():
    assert subsample(TRAIN, TRAIN.rows, seed=1) is TRAIN


def test_same_seed_same_rows_other_seed_other_rows():
    first, again, other = (subsample(TRAIN, 1_000, seed).row_id for seed in (0, 0, 1))
    assert np.array_equal(first, again)
    # Two independent samples share 1000^2 / 32561 = 31 rows on average, sd 5.4.
    assert len(np.intersect1d(first, other)) < 60


def test_rows_keep_their_order_and_values():
    sample = subsample(TRAIN, 500, seed=2)
    assert np.all(np.diff(sample.row_id) > 0)
    assert np.array_equal(sample.codes, TRAIN.codes[sample.row_id])
    assert np.array_equal(sample.label, TRAIN.label[sample.row_id])


def test_a_row_stays_whatever_the_order_of_the_table():
    reverse = TRAIN.take(np.arange(TRAIN.rows)[::-1])
    left, right = subsample(TRAIN, 700, seed=6), subsample(reverse, 700, seed=6)
    assert np.array_equal(left.row_id, right.row_id[::-1])


def test_every_part_of_the_file_is_drawn_alike():
    table = TRAIN.take(np.arange(50))
    counts = np.zeros(50)
    for seed in range(2_000):
        counts[subsample(table, 20, seed).row_id] += 1
    # Each count has variance 2000 * .4 * .6; the draws of a sample are negatively correlated,
    # which the factor 49 / 50 accounts for.
    statistic = np.sum((counts - 800) ** 2) / (2_000 * 0.4 * 0.6) * 49 / 50
    assert stats.chi2.sf(statistic, 49) > 1e-4


def test_rows_that_share_an_id_still_give_the_exact_count():
    doubled = TRAIN.take(np.repeat(np.arange(100), 2))
    samples = [subsample(doubled, rows, seed=0) for rows in range(1, 201)]
    assert [sample.rows for sample in samples] == list(range(1, 201))


@pytest.mark.parametrize("rows", [-1, 0, 32_562])
def test_rows_out_of_bounds(rows):
    with pytest.raises(InvalidInput, match=rf"rows={rows} must be in \[1, 32561\]"):
        subsample(TRAIN, rows, seed=0)
