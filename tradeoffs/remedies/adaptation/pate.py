"""PATE: many teachers on disjoint people vote with noise, and a student learns from the vote."""

import numpy as np

from tradeoffs.data.keyed_random import uniform


def teacher_of(row_id: np.ndarray, teachers: int, seed: int) -> np.ndarray:
    """Return the teacher that each row belongs to, int64 (rows,).

    It depends on the row and the seed alone: a person more or less moves nobody to another teacher,
    on which the promise rests that one person can change one vote.

    Args:
        row_id: (rows,) stable ids.
        teachers: how many there are.
        seed: of the draw.
    """
    return (uniform(seed, "teachers", row_id) * teachers).astype(np.int64)


def vote_shares(logit: np.ndarray, sigma: float, normals: np.ndarray) -> np.ndarray:
    """Return the noisy share of teachers that say yes to each row, in [0, 1]; float32 (rows,).

    Args:
        logit: (teachers, rows).
        sigma: standard deviation of the noise on each row's count of yes, in votes.
        normals: (rows,) standard normals, of this release alone.

    Source: Papernot et al. 2018, arXiv 1802.08908, whose noise is added to a count as here.
    """
    count = (logit > 0).sum(0) + sigma * normals
    return np.clip(count / len(logit), 0, 1).astype(np.float32)


def vote_sigma(mu: float, rows: int) -> float:
    """Return the noise on each count of yes with which all answers together have distance `mu`.

    One person can change the vote of one teacher on every row, by 1 each: a sensitivity of
    sqrt(rows).  What the votes turn out to be is not looked at.

    Args:
        mu: Gaussian distance of the promise; inf without one.
        rows: answered.
    """
    return rows**0.5 / mu
