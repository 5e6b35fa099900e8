"""Own threshold and recalibration: laws, scikit-learn's figures, and what noise does."""

import numpy as np
import pytest
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from tradeoffs.remedies.adaptation.own_threshold import (
    EXACT_STEPS,
    STEPS,
    intercept_shift,
    shift_logit,
)
from tradeoffs.remedies.adaptation.recalibration import STEPS as DESCENT
from tradeoffs.remedies.adaptation.recalibration import (
    line_of,
    platt,
    private_platt,
    recalibrate,
    slope_error,
)
from tradeoffs.values.privacy.account import Part, allocate


def people(slope, intercept, rows=2_000, seed=0):
    draw = np.random.default_rng(seed)
    logit = draw.normal(0, 1.5, rows)
    return logit, draw.random(rows) < expit(slope * logit + intercept)


@pytest.mark.parametrize("intercept", [-6.0, -2.0, 0.0, 3.0])
def test_without_noise_the_mean_score_is_the_share_of_yes(intercept):
    logit, label = people(1, intercept)
    shift = intercept_shift(logit, label, (0, 0), np.zeros((EXACT_STEPS, 2)))
    assert expit(logit + shift).mean() == pytest.approx(label.mean(), abs=1e-9)


def test_slope_and_intercept_are_those_of_scikit_learn():
    logit, label = people(0.4, -1)
    oracle = LogisticRegression(C=np.inf, tol=1e-10).fit(logit[:, None], label)
    assert platt(logit, label, 0) == pytest.approx((oracle.coef_[0, 0], oracle.intercept_[0]), 1e-5)


def test_the_error_of_the_slope_is_its_spread_over_draws_of_people():
    drawn = [people(0.7, -1, rows=500, seed=seed) for seed in range(200)]
    lines = [platt(*one, 0) for one in drawn]
    told = np.mean([slope_error(one[0], line, 0) for one, line in zip(drawn, lines, strict=True)])
    assert told == pytest.approx(np.std([slope for slope, _ in lines]), rel=0.15)


def test_a_slope_that_is_held_leaves_the_own_threshold():
    logit, label = people(0.4, -1)
    slope, intercept = platt(logit, label, 1e12)
    own = intercept_shift(logit, label, (0, 0), np.zeros((EXACT_STEPS, 2)))
    assert (slope, intercept) == pytest.approx((1, own), abs=1e-7)


@pytest.mark.parametrize("prior", [0, 1])
def test_scores_that_tell_both_answers_apart_give_finite_numbers(prior):
    logit = np.linspace(-3, 3, 100)
    assert np.isfinite(platt(logit, logit > 0.1, prior)).all()


def test_scores_that_order_people_the_wrong_way_round_get_a_negative_slope():
    logit, label = people(-0.8, 0)
    assert platt(logit, label, 1)[0] < 0


def test_with_little_noise_descent_comes_to_the_same_numbers():
    logit, label = people(0.9, -0.7)
    near = private_platt(logit, label, 1, 1e-9, np.zeros((400, 2)))
    assert near == pytest.approx(platt(logit, label, 1), abs=0.1)  # gradients stay clipped


@pytest.mark.parametrize("slope", [-1.0, 0.2, 1.0])
def test_with_noise_the_slope_is_found_from_wherever_it_is(slope):
    draw, sigma = np.random.default_rng(3), allocate(1.0, 1e-5, Part(steps=DESCENT)).sigma
    found = [
        private_platt(*people(slope, -1, 1_000, seed), 1, sigma, draw.normal(size=(DESCENT, 2)))[0]
        for seed in range(40)
    ]
    assert np.mean(found) == pytest.approx(slope, abs=0.15) and np.std(found) < 0.2


def test_one_person_more_or_less_changes_no_sum_by_more_than_was_accounted_for():
    logit = np.array([-9.0, -1.0, 0.0, 3.0, 9.0])
    score = expit(logit)
    assert np.abs([answer - score for answer in (0, 1)]).max() <= 1
    assert (score * (1 - score)).max() <= 0.25


def test_noise_spreads_the_numbers_about_those_without():
    logit, label = people(1, -1, rows=300)
    draw = np.random.default_rng(1)
    shifts = [
        intercept_shift(logit, label, (8.0, 24.0), draw.normal(size=(STEPS, 2))) for _ in range(200)
    ]
    exact = intercept_shift(logit, label, (0, 0), np.zeros((EXACT_STEPS, 2)))
    assert 0.03 < np.std(shifts) < 0.5
    assert np.mean(shifts) == pytest.approx(exact, abs=4 * np.std(shifts) / 200**0.5 + 0.02)
    slopes = [
        private_platt(logit, label, 1, 10.0, draw.normal(size=(DESCENT, 2)))[0] for _ in range(100)
    ]
    assert 0.01 < np.std(slopes) < 0.5


@pytest.mark.parametrize("width", [0, 3])
def test_a_model_is_moved_in_its_output_alone(width):
    columns, draw = 5, np.random.default_rng(2)
    vector = draw.normal(size=columns * width + width + 1 if width else columns).astype(np.float32)
    inputs = np.append(draw.integers(0, 2, columns - 1), 1)

    def logit(v):
        if not width:
            return inputs @ v
        hidden = np.maximum(inputs @ v[: columns * width].reshape(columns, width), 0)
        return hidden @ v[columns * width : -1] + v[-1]

    moved = logit(recalibrate(vector, -0.5, 2, width))
    assert moved == pytest.approx(-0.5 * logit(vector) + 2, abs=1e-5)
    assert line_of(recalibrate(vector, -0.5, 2, width), vector, width) == pytest.approx((-0.5, 2))
    assert logit(shift_logit(vector, 0.7)) == pytest.approx(logit(vector) + 0.7, abs=1e-5)
