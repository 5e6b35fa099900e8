"""Recalibration: slope and intercept of somebody else's logit are learned at home."""

import numpy as np

from tradeoffs.remedies.adaptation.as_is import A_COPY, WITHDRAWS, copy_once
from tradeoffs.remedies.partnership import Partnership, Vectors
from tradeoffs.remedies.random_stream import stream
from tradeoffs.remedies.remedy import Control, Dial, Figures, Remedy
from tradeoffs.stats.sigmoid import sigmoid
from tradeoffs.values.privacy.account import Account, Part, allocate

STEPS = 60  # of gradient descent, where there is a promise
AVERAGED = 30  # of them, the last ones
LEARNING_RATE = 1.5  # of gradient descent; the curvature a person is at most 5/4
CLIP_NORM = 1.0
WIDEST = 4.0  # logit beyond which gradient descent reads no more than this
SCALE = 2.0  # of a logit in gradient descent, where it then weighs about as much as the intercept
EXACT_STEPS = 100  # Newton steps at most, without a promise
SHORTEST = 1e-10  # Newton step that ends them
HELD = 10_000.0  # prior from which on the slope stays at 1
FIXED = 1e12  # prior that no data moves
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
    inputs = _inputs(logit)
    pull = np.array([prior, 0.0])
    found, value = np.array(IDENTITY), _loss(np.array(IDENTITY), inputs, label, prior)
    for _ in range(EXACT_STEPS):
        gradient = inputs.T @ (sigmoid(inputs @ found) - label) + pull * (found - IDENTITY)
        step = np.linalg.solve(_curvature(found, inputs, prior), gradient)
        while (least := _loss(found - step, inputs, label, prior)) > value:
            step = step / 2
        found, value = found - step, least
        if np.abs(step).max() < SHORTEST:
            break
    return float(found[0]), float(found[1])


def slope_error(logit: np.ndarray, line: tuple[float, float], prior: float) -> float:
    """Return the standard error of a slope that `platt` found, by the curvature of its loss."""
    inverse = np.linalg.inv(_curvature(np.array(line), _inputs(logit), prior))
    return float(np.sqrt(inverse[0, 0]))


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
    inputs = np.column_stack([np.clip(logit, -WIDEST, WIDEST) / SCALE, np.ones(rows)])
    start = np.array(IDENTITY) * (SCALE, 1)
    pull = np.array([prior / SCALE**2 / rows, 0.0])
    found, kept = start.copy(), []
    for normal in normals:
        each = (sigmoid(inputs @ found) - label)[:, None] * inputs
        each *= np.minimum(1, CLIP_NORM / np.maximum(np.linalg.norm(each, axis=1), 1e-12))[:, None]
        gradient = (each.sum(0) + sigma * CLIP_NORM * normal) / rows
        # The pull is taken as a proximal step, so that no prior is too large.
        found = found - LEARNING_RATE * gradient
        found = (found + LEARNING_RATE * pull * start) / (1 + LEARNING_RATE * pull)
        kept.append(found)
    slope, intercept = np.mean(kept[-AVERAGED:], axis=0)
    return float(slope / SCALE), float(intercept)


def _inputs(logit: np.ndarray) -> np.ndarray:
    return np.column_stack([logit, np.ones(len(logit))]).astype(np.float64)


def _curvature(at: np.ndarray, inputs: np.ndarray, prior: float) -> np.ndarray:
    score = sigmoid(inputs @ at)
    weighed = inputs * (score * (1 - score))[:, None]
    return weighed.T @ inputs + np.diag([prior, 0.0]) + 1e-9 * np.eye(2)


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


def _account(partnership: Partnership, k: int) -> Account | None:
    if not partnership.private:
        return None
    return allocate(float(partnership.epsilon[k]), partnership.deltas[k], Part(steps=STEPS))


def _prior(partnership: Partnership) -> float:
    return partnership.dial if partnership.dial < HELD else FIXED


def _fit(partnership: Partnership) -> Vectors:
    """Return the provider's models, each with slope and intercept of one community's people."""
    width, prior = partnership.scenario.width, _prior(partnership)
    found: Vectors = []
    for seed, tables, vectors in zip(
        partnership.seeds, partnership.tables, partnership.provider(), strict=True
    ):
        row = []
        for k, (table, vector) in enumerate(zip(tables, vectors, strict=True)):
            logit, account = partnership.scores(vector, table), partnership.accounts[k]
            if account is None:
                line = platt(logit, table.label, prior)
            else:
                normals = stream(partnership, seed, k).normal(size=(STEPS, 2))
                line = private_platt(logit, table.label, prior, account.sigma, normals)
            row.append(recalibrate(vector, *line, width))
        found.append(row)
    return found


def _figures(partnership: Partnership, vectors: Vectors) -> Figures:
    """Return the slope of each model, and its standard error where nothing is to be protected."""
    width, found = partnership.scenario.width, []
    for tables, row, given in zip(partnership.tables, vectors, partnership.provider(), strict=True):
        told: list[dict[str, float | str]] = []
        for table, vector, provided in zip(tables, row, given, strict=True):
            line = line_of(vector, provided, width)
            figures: dict[str, float | str] = {"recalibration_slope": line[0]}
            if not partnership.private:
                logit = partnership.scores(provided, table)
                error = slope_error(logit, line, _prior(partnership))
                figures["recalibration_slope_error"] = error
            told.append(figures)
        found.append(told)
    return found


def line_of(vector: np.ndarray, provided: np.ndarray, width: int) -> tuple[float, float]:
    """Return the slope and intercept that made a model of the provider's; of 0 where none did."""
    own, given = (v[-(width + 1) if width else 0 :].astype(float) for v in (vector, provided))
    size = float(given[:-1] @ given[:-1])
    slope = float(own[:-1] @ given[:-1]) / size if size else 0.0
    return slope, float(own[-1] - slope * given[-1])


RECALIBRATION = Remedy(
    name="recalibration",
    title="recalibration (Platt scaling)",
    help=(
        "The provider's scores are rescaled and shifted so that they fit your people. Two "
        "numbers are learned, a slope and an intercept. A slope of 0 means that the "
        "provider's scores do not rank your people at all; a negative one, that they rank "
        "them in the reverse order."
    ),
    section="adaptation",
    formula="logit_k(x) = a_k logit_provider(x) + b_k, least log-loss + prior (a_k - 1)^2 / 2",
    source=(
        "Platt 1999, Probabilistic Outputs for Support Vector Machines; Niculescu-Mizil, Caruana "
        "2005, doi 10.1145/1102351.1102430"
    ),
    limits=(
        "People are ranked as the provider ranks them, unless the slope is negative. At a "
        "slope of 1 it is the same as an own threshold; with a privacy budget, the two "
        "learn that number from different noisy releases. The provider's own people have "
        "no privacy guarantee, unless a provider with a privacy budget is chosen."
    ),
    dial=Dial(
        title="prior on the slope",
        ends=("any slope", "a slope of 1"),
        values=(0.0, 1.0, 10.0, 100.0, 1_000.0, HELD),
        default=1.0,
        phrase="a prior of {}",
        identity=HELD,
        same_as="own_threshold",
    ),
    needs=("labels", "rows", "provider"),
    control=Control(
        leaves="nothing",
        sees="nobody; nor do you see the provider's people",
        changes="the provider, except for two numbers, which are yours",
        withdraws=WITHDRAWS,
        decides=A_COPY,
    ),
    trusts="nobody outside the community",
    mechanisms=("dp", "none"),
    reason="its gradients are clipped only because of the noise",
    account=_account,
    fit=_fit,
    figures=_figures,
    traffic=copy_once,
)
