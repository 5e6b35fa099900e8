import numpy as np
import pytest
from scipy import stats

from tradeoffs.stats.jackknife import jackknife_difference, two_way


def test_a_jackknifed_difference_is_that_of_its_halves_and_may_be_negative():
    each = np.random.default_rng(0).normal(-0.3, 0.1, (64, 1)) + np.zeros((64, 320))
    value, low, high = jackknife_difference(lambda kept: float(each[kept].mean()), 64, 320)
    assert value == pytest.approx(each.mean()) and low < value < high < 0
    assert high - value == pytest.approx(value - low)
    spread = each[:, 0].std(ddof=1) / 8
    assert high - low == pytest.approx(4.26 * spread, rel=0.5)  # t with 15 degrees
    assert jackknife_difference(lambda kept: 0.0, 64, 320) == (0.0, 0.0, 0.0)


def test_an_interval_of_a_difference_stays_within_minus_1_and_1():
    def wild(kept: np.ndarray) -> float:
        return 0.9 if kept.all() else 2.0 * kept[0, 0] - 1

    assert jackknife_difference(wild, 8, 8)[2] == 1


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
