import numpy as np
import pytest

from tradeoffs.remedies.adaptation.distillation import soft_answers
from tradeoffs.remedies.adaptation.pate import teacher_of, vote_shares, vote_sigma
from tradeoffs.values.privacy.accountants import gaussian_epsilon, gaussian_mu

ROWS = 300


def logit(teachers, rows=ROWS, seed=0):
    return np.random.default_rng(seed).normal(size=(teachers, rows))


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
    whole = teacher_of(row_id, 50, 3)
    assert (teacher_of(row_id[1:], 50, 3) == whole[1:]).all()
    assert set(whole.tolist()) == set(range(50))
    assert (teacher_of(row_id, 50, 4) != whole).any()


def test_a_person_moves_all_counts_together_by_the_distance_accounted_for():
    """A person changes one teacher, thus each count by 1 at most, in units of the noise mu."""
    mu = gaussian_mu(3.0, 1e-5)
    sigma = vote_sigma(mu, ROWS)
    one, other = logit(50), logit(50)
    other[1:] = one[1:]
    other[0] = -one[0]  # every vote of one teacher
    counts = [50 * vote_shares(each, 0.0, np.zeros(ROWS)) for each in (one, other)]
    assert np.linalg.norm(counts[1] - counts[0]) / sigma == pytest.approx(mu, rel=1e-5)
    assert gaussian_epsilon(ROWS**0.5 / sigma, 1e-5) <= 3.0 * (1 + 1e-9)


def test_noise_is_unbiased_and_no_answer_leaves_its_range():
    own = np.where(np.arange(ROWS) % 2, 1.0, -1.0) * np.ones((50, 1))
    normals = np.random.default_rng(1).normal(size=ROWS)
    shares = vote_shares(own, 200.0, normals)
    assert shares.min() == 0 and shares.max() == 1
    half = vote_shares(np.array([[1.0], [-1.0]]) * np.ones(ROWS), 0.1, normals)
    assert half.mean() == pytest.approx(0.5, abs=0.01)


def test_without_a_promise_there_is_no_noise():
    assert vote_sigma(np.inf, ROWS) == 0
