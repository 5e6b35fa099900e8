"""Scores: how sure an attacker is that a person was trained on, for each model and person."""

from collections.abc import Callable, Mapping

import numpy as np

from tradeoffs.attacks.leakage import Attack

PER_PERSON = 64  # models from which each person's variances are told apart
LEAST_SHADOWS = 2  # with, and without a person; below, a decision is left out
TINY = 1e-12  # added to variances, so that equal confidences divide


def loss(confidence: np.ndarray, member: np.ndarray, per_person: bool) -> np.ndarray:
    """Return the confidences themselves: the loss falls with them, one threshold for everybody.

    Arguments as for `lira`, of which only the first counts.

    Source: Yeom et al. 2018, arXiv 1709.01604.
    """
    del member, per_person
    return confidence


def lira(confidence: np.ndarray, member: np.ndarray, per_person: bool) -> np.ndarray:
    """Return (models, people) log likelihood ratios, each model with all others as its shadows.

    For each person two normals are fitted to the confidences of the models that were, and were
    not, trained on them; the model attacked is left out of both.  A person with fewer than
    LEAST_SHADOWS shadows of a kind gets NaN, which tells nothing about the model attacked, whose
    coin is independent of theirs.

    Args:
        confidence: (models, people), logit of the true label's probability.
        member: (models, people) bool.
        per_person: whether each person has variances of their own; with few models all share.

    Source: Carlini et al. 2022, arXiv 2112.03570, algorithm 1 and section VI.
    """
    inside, outside = (_log_normal(confidence, some, per_person) for some in (member, ~member))
    return inside - outside


def _log_normal(confidence: np.ndarray, chosen: np.ndarray, per_person: bool) -> np.ndarray:
    """Return log densities at each model's confidence, fitted to the other chosen models'."""
    weight = chosen.astype(float)
    count, total, square = (
        part.sum(0) - part for part in (weight, weight * confidence, weight * confidence**2)
    )
    count = np.where(count >= LEAST_SHADOWS, count, np.nan)
    mean = total / count
    scatter = np.maximum(square - total * mean, 0)
    if per_person:
        variance = scatter / (count - 1)
    else:
        free = np.nansum(count - 1, axis=1, keepdims=True)
        variance = np.nansum(scatter, axis=1, keepdims=True) / np.maximum(free, 1)
    variance = variance + TINY
    return -((confidence - mean) ** 2) / (2 * variance) - np.log(variance) / 2


SCORES: Mapping[Attack, Callable[[np.ndarray, np.ndarray, bool], np.ndarray]] = {
    "lira": lira,
    "loss": loss,
}
