"""Reweighing: people count more or less in training, so that group and label are independent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tradeoffs.remedies.stage import Plan, Stage

if TYPE_CHECKING:
    from tradeoffs.engine.population import ModelSpec


def weigh(spec: ModelSpec, plan: Plan) -> ModelSpec:
    """Let the engine weigh people (see engine/sample_weights.py)."""
    return replace(spec, reweigh=plan.scenario.strength)


REWEIGHING = Stage(
    name="reweighing",
    title="reweighing (pre-processing)",
    help=(
        "People get larger or smaller weights in training, so that every group has the "
        "same weighted share of positive labels. The gap that remains is measured."
    ),
    bounds=None,
    releases="The group counts behind the weights",
    fields=("strength", "protected"),
    by_label=True,
    explanation="The weights themselves change, so the explanation of the score is complete.",
    under_privacy=(
        "The sizes of the groups by label are released once, with noise. Gradients are "
        "clipped after weighting, so a person with a larger weight is clipped more often. "
        "A combination of group and label that is too small to be measured at this "
        "epsilon keeps its weight of 1."
    ),
    formula="w(g, y) = P(G=g) P(Y=y) / P(G=g, Y=y)",
    source="Kamiran & Calders 2012, doi 10.1007/s10115-011-0463-8",
    modify=weigh,
)
