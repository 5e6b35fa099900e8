"""Recalibration: slope and intercept of somebody else's logit are learned at home."""

import numpy as np
from scipy.special import expit

STEPS = 25  # of gradient descent, where there is a promise
AVERAGED = 10  # of them, the last ones
LEARNING_RATE = 2.0  # of gradient descent; the curvature a person is below 1/2
CLIP_NORM = 1.0
WIDEST = 4.0  # logit beyond which gradient descent reads no more than this
EXACT_STEPS = 100  # Newton steps at most, without a promise
SHORTEST = 1e-10  # Newton step that ends them
IDENTITY = (1.0, 0.0)  # slope and intercept


def platt(logit: np.ndarray, label: np.ndarray, prior: float) -> tuple[float, float]:
    """Return slope and intercept with the least log-loss, and a pull of the slope towards 1.

    Newton steps are halved until the loss falls: scores that tell both answers apart have no least
    loss without a pull, and whole steps diverge on them.

    Args:
        logit: (rows,) of the model that is recalibrated.
        label: (rows,) bool.
        prior: times half the squared distance of the slope from 1, beside the summed loss.  A large
            one leaves the intercept alone to learn.

    Source: Platt 1999, Probabilistic Outputs for Support Vector Machines; Lin, Lin, Weng 2007,
    doi 10.1007/s10994-007-5018-6, on the damping.
    """
    inputs = np.column_stack([logit, np.ones(len(logit))]).astype(np.float64)
    pull = np.array([prior, 0.0])
    found, value = np.array(IDENTITY), _loss(np.array(IDENTITY), inputs, label, prior)
    for _ in range(EXACT_STEPS):
        score = expit(inputs @ found)
        gradient = inputs.T @ (score - label) + pull * (found - IDENTITY)
        curvature = (inputs * (score * (1 - score))[:, None]).T @ inputs + np.diag(pull)
        step = np.linalg.solve(curvature + 1e-9 * np.eye(2), gradient)
        while (least := _loss(found - step, inputs, label, prior)) > value:
            step = step / 2
        found, value = found - step, least
        if np.abs(step).max() < SHORTEST:
            break
    return float(found[0]), float(found[1])


def private_platt(
    logit: np.ndarray, label: np.ndarray, prior: float, sigma: float, normals: np.ndarray
) -> tuple[float, float]:
    """Return slope and intercept by gradient descent with clipping and noise, from (1, 0).

    Args:
        logit: (rows,) of the model that is recalibrated.
        label: (rows,) bool.
        prior: as in `platt`.
        sigma: noise over the clip norm.
        normals: (STEPS, 2) standard normals.

    Source: Abadi et al. 2016, arXiv 1607.00133, algorithm 1, on two parameters.
    """
    rows = len(logit)
    inputs = np.column_stack([np.clip(logit / WIDEST, -1, 1), np.ones(rows)])
    start = np.array(IDENTITY) * (WIDEST, 1)
    pull = np.array([prior / WIDEST**2 / rows, 0.0])
    found, kept = start.copy(), []
    for normal in normals:
        each = (expit(inputs @ found) - label)[:, None] * inputs
        each *= np.minimum(1, CLIP_NORM / np.maximum(np.linalg.norm(each, axis=1), 1e-12))[:, None]
        gradient = (each.sum(0) + sigma * CLIP_NORM * normal) / rows
        # The pull is taken as a proximal step, so that no prior is too large.
        found = found - LEARNING_RATE * gradient
        found = (found + LEARNING_RATE * pull * start) / (1 + LEARNING_RATE * pull)
        kept.append(found)
    slope, intercept = np.mean(kept[-AVERAGED:], axis=0)
    return float(slope / WIDEST), float(intercept)


def _loss(at: np.ndarray, inputs: np.ndarray, label: np.ndarray, prior: float) -> float:
    logit = inputs @ at
    return float(
        np.logaddexp(0, np.where(label, -logit, logit)).sum() + prior * (at[0] - 1) ** 2 / 2
    )


def recalibrate(vector: np.ndarray, slope: float, intercept: float, width: int) -> np.ndarray:
    """Return the model whose logit is slope times that of `vector` plus intercept; float32.

    Args:
        vector: parameters of the model.
        slope: of any sign.
        intercept: in logits.
        width: hidden units; 0 is logistic regression.
    """
    moved = vector.astype(np.float32)
    moved[-(width + 1) if width else 0 :] *= np.float32(slope)
    moved[-1] += np.float32(intercept)
    return moved
