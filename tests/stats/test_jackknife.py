import numpy as np
import pytest
from scipy import stats

from tradeoffs.stats.jackknife import jackknife, jackknifed, two_way


def test_of_a_mean_the_jackknife_is_the_t_interval():
    sample = np.random.default_rng(2).uniform(0.3, 0.7, 16)
    left = (sample.sum() - sample)[:, None] / 15
    found = [float(end[0]) for end in jackknife(sample.mean(keepdims=True), left)]
    expected = stats.t.interval(0.95, 15, sample.mean(), stats.sem(sample))
    assert found == pytest.approx(list(expected))


def test_an_interval_of_a_share_stays_within_0_and_1():
    low, high = jackknife(np.array([0.02, 0.99]), np.array([[0.0, 1.0], [0.1, 0.9]] * 4))
    assert low[0] == 0 and high[1] == 1 and (low < high).all()


def test_a_jackknifed_difference_is_that_of_its_halves_and_may_be_negative():
    each = np.random.default_rng(0).normal(-0.3, 0.1, 64)
    value, low, high = jackknifed(lambda kept: float(each[kept].mean()), 64)
    assert value == pytest.approx(each.mean()) and low < value < high < 0
    assert high - value == pytest.approx(value - low)
    assert high - low == pytest.approx(4.26 * each.std(ddof=1) / 8, rel=0.5)  # t with 15 degrees
    assert jackknifed(lambda kept: 0.0, 64) == (0.0, 0.0, 0.0)


def test_of_a_mean_over_rows_and_columns_the_error_counts_both_once():
    rng = np.random.default_rng(3)
    effects = rng.normal(size=(48, 1)), 2 * rng.normal(size=(1, 320))
    cells = sum(effects) + rng.normal(size=(48, 320))
    found = two_way(lambda kept: np.array([cells[kept].mean()]), 48, 320)[0]
    expected = np.hypot(*(stats.sem(effect.ravel()) for effect in effects))
    assert found == pytest.approx(expected, rel=0.25)  # 16 groups: one in five of chance


def test_of_independent_cells_it_is_the_error_of_their_mean():
    cells = np.random.default_rng(4).normal(size=(48, 320))
    found = [
        two_way(lambda kept, c=cell: np.array([c[kept].mean()]), 48, 320)[0]
        for cell in (cells, cells**2)
    ]
    expected = [stats.sem(cell.ravel()) for cell in (cells, cells**2)]
    assert found == pytest.approx(expected, rel=0.5)
