"""Own threshold: one number is added to somebody else's logit, so that scores fit the own rate."""

import numpy as np

from tradeoffs.remedies.adaptation.as_is import A_COPY, WITHDRAWS, copy_once
from tradeoffs.remedies.partnership import Partnership, Vectors
from tradeoffs.remedies.random_stream import stream
from tradeoffs.remedies.remedy import Control, Remedy
from tradeoffs.stats.sigmoid import sigmoid
from tradeoffs.values.privacy.account import Account, Part, allocate

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
        score = sigmoid(logit + shift)
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


def _account(partnership: Partnership, k: int) -> Account | None:
    if not partnership.private:
        return None
    residuals = Part(share=RESIDUAL_SHARE, steps=STEPS)
    curvatures = Part(share=1 - RESIDUAL_SHARE, steps=STEPS)
    return allocate(float(partnership.epsilon[k]), partnership.deltas[k], residuals, curvatures)


def _fit(partnership: Partnership) -> Vectors:
    """Return the provider's models, each with the shift that one community's people ask for."""
    found: Vectors = []
    for seed, tables, vectors in zip(
        partnership.seeds, partnership.tables, partnership.provider(), strict=True
    ):
        row = []
        for k, (table, vector) in enumerate(zip(tables, vectors, strict=True)):
            account = partnership.accounts[k]
            steps = STEPS if account else EXACT_STEPS
            normals = stream(partnership, seed, k).normal(size=(steps, 2))
            first, second = account.noise if account else (0.0, 0.0)
            logit = partnership.scores(vector, table)
            shift = intercept_shift(logit, table.label, (first, second), normals)
            row.append(shift_logit(vector, shift))
        found.append(row)
    return found


OWN_THRESHOLD = Remedy(
    name="own_threshold",
    title="own threshold",
    help=(
        "The provider's model ranks your people, and you move its threshold, so that its "
        "scores fit the base rate of your people (their share of positive labels). One "
        "number is learned from your people."
    ),
    section="adaptation",
    formula="logit_k(x) = logit_provider(x) + b_k, where mean_i s_k(x_i) = mean_i y_i",
    source="Saerens, Latinne, Decaestecker 2002, doi 10.1162/089976602753284446",
    limits=(
        "The order in which the provider ranks people does not change, even where it is "
        "wrong. The provider's own people have no privacy guarantee, unless a provider "
        "with a privacy budget is chosen."
    ),
    needs=("labels", "rows", "provider"),
    control=Control(
        leaves="nothing",
        sees="nobody; nor do you see the provider's people",
        changes="the provider, except for one number, which is yours",
        withdraws=WITHDRAWS,
        decides=A_COPY,
    ),
    trusts="nobody outside the community",
    mechanisms=("dp", "none"),
    reason="two sums are released with noise, and nothing is clipped",
    account=_account,
    fit=_fit,
    traffic=copy_once,
)
