"""A clinic: an illness that shows otherwise in another place, and models for that place.

Patients, illness and signs are made up.  Three in ten are ill, here and there.  Eight signs are
present or not, each by itself.  Here the ill show the first four more often; there, as `face` goes
from 0 to 1, ever less of these and ever more of the last four.  Healthy people show all signs
alike, here and there.  So P(signs given illness) differs by place, and nothing else does: the
manifestation shift of Castro, Walker, Glocker 2020, arXiv 1912.08142.

What a model finds is computed for the whole made-up population, not for a sample of it.
"""

from typing import Any

import numpy as np

from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import estimate

SEEDS = 20  # draws of the patients that are trained on
ILL = 0.3
HERE = 3000  # patients with a diagnosis in the place where the model was made
FACES = (0.0, 0.25, 0.5, 0.75, 1.0)
LABELLED = (10, 30, 100, 300, 1000, 3000)  # patients with a diagnosis in the other place
SIGNS, OFTEN, SELDOM, HEALTHY = 8, 0.6, 0.1, 0.15  # how often a sign shows
PENALTY = 1.0  # on squared weights, as scikit-learn's C = 1
STEPS = 12  # of Newton's method
CELLS = (np.arange(2**SIGNS)[:, None] >> np.arange(SIGNS)) & 1  # (cells, signs)
ONE_SIZE, LOCAL, POOLED, BEST = "one size", "local", "pooled", "the best there is"
COMPARED = ((LOCAL, ONE_SIZE), (POOLED, LOCAL))


def answer(scenario: Scenario) -> list[dict[str, Any]]:
    """Return one record for each face, number of labelled patients there, and model.

    Columns: `face`; `labelled`; `model`: one size (trained here), local (trained there), pooled (on
    both) or the best that signs allow there; `against`, another model whose share is subtracted, or
    None; `value`, the share of the ill in the other place that the model finds where as many can be
    examined as are ill, mean over draws; `low` and `high`, its 95 % interval.

    Args:
        scenario: its seed is the first.
    """
    seeds = range(scenario.seed, scenario.seed + SEEDS)
    here = [draw(0.0, HERE, np.random.default_rng([seed, 0])) for seed in seeds]
    one_size = fitted(np.stack(here))
    records: list[dict[str, Any]] = []
    for place, face in enumerate(FACES):
        there = population(face)
        best = detection_rate(there[1] / there.sum(0), there)
        for step, labelled in enumerate(LABELLED):
            rngs = [np.random.default_rng([seed, 1, place, step]) for seed in seeds]
            own = np.stack([draw(face, labelled, rng) for rng in rngs])
            weights = {ONE_SIZE: one_size, LOCAL: fitted(own), POOLED: fitted(own + here)}
            at = {"face": face, "labelled": labelled}
            shares = {
                model: np.array([detection_rate(scores(w), there) for w in one])
                for model, one in weights.items()
            } | {BEST: np.full(SEEDS, best)}
            records += [at | _told(model, None, v) for model, v in shares.items()]
            records += [at | _told(a, b, shares[a] - shares[b]) for a, b in COMPARED]
    return records


def population(face: float) -> np.ndarray:
    """Return the share of each combination of signs, healthy and ill; (2, cells), sums to 1."""
    first = np.arange(SIGNS) < SIGNS // 2
    ill = np.where(first, OFTEN, SELDOM) + face * (OFTEN - SELDOM) * np.where(first, -1, 1)
    chance = np.stack([np.full(SIGNS, HEALTHY), ill])  # (2, signs)
    cells = np.where(CELLS, chance[:, None], 1 - chance[:, None]).prod(-1)
    return cells * np.array([[1 - ILL], [ILL]])


def draw(face: float, patients: int, rng: np.random.Generator) -> np.ndarray:
    """Return how many patients have each combination of signs, healthy and ill; (2, cells)."""
    share = population(face)
    return rng.multinomial(patients, share.ravel() / share.sum()).reshape(share.shape)


def scores(weights: np.ndarray) -> np.ndarray:
    """Return the logit of each combination of signs; (cells,)."""
    return CELLS @ weights[:-1] + weights[-1]


def fitted(counts: np.ndarray) -> np.ndarray:
    """Return logistic regressions of illness on signs; (models, signs + 1), the bias last.

    Args:
        counts: (models, 2, cells) patients, healthy and ill.
    """
    design = np.concatenate([CELLS, np.ones((len(CELLS), 1))], 1)
    ridge = PENALTY * np.eye(SIGNS + 1)
    ridge[-1, -1] = 1e-6  # the bias is free, but for places where all are ill, or nobody
    people = counts.sum(1)
    weights = np.zeros((len(counts), SIGNS + 1))
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-weights @ design.T))
        slope = (people * chance - counts[:, 1]) @ design + weights @ ridge
        curve = np.einsum("mc,ci,cj->mij", people * chance * (1 - chance), design, design) + ridge
        weights -= np.linalg.solve(curve, slope[..., None])[..., 0]
    return weights


def detection_rate(score: np.ndarray, there: np.ndarray) -> float:
    """Return the share of the ill among those examined first, as many as are ill.

    Equal scores share the last places.

    Args:
        score: (cells,), higher is examined sooner.
        there: (2, cells) shares of people, healthy and ill.
    """
    order = np.argsort(-score, kind="stable")
    _, tie = np.unique(-score[order], return_inverse=True)
    people, ill = (np.bincount(tie, part[order]) for part in (there.sum(0), there[1]))
    left = np.clip((ILL - (np.cumsum(people) - people)) / people, 0, 1)
    return float(left @ ill / ILL)


def _told(model: str, against: str | None, shares: np.ndarray) -> dict[str, Any]:
    return {"model": model, "against": against, **estimate(shares).record}
