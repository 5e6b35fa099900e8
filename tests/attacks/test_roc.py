import numpy as np
import pytest
from scipy import stats
from sklearn.metrics import roc_auc_score, roc_curve

from tradeoffs.attacks.roc import Roc, clopper_pearson, jackknife, jackknifed

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
    for rate, share in zip(RATES, found.recognised(RATES), strict=True):
        assert share == tpr[fpr <= rate].max()


def test_perfect_scores_recognise_everybody_and_turned_round_nobody():
    member = np.arange(40) % 3 == 0
    right, wrong = Roc.of(member.astype(float), member), Roc.of(-member.astype(float), member)
    assert (right.area, wrong.area) == (1, 0)
    assert right.recognised(np.array([0.0]))[0] == 1 and wrong.recognised(np.array([0.5]))[0] == 0


def test_scores_without_content_are_the_diagonal():
    same = Roc.of(np.zeros(10), np.arange(10) < 4)
    assert same.area == 0.5 and same.recognised(np.array([0.5, 1.0])).tolist() == [0, 1]


def test_missing_scores_are_no_decisions():
    score, member = decisions()
    score[:, :10] = np.nan
    found, rest = Roc.of(score, member), Roc.of(score[:, 10:], member[:, 10:])
    assert found.area == rest.area and found.members == member[:, 10:].sum()


@pytest.mark.parametrize(("hits", "trials"), [(0, 50), (3, 50), (50, 50), (17, 1_000)])
def test_the_exact_interval_is_that_of_scipy(hits, trials):
    expected = stats.binomtest(hits, trials).proportion_ci(0.95, "exact")
    assert clopper_pearson(hits / trials, trials) == pytest.approx(tuple(expected), abs=1e-12)


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
