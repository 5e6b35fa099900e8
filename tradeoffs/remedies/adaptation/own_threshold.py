"""Own threshold: one number is added to somebody else's logit, so that scores fit the own rate."""

import numpy as np
from scipy.special import expit

STEPS = 2  # releases of a sum of residuals and one of curvatures, where there is a promise
EXACT_STEPS = 60  # without a promise; more change nothing
RESIDUAL_SHARE = 0.9  # of the squared privacy loss, for the residuals
CURVATURE = 0.25  # most that one person adds to the sum of p (1 - p)
FLATTEST = 0.05  # curvature a person below which noise would make a step too long
LONGEST_STEP = 2.0  # of one Newton step, in logits


def intercept_shift(
    logit: np.ndarray, label: np.ndarray, noise: tuple[float, float], normals: np.ndarray
) -> float:
    """Return what to add to every logit, so that the mean score is the share of yes.

    Newton steps on the log-loss of one number.  Each is made from two sums over people: of
    residuals y - p, which one person changes by 1 at most, and of curvatures p (1 - p), by 1/4.
    How many people there are is public.

    Args:
        logit: (rows,) of the model that is adapted.
        label: (rows,) bool.
        noise: standard deviation over sensitivity of both sums, 0 without a promise.
        normals: (steps, 2) standard normals, which decide how many steps there are.

    Source: Newton's method; Gaussian noise on the sums as in Dwork et al. 2006, EUROCRYPT,
    doi 10.1007/11761679_29.
    """
    least = FLATTEST * len(logit) if noise[1] else 1e-9
    shift = 0.0
    for first, second in normals:
        score = expit(logit + shift)
        residual = (label - score).sum() + noise[0] * first
        curvature = (score * (1 - score)).sum() + noise[1] * CURVATURE * second
        step = residual / max(curvature, least)
        shift += float(np.clip(step, -LONGEST_STEP, LONGEST_STEP))
    return shift


def shift_logit(vector: np.ndarray, shift: float) -> np.ndarray:
    """Return the model whose logit is that of `vector` plus a number; float32 (parameters,)."""
    moved = vector.astype(np.float32)
    moved[-1] += np.float32(shift)  # the output's bias is the last parameter
    return moved
