import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from tradeoffs.stats.auc import placements


def test_both_mean_placements_are_scikit_learns_area():
    rng = np.random.default_rng(0)
    high, low = rng.integers(0, 9, 50), rng.integers(0, 6, 80)
    area = roc_auc_score(np.repeat([1, 0], [50, 80]), np.concatenate([high, low]))
    assert [part.mean() for part in placements(high, low)] == pytest.approx([area, area])
