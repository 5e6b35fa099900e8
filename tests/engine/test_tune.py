import numpy as np
import pytest

from tradeoffs.engine.tune import strongest

MEAN = np.array([[0.70, 0.71, 0.71, 0.70], [0.80, 0.84, 0.835, 0.81]])  # (rates, ridges)


@pytest.mark.parametrize(("spread", "ridge"), [(0.001, 1), (0.02, 2), (0.2, 3)])
def test_of_ridges_that_cannot_be_told_from_the_best_the_strongest_is_taken(spread, ridge):
    """Sixteen seeds, so that one standard error is about a quarter of the spread."""
    seeds = spread * np.resize([-1.0, 1.0], 16)
    assert strongest(MEAN + seeds[:, None, None]) == (1, ridge)


def test_the_learning_rate_is_that_of_the_best():
    assert strongest(np.stack([MEAN[::-1]] * 2)) == (0, 1)
