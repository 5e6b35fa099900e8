import numpy as np
import pytest
from scipy.stats import ttest_1samp

from tradeoffs.stats.interval import estimate

VALUES = np.array([0.1, 0.13, 0.12, 0.08, 0.11])


def test_over_seeds_alone_it_is_the_t_interval():
    found, oracle = estimate(VALUES), ttest_1samp(VALUES, 0)
    assert found.mean == pytest.approx(VALUES.mean()) and found.seeds == 5
    assert found.interval == pytest.approx(tuple(oracle.confidence_interval(0.95)))


def test_test_rows_widen_it_and_never_narrow_it():
    widths = [np.ptp(estimate(VALUES, error).interval or ()) for error in (0, 0.01, 0.1)]
    assert widths == sorted(widths)
    assert estimate(VALUES, 0.1).standard_error == pytest.approx(
        np.hypot(VALUES.std(ddof=1) / np.sqrt(5), 0.1)
    )


def test_one_seed_has_no_interval():
    found = estimate(VALUES[:1], 0.1)
    assert found.interval is None and found.standard_error is None and found.mean == 0.1


def test_seeds_that_agree_leave_the_error_of_the_test_rows():
    low, high = estimate(np.full(4, 0.2), 0.01).interval or (0, 0)
    assert (low, high) == pytest.approx((0.2 - 0.0196, 0.2 + 0.0196), abs=1e-4)
    assert estimate(np.full(4, 0.2)).interval == (0.2, 0.2)
