"""Faithfulness: whether attributions foretell what the model does without some of the features.

Subsets of features are put back to the baseline.  Per row, the change of the logit is correlated
over the subsets with the sum of the subset's attributions; faithfulness is the mean over rows.  It
is 1 for logistic regression, where the two are the same number.

Source: Bhatt, Weller, Moura 2020 (faithfulness correlation, arXiv 2005.00631).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tradeoffs.values.explanations.attribution import SMALLEST_TOTAL, attributions, path
from tradeoffs.values.explanations.metric import ExplainedModels, ExplanationMetric

if TYPE_CHECKING:
    from torch import Tensor

SUBSETS = 50
ROWS = 32  # on which subsets of features are put back to the baseline
NUMBERS = 4_000_000  # at once, which bounds memory


def subsets(features: int, seed: int = 0, count: int = SUBSETS) -> Tensor:
    """Return (count, features) of 0 and 1: each feature is in a subset with chance one half."""
    import torch

    drawn = np.random.default_rng([seed, features]).random((count, features)) < 0.5
    return torch.from_numpy(drawn.astype(np.float64))


def faithfulness(
    first: Tensor, second: Tensor | None, codes: Tensor, values: Tensor, drawn: Tensor
) -> Tensor:
    """Return (models,) mean correlations, in -1..1; NaN for a constant model.

    A row on which either side is the same for all subsets has no correlation and is left out.

    Args:
        first: (columns, models, units) first layer, the bias as its last column.
        second: (models, units); None for logistic regression.
        codes: (rows, features) int64, the column that each feature holds.
        values: (models, rows, features), their attributions around their own mean.
        drawn: (subsets, features) of 0 and 1, from `subsets`.
    """
    foretold = values @ drawn.to(values.dtype).t()
    if second is None:
        return _mean_correlation(foretold, foretold)
    import torch

    models, units = second.shape
    size = max(1, NUMBERS // (len(codes) * len(drawn) * units))
    parts = []
    for a in range(0, models, size):
        some = slice(a, a + size)
        there = _change(first[:, some].contiguous(), second[some], codes, drawn)
        parts.append(_mean_correlation(foretold[some], there))
    return torch.cat(parts)


def _change(first: Tensor, second: Tensor, codes: Tensor, drawn: Tensor) -> Tensor:
    """Return (models, rows, subsets): minus the logit with each subset at the baseline."""
    import torch

    start, moved = path(first, codes)
    kept = (1 - drawn).to(first.dtype)
    hidden = kept @ torch.stack(moved).flatten(1)
    hidden = hidden.view(len(drawn), *moved[0].shape).add_(start).clamp_(min=0)
    return -(hidden * second).sum(3).permute(2, 1, 0)


def _mean_correlation(one: Tensor, other: Tensor) -> Tensor:
    """Return (models,): Pearson's correlation over the last axis, averaged over rows."""
    one, other = (part.double() - part.double().mean(2, keepdim=True) for part in (one, other))
    scale = one.square().sum(2).sqrt() * other.square().sum(2).sqrt()
    smallest = one.shape[2] * SMALLEST_TOTAL**2
    value = (one * other).sum(2) / scale
    return value.masked_fill(scale < smallest, float("nan")).nanmean(1)


def measure(models: ExplainedModels) -> dict[str, Tensor]:
    """Return the faithfulness of models on the first of the explained rows."""
    codes = models.codes[:ROWS]
    values = attributions(models.first, models.second, codes, models.sizes)
    drawn = subsets(codes.shape[1])
    return {FAITHFULNESS.name: faithfulness(models.first, models.second, codes, values, drawn)}


FAITHFULNESS = ExplanationMetric(
    name="faithfulness",
    title="Faithfulness of attributions",
    words="attributions predict the model better",
    better="high",
    unit="correlation, -1 to 1",
    help=(
        "How well the attributions of some features predict the change in the model's "
        "output when these features are set back to the average person's values. Always 1 "
        "for logistic regression."
    ),
    formula="mean_i corr_S(sum_{j in S} phi_ij, z(x_i) - z(x_i with S at the baseline)), 50 S",
    source="Bhatt, Weller, Moura 2020, arXiv 2005.00631",
    undefined="the model gives everybody the same answer, so its output does not change",
    ideal=1.0,
    reference=0.0,
    measure=measure,
)
