import numpy as np
import pytest
from scipy.special import expit

from tradeoffs.remedies.adaptation.distillation import logit_scale, soft_answers

ROWS, COLUMNS = 400, 7


def people(seed=0):
    rng = np.random.default_rng(seed)
    logit = rng.normal(size=ROWS) * 3
    return rng.random(ROWS) < expit(logit), logit


def fitted(design, answers):
    """Fit a logistic regression to answers in [0, 1] by Newton's method."""
    weight = np.zeros(design.shape[1])
    for _ in range(50):
        chance = expit(design @ weight)
        curvature = (design * (chance * (1 - chance))[:, None]).T @ design
        weight -= np.linalg.solve(curvature, design.T @ (chance - answers))
    return weight


def test_without_a_teacher_answers_are_the_labels():
    label, logit = people()
    found = soft_answers(label, logit, 0.0)
    assert found.dtype == np.float32 and (found == label).all()
    assert logit_scale(0.0) == 1.0


def test_a_low_temperature_is_the_teachers_yes_or_no():
    label, logit = people()
    assert np.abs(soft_answers(label, logit, 1.0, 1e-6) - (logit > 0)).max() < 1e-6


def test_a_high_temperature_matches_logits():
    """A student of soft answers is then the least squares of the teacher's logits."""
    rng = np.random.default_rng(1)
    design = np.append(rng.normal(size=(ROWS, COLUMNS)), np.ones((ROWS, 1)), 1)
    label, _ = people()
    logit = np.tanh(design @ rng.normal(size=COLUMNS + 1)) * 4
    own = fitted(design, soft_answers(label, logit, 1.0, 50.0)) * logit_scale(1.0, 50.0)
    regression, *_ = np.linalg.lstsq(design, logit, rcond=None)
    assert np.abs(design @ (own - regression)).max() < 0.02
    assert ((design @ own > 0) != (design @ regression > 0)).mean() < 0.01


@pytest.mark.parametrize("temperature", [0.5, 2.0, 4.0])
def test_a_student_as_large_as_its_teacher_becomes_it(temperature):
    rng = np.random.default_rng(2)
    design, teacher = rng.normal(size=(ROWS, COLUMNS)), rng.normal(size=COLUMNS)
    label, _ = people()
    answers = soft_answers(label, design @ teacher, 1.0, temperature)
    own = fitted(design, answers) * logit_scale(1.0, temperature)
    assert np.abs(own - teacher).max() < 1e-3


@pytest.mark.parametrize("share", [0.25, 0.75])
def test_a_mixed_answer_is_a_mixed_loss(share):
    label, logit = people()
    chance = np.linspace(0.01, 0.99, ROWS)

    def loss(answer):
        return -(answer * np.log(chance) + (1 - answer) * np.log(1 - chance)).mean()

    own, soft, mixed = (loss(soft_answers(label, logit, s)) for s in (0.0, 1.0, share))
    assert mixed == pytest.approx((1 - share) * own + share * soft, rel=1e-5)


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_near_one_half_the_scaled_logit_is_the_one_that_was_asked_for(share):
    """Where label and teacher agree on a chance near one half, the student's logit is its own."""
    logit = np.array([-0.01, 0.01])
    answers = (1 - share) * expit(logit) + share * expit(logit / 4)
    learned = np.log(answers / (1 - answers)) * logit_scale(share, 4.0)
    assert np.allclose(learned, logit, rtol=1e-4)
