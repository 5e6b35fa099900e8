import numpy as np
import pytest
from sklearn.metrics import roc_auc_score, roc_curve

from tradeoffs.stats.roc import Roc

RATES = np.array([0.0, 0.01, 0.05, 0.3, 1.0])


def decisions(ties: bool = False) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(1)
    member = rng.random((20, 50)) < 0.4
    score = rng.normal(size=member.shape) + member
    return (score.round(1) if ties else score), member


@pytest.mark.parametrize("ties", [False, True])
def test_the_curve_is_that_of_scikit_learn(ties):
    score, member = decisions(ties)
    found = Roc.of(score, member)
    assert found.area == pytest.approx(roc_auc_score(member.ravel(), score.ravel()), rel=1e-12)
    fpr, tpr, _ = roc_curve(member.ravel(), score.ravel(), drop_intermediate=False)
    assert np.allclose(found.fpr, fpr) and np.allclose(found.tpr, tpr)
    for rate, share in zip(RATES, found.tpr_at(RATES), strict=True):
        assert share == tpr[fpr <= rate].max()


def test_perfect_scores_recognise_everybody_and_turned_round_nobody():
    member = np.arange(40) % 3 == 0
    right, wrong = Roc.of(member.astype(float), member), Roc.of(-member.astype(float), member)
    assert (right.area, wrong.area) == (1, 0)
    assert right.tpr_at(np.array([0.0]))[0] == 1 and wrong.tpr_at(np.array([0.5]))[0] == 0


def test_scores_without_content_are_the_diagonal():
    same = Roc.of(np.zeros(10), np.arange(10) < 4)
    assert same.area == 0.5 and same.tpr_at(np.array([0.5, 1.0])).tolist() == [0, 1]


def test_missing_scores_are_no_decisions():
    score, member = decisions()
    score[:, :10] = np.nan
    found, rest = Roc.of(score, member), Roc.of(score[:, 10:], member[:, 10:])
    assert found.area == rest.area and found.members == member[:, 10:].sum()
