import numpy as np
import pytest

from tradeoffs.remedies.adaptation.distillation import soft_answers
from tradeoffs.remedies.adaptation.pate import PATE, teacher_of, vote_shares, votes_account
from tradeoffs.remedies.partnership import Partnership
from tradeoffs.scenario import Scenario
from tradeoffs.values.privacy.accountants import gaussian_epsilon

ROWS = 300


def logit(teachers, rows=ROWS, seed=0):
    return np.random.default_rng(seed).normal(size=(teachers, rows))


def partnership(epsilon):
    """Return two communities of ROWS people each, who ask for answers."""
    return Partnership(
        scenario=Scenario.of(epsilon=epsilon),
        seeds=(0,),
        names=("a", "b"),
        rows=np.array([ROWS, 2 * ROWS]),
        epsilon=np.full(2, epsilon or np.inf),
        columns=10,
        ones=3,
        sample_rate=1.0,
        steps=200,
        dial=50,
        key="ab",
    )


def test_one_teacher_without_noise_is_distillation_of_yes_and_no():
    own = logit(1)
    hard = soft_answers(np.zeros(ROWS, bool), own[0], 1.0, 1e-9)
    assert (vote_shares(own, 0.0, np.zeros(ROWS)) == hard).all()


def test_votes_do_not_depend_on_the_order_of_the_teachers():
    own, normals = logit(50), np.random.default_rng(1).normal(size=ROWS)
    order = np.random.default_rng(2).permutation(50)
    assert (vote_shares(own, 5.0, normals) == vote_shares(own[order], 5.0, normals)).all()


def test_a_person_more_or_less_moves_nobody_to_another_teacher():
    row_id = np.arange(2_000)
    whole = teacher_of(row_id, 50)
    assert (teacher_of(row_id[1:], 50) == whole[1:]).all()
    assert set(whole.tolist()) == set(range(50))


def test_a_person_moves_all_counts_together_by_the_distance_accounted_for():
    """A person changes the votes of one teacher; the noise on all of them keeps the request."""
    account = votes_account(partnership(3.0), 0, 40_000)
    assert account and account.delta == pytest.approx(1e-5) and account.epsilon_spent <= 3.0
    one, other = logit(50), logit(50)
    other[1:] = one[1:]
    other[0] = -one[0]  # every vote of one teacher
    counts = [50 * vote_shares(each, 0.0, np.zeros(ROWS)) for each in (one, other)]
    mu = np.linalg.norm(counts[1] - counts[0]) / account.sigma
    assert gaussian_epsilon(float(mu), 1e-5) == pytest.approx(account.epsilon_spent, rel=1e-4)


def test_dp_accounting_finds_the_same_epsilon():
    privacy = pytest.importorskip("dp_accounting")
    account = votes_account(partnership(1.0), 1, 40_000)
    assert account is not None
    votes = privacy.SelfComposedDpEvent(privacy.GaussianDpEvent(account.sigma), 2 * ROWS)
    accountant = privacy.pld.PLDAccountant().compose(votes)
    assert accountant.get_epsilon(account.delta) == pytest.approx(account.epsilon_spent, rel=1e-3)


def test_noise_is_unbiased_and_no_answer_leaves_its_range():
    own = np.where(np.arange(ROWS) % 2, 1.0, -1.0) * np.ones((50, 1))
    normals = np.random.default_rng(1).normal(size=ROWS)
    shares = vote_shares(own, 200.0, normals)
    assert shares.min() == 0 and shares.max() == 1
    half = vote_shares(np.array([[1.0], [-1.0]]) * np.ones(ROWS), 0.1, normals)
    assert half.mean() == pytest.approx(0.5, abs=0.01)


def test_without_a_promise_there_is_no_noise_to_account_for():
    assert votes_account(partnership(None), 0, 40_000) is None


def test_nine_teachers_are_not_on_offer():
    assert PATE.dial is not None and PATE.dial.values[0] == 30 and PATE.dial.whole
