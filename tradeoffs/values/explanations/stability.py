"""Stability: whether two models explain the same people by the same features.

Per row, the features are ranked by the size of their attributions; stability is Spearman's rank
correlation between two models and the overlap of their three strongest features, averaged over
rows.

Source: Krishna et al. 2022 (disagreement of explanations, arXiv 2202.01602); Saifullah et al. 2024
(explanations under differential privacy, Frontiers in AI 7:1236947).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tradeoffs.values.explanations.attribution import SMALLEST_TOTAL
from tradeoffs.values.explanations.metric import ExplanationMetric

if TYPE_CHECKING:
    from torch import Tensor

TOP = 3

STABILITY = ExplanationMetric(
    name="stability",
    title="Stability of explanations",
    words="people are explained by the same features",
    better="high",
    unit="rank correlation, -1 to 1",
    help=(
        "How similarly two models rank the features of the same people: compared with the "
        "model without constraint and privacy, or between training runs that differ only in "
        "the seed."
    ),
    formula="mean_i Spearman_j(|phi_ij|, |phi'_ij|)",
    source="Krishna et al. 2022, arXiv 2202.01602; Saifullah et al. 2024, Front. AI 7:1236947",
    undefined="one of the models gives everybody the same answer",
    ideal=1.0,
    reference=0.0,
    column=False,
)

TOP_OVERLAP = ExplanationMetric(
    name="top_overlap",
    title="Shared strongest features",
    words="people share their three strongest features",
    better="high",
    unit="Jaccard index, 0 to 1",
    help="How many of a person's three strongest features two models share.",
    formula="mean_i |T_i and T'_i| / |T_i or T'_i|, T_i the three largest |phi_ij|",
    source="Krishna et al. 2022, The Disagreement Problem, arXiv 2202.01602",
    undefined="one of the models gives everybody the same answer, or there are only three features",
    ideal=1.0,
    reference=0.0,
    column=False,
)


class Stability(NamedTuple):
    """Both (pairs,) float64; NaN where a model of the pair is constant."""

    rank_correlation: Tensor  # -1..1, 1: the same order
    top_overlap: Tensor  # 0..1, Jaccard index of the TOP strongest; NaN with TOP features or fewer


def stability(values: Tensor, reference: Tensor) -> Stability:
    """Compare each model with its reference.

    Args:
        values: (models, rows, features) attributions.
        reference: the same of the others, or (1, rows, features) of one for all.
    """
    one, other = ranks(values), ranks(reference)
    usable = _usable(values) & _usable(reference)
    return Stability(
        _mean(_correlation(one, other), usable),
        _mean(_overlap(one, other), usable),
    )


def across(values: Tensor) -> Stability:
    """Compare every two of some models, as (models * (models - 1) / 2,) pairs."""
    import torch

    a, b = torch.triu_indices(len(values), len(values), 1)
    return stability(values[a], values[b])


def ranks(values: Tensor) -> Tensor:
    """Return ranks of |values| along the last axis, 0 the weakest; ties share their mean rank."""
    size = values.abs()
    one, other = size.unsqueeze(-1), size.unsqueeze(-2)
    below, alike = (one > other).sum(-1), (one == other).sum(-1)
    return below.double() + (alike.double() - 1) / 2


def _correlation(one: Tensor, other: Tensor) -> Tensor:
    one, other = (part - part.mean(-1, keepdim=True) for part in (one, other))
    scale = one.square().sum(-1).sqrt() * other.square().sum(-1).sqrt()
    return (one * other).sum(-1) / scale  # NaN where all ranks tie


def _overlap(one: Tensor, other: Tensor) -> Tensor:
    import torch

    features = one.shape[-1]
    if features <= TOP:
        return one.new_full(torch.broadcast_shapes(one.shape, other.shape)[:-1], float("nan"))
    a, b = (part.argsort(dim=-1, descending=True, stable=True)[..., :TOP] for part in (one, other))
    common = (a.unsqueeze(-1) == b.unsqueeze(-2)).sum((-1, -2)).double()
    return common / (2 * TOP - common)


def _usable(values: Tensor) -> Tensor:
    """Return (models,): whose attributions are more than rounding."""
    return values.abs().sum(2).mean(1) >= SMALLEST_TOTAL


def _mean(rows: Tensor, usable: Tensor) -> Tensor:
    return rows.nanmean(1).masked_fill(~usable, float("nan"))
