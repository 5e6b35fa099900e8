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
        "People count more or less in training, such that every group has the same share of "
        "positive labels. What gap remains is measured."
    ),
    bounds=None,
    releases="The group counts behind the weights",
    fields=("strength", "protected"),
    by_label=True,
    explanation="The weights themselves change, so the explanation of the score tells it all.",
    under_privacy=(
        "The sizes of the groups by label are released once, with noise. Gradients are clipped "
        "after weighting, so a person who counts more is clipped more often. A group by label too "
        "small to be told at this epsilon keeps its weight of 1."
    ),
    formula="w(g, y) = P(G=g) P(Y=y) / P(G=g, Y=y)",
    source="Kamiran & Calders 2012, doi 10.1007/s10115-011-0463-8",
    modify=weigh,
)
