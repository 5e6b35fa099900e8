# pyright: reportArgumentType=false, reportOptionalMemberAccess=false, reportOptionalCall=false
# pyright: reportOperatorIssue=false, reportAttributeAccessIssue=false
import numpy as np
import pytest
from fairlearn.metrics import (
    demographic_parity_difference,
    equalized_odds_difference,
    true_positive_rate_difference,
)
from fairlearn.postprocessing import ThresholdOptimizer
from sklearn.linear_model import LogisticRegression

from tradeoffs.remedies.decisions.threshold_optimizer import CONSTRAINTS, optimise
from tradeoffs.values.fairness.catalogue import NOTIONS

NAMES = ("a", "b", "c")
CASES = [
    ("demographic_parity", 0.0, demographic_parity_difference),
    ("demographic_parity", 0.1, demographic_parity_difference),
    ("equal_opportunity", 0.0, true_positive_rate_difference),
    ("equal_opportunity", 0.1, true_positive_rate_difference),
    ("equalized_odds", 0.0, equalized_odds_difference),
]


def people(rows=3_000, seed=0):
    rng = np.random.default_rng(seed)
    group = rng.integers(0, 3, rows)
    row = rng.normal(size=(rows, 2)) + 0.6 * group[:, None]
    label = rng.random(rows) < 1 / (1 + np.exp(1.5 - row.sum(1)))
    return row, label, group


@pytest.mark.parametrize(("notion", "most", "gap"), CASES)
def test_chances_are_those_of_fairlearn(notion, most, gap):
    """fairlearn's own use, from a model of scikit-learn, gives the same chances to everybody."""
    row, label, group = people()
    names = np.array(NAMES)[group]
    model = LogisticRegression().fit(row, label)
    theirs = ThresholdOptimizer(
        estimator=model,
        constraints=CONSTRAINTS[NOTIONS[notion].constrained_rates],
        prefit=True,
        predict_method="predict_proba",
        tol=most or None,
    ).fit(row, label.astype(int), sensitive_features=names)
    wanted = theirs._pmf_predict(row, sensitive_features=names)[:, 1]
    score = model.predict_proba(row)[:, 1]
    rule = optimise(score, label, names, NOTIONS[notion].constrained_rates, most)
    found = rule.chance(score, np.eye(3)[group], NAMES)
    assert np.abs(found - wanted).max() < 1e-12
    draw = np.random.default_rng(1).random((40, len(row)))
    decided = (found > draw).ravel()
    own = {"sensitive_features": np.tile(names, 40)}
    assert gap(np.tile(label, 40), decided, **own) <= most + 0.01
    assert gap(label, score > 0.5, sensitive_features=names) > most + 0.05
