"""Recourse as metrics: how far the refused are from the positive decision, and groups apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from tradeoffs.stats.proportions import SMALLEST_CELL
from tradeoffs.values.explanations.metric import ExplainedModels, ExplanationMetric
from tradeoffs.values.fairness.notion import spread

if TYPE_CHECKING:
    from torch import Tensor


def measure(models: ExplainedModels) -> dict[str, Tensor]:
    """Return all metrics of recourse, which follow from the same steps; none if none can change."""
    from tradeoffs.values.explanations.recourse import recourse

    if not models.choices:
        return {}
    given = (models.first, models.second, models.bias, models.codes, models.choices)
    return recourse_figures(recourse(*given), models.membership)


def recourse_figures(steps: Tensor, membership: Mapping[str, np.ndarray]) -> dict[str, Tensor]:
    """Return how far the refused are from the positive decision, and gaps between groups.

    Groups are compared that have enough people among these rows, whomever a model refuses.

    Args:
        steps: (models, rows) of the first rows of the table.
        membership: (rows, groups) of 0 and 1 of each attribute, of at least as many rows.
    """
    import torch

    from tradeoffs.values.explanations.recourse import reach

    whole = reach(steps, torch.ones(steps.shape[1], 1))
    figures = {"recourse_reachable": whole.reachable[:, 0], "recourse_steps": whole.steps[:, 0]}
    for attribute, member in membership.items():
        member = member[: steps.shape[1]]
        by_group = reach(steps, torch.from_numpy(member[:, member.sum(0) >= SMALLEST_CELL]))
        for name, rates in (("gap", by_group.reachable), ("steps_gap", by_group.steps)):
            gap = torch.from_numpy(spread(rates.numpy()))
            figures[f"recourse_{name}[{attribute}]"] = gap
    return figures


RECOURSE_REACHABLE = ExplanationMetric(
    name="recourse_reachable",
    needs_actions=True,
    title="Refused, but within reach",
    words="more of the refused could change their answer",
    better="high",
    unit="share of the refused, 0 to 1",
    help=(
        "The share of the refused who would get the positive decision by changing one or "
        "two features that a person can change."
    ),
    formula="P(there is x' with 1 or 2 changes and z(x') > 0, given z(x) <= 0)",
    source="Ustun, Spangher, Liu 2019, Actionable Recourse, arXiv 1809.06514",
    undefined="too few are refused to measure it",
    ideal=1.0,
    reference=0.0,
    measure=measure,  # of the four together
)

RECOURSE_STEPS = ExplanationMetric(
    name="recourse_steps",
    needs_actions=True,
    title="Steps to the positive decision",
    words="the refused are fewer steps away",
    better="low",
    unit="steps: bins of ordered features, one for a change of any other",
    help=(
        "The smallest number of steps to the positive decision, in one or two features that "
        "a person can change: the mean over the refused for whom there is such a change."
    ),
    formula="mean over refused i in reach of min{steps(x_i, x'): z(x') > 0, 1 or 2 changes}",
    source="Ustun, Spangher, Liu 2019, Actionable Recourse, arXiv 1809.06514",
    undefined="too few of the refused are in reach to measure their steps",
    ideal=1.0,
    reference=10.0,
)

RECOURSE_GAP = ExplanationMetric(
    name="recourse_gap",
    needs_actions=True,
    title="Gap in reach between groups",
    words="groups are closer in what their people could change",
    better="low",
    unit="difference of shares, 0 to 1",
    help=(
        "The largest difference between two groups in the share of their refused people who "
        "could change their answer."
    ),
    formula="max_g r_g - min_g r_g, r_g the share in reach among the refused of group g",
    source="von Kuegelgen et al. 2022, On the Fairness of Causal Recourse, arXiv 2010.06529",
    undefined="too few are refused in the groups to compare them",
    ideal=0.0,
    reference=0.5,
)

RECOURSE_STEPS_GAP = ExplanationMetric(
    name="recourse_steps_gap",
    needs_actions=True,
    title="Gap in steps between groups",
    words="the refused of all groups are equally far away",
    better="low",
    unit="steps",
    help=(
        "The largest difference between two groups in the mean number of steps of their "
        "refused people within reach."
    ),
    formula="max_g s_g - min_g s_g, s_g the mean steps of the refused in reach of group g",
    source="von Kuegelgen et al. 2022, On the Fairness of Causal Recourse, arXiv 2010.06529",
    undefined="too few of the refused are in reach to compare their steps between groups",
    ideal=0.0,
    reference=5.0,
)
