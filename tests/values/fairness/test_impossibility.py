import numpy as np
import pytest

from tests.values.fairness.test_notions import counts, random_counts
from tradeoffs.values.fairness.impossibility import implied_false_positive_rate


@pytest.mark.parametrize("seed", range(5))
def test_the_identity_holds_in_every_group_of_every_model(seed):
    given = random_counts(1_000, 4, seed)
    found = implied_false_positive_rate(given)
    assert np.abs(found - given.false_positive_rate).max() <= 1e-9


def test_published_figures_of_compas_fulfil_it():
    """ProPublica's table, decile of 5 or more: counts of Black and white defendants."""
    people, positives = np.array([[3696, 2454]]), np.array([[1901, 966]])
    recognised, mistaken = np.array([[1369, 505]]), np.array([[805, 349]])
    given = counts(people, positives, recognised + mistaken, recognised)
    assert given.false_positive_rate == pytest.approx(np.array([[0.4485, 0.2345]]), abs=5e-5)
    assert given.precision == pytest.approx(np.array([[0.6297, 0.5913]]), abs=5e-5)
    assert implied_false_positive_rate(given) == pytest.approx(given.false_positive_rate, abs=1e-9)


def test_where_nobody_is_selected_it_cannot_be_told():
    whole = np.array([[200, 200]])
    given = counts(whole, whole // 2, np.array([[0, 40]]), np.array([[0, 0]]))
    assert np.isnan(implied_false_positive_rate(given)).all()
