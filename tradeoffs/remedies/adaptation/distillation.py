"""Distillation: a small model learns the answers of a larger one, on the community's own rows."""

import numpy as np
from scipy.special import expit

TEACHER_WIDTH = 16  # hidden units
TEMPERATURE = 2.0  # by which the teacher's logits are divided before they become answers


def soft_answers(
    label: np.ndarray, logit: np.ndarray, share: float, temperature: float = TEMPERATURE
) -> np.ndarray:
    """Return what the student learns of each row, in [0, 1]; float32 (rows,).

    The cross-entropy is linear in the answer, so a mean of two answers is the mean of two losses.

    Args:
        label: (rows,) bool, the community's own answers.
        logit: (rows,) of the teacher.
        share: of the teacher's answers in the student's; 0 leaves the own ones as they are.
        temperature: above 0; small: yes or no; large: answers near one half, in proportion to the
            logit.

    Source: Hinton, Vinyals, Dean 2015, arXiv 1503.02531; the sum of the two losses as in
    Lopez-Paz, Bottou, Schoelkopf, Vapnik 2016, arXiv 1511.03643, equation 5.
    """
    soft = expit(np.asarray(logit, dtype=np.float64) / temperature)
    return ((1 - share) * label + share * soft).astype(np.float32)


def logit_scale(share: float, temperature: float = TEMPERATURE) -> float:
    """Return by what a student's logit is multiplied at use, as it was learned divided.

    The temperature where the teacher alone answers, 1 where nobody but the label does, and between
    them what makes the logit right near one half.  Decisions do not depend on it; log-loss,
    calibration and explanations do.  Arguments as in `soft_answers`.
    """
    return 1 / ((1 - share) + share / temperature)
