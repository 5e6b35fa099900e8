"""The training recipe: every number that is derived, not chosen, from rows, width and epsilon.

Importable without torch: keys of results depend on it.  Raise RECIPE_VERSION when numbers change.
"""

import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

RECIPE_VERSION = 9  # raise it when numbers change for any other reason than recipe.json
STEPS = 200
TAIL = 100  # the last steps, whose weights are averaged
NOISE_BLOCK = 20  # steps of noise handed out at once; part of the recipe, as two are drawn together
MOMENTUM = 0.9
RATES = (0.03, 0.1, 0.3, 1.0)
SMALLEST_BATCH = 500  # expected rows in a batch
TUNED_COLUMNS = 12  # of Adult, on which recipe.json was tuned
TABLE = Path(__file__).with_name("recipe.json")


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipe:
    """How one model is trained; lengths of clipped gradients are in units of the summed loss."""

    sample_rate: float
    steps: int
    delta: float
    learning_rate: float
    clip_norm: float  # inf: no clipping
    momentum: float
    ridge: float = 0.0  # times half the squared weights, beside the summed loss


def sample_rate(rows: float) -> float:
    """Return the smallest rate of the ladder with an expected batch of SMALLEST_BATCH, else 1."""
    return next((rate for rate in RATES if rate * rows >= SMALLEST_BATCH), 1.0)


def delta(rows: float) -> float:
    """Return the delta of (epsilon, delta): below one over the number of people."""
    return min(1e-5, 1 / (2 * rows))


@cache
def _tuned() -> dict[str, dict[str, list[float]]]:
    return json.loads(TABLE.read_text())


def recipe(rows: float, width: int, epsilon: float | None, columns: int = TUNED_COLUMNS) -> Recipe:
    """Return the recipe of a model; `epsilon` None means no mechanism, hence no clipping.

    Without clipping a step's length grows with the loss's curvature, which grows with the columns
    that are 1 in a row: one for each feature, and the bias.  Momentum descent is stable while rate
    times curvature is below 2 (1 + momentum) (Polyak 1964); beyond it a rounding error grows to
    another model.  So the rate falls where a table has more columns than Adult.

    Nothing but a ridge keeps a model without a mechanism from learning its people by heart.  On the
    mean loss it is lambda = ridge / rows, with scikit-learn's C = 1 / ridge: a normal prior of
    variance 1 / ridge on each weight (Hoerl, Kennard 1970; Bishop 2006, section 4.5.1).  A row adds
    up one weight a column, so the ridge grows with the columns, that the prior of a row's sum stays
    as wide.  With a mechanism, and where gradients are clipped only, there is none: few short steps
    do its work, and what clipping alone does is told without another change.

    Learning rate and clip norm are functions of epsilon * rows, the signal that remains above the
    noise, interpolated between the logarithms of the tuned points and constant beyond them.
    """
    tuned = _tuned()["network" if width else "logistic"]
    if epsilon is None:
        steepness = max(1.0, (columns + 1) / (TUNED_COLUMNS + 1))
        rate, clip = tuned["learning_rate_without_mechanism"][0] / steepness, math.inf
        ridge = tuned["ridge_without_mechanism"][0] * (columns + 1) / (TUNED_COLUMNS + 1)
    else:
        rate = _interpolate(epsilon * rows, tuned["signal"], tuned["learning_rate"])
        clip = _interpolate(epsilon * rows, tuned["signal"], tuned["clip_norm"])
        ridge = 0.0
    return Recipe(
        sample_rate=sample_rate(rows),
        steps=STEPS,
        delta=delta(rows),
        learning_rate=rate,
        clip_norm=clip,
        momentum=MOMENTUM,
        ridge=ridge,
    )


def _interpolate(x: float, xs: list[float], ys: list[float]) -> float:
    if x <= xs[0]:
        return ys[0]
    for left, right, low, high in zip(xs, xs[1:], ys, ys[1:], strict=False):
        if x <= right:
            share = math.log(x / left) / math.log(right / left)
            return low * (high / low) ** share
    return ys[-1]
