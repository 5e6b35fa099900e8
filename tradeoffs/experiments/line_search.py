"""Line search: without a mechanism, put a bounded model on its bound by the training rows.

Training ends near the bound, a little above or below.  Between the unconstrained model and the
bounded one, and a little beyond, the gap runs from too large to small enough, so the first model
on that line that keeps the bound is looked for.  A logistic regression's loss is convex, hence on
the line no worse than at its ends; between two networks there may lie anything, so of these only
the ends are looked at.  Exact gaps are private: no promise allows this.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch

from tradeoffs.data.table import Table
from tradeoffs.engine.batches import active_columns
from tradeoffs.engine.constraint import large_enough
from tradeoffs.engine.population import logits
from tradeoffs.experiments.plan import Plan
from tradeoffs.values.fairness.notion import GroupCounts, spread, worst

# Along the line: 0 is the unconstrained model, 1 the bounded one.  The gap may pass through zero
# before 1, so it is looked for in between, too.
STEPS = np.array([0.5, 0.75, 1.0, 1.25, 1.5, 2.0])
OF_CHANCES = {"residual", "largest_squared_error"}  # the other rates are of decisions
FINER = 8  # parts into which the way from one step to the next is then cut


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Point:
    """A model on the line; its gap is NaN where no two groups can be compared."""

    vector: torch.Tensor
    gap: float
    step: float


def line_search(
    plan: Plan, free: torch.Tensor, own: torch.Tensor, table: Table, rate: float
) -> Point:
    """Return the first model on the line that keeps the bound, or the one nearest to it.

    Args:
        plan: of the bounded model.
        free: parameters of the unconstrained one.
        own: parameters of the bounded one.
        table: the training rows of both.
        rate: at which they were sampled.
    """
    if not torch.isfinite(own).all():  # diverged
        return Point(vector=own, gap=math.nan, step=1.0)
    allowed = plan.training_scenario.max_gap or 0.0
    scored, measured = scores(plan, table), exact_gaps(plan, table, rate)
    ends = scored([free, own])
    start = float(measured(ends[:1])[0])
    if not start > allowed:
        return Point(vector=free, gap=start, step=0.0)

    def gaps(steps: np.ndarray) -> np.ndarray:
        at = torch.from_numpy(steps).to(ends.dtype).unsqueeze(1)
        return measured(torch.lerp(ends[:1], ends[1:], at))

    step = 1.0 if plan.scenario.width else _first(gaps, allowed)
    vector = own if step == 1 else torch.lerp(free, own, step)
    return Point(vector=vector, gap=float(measured(scored([vector]))[0]), step=step)


def _first(gaps: Callable[[np.ndarray], np.ndarray], allowed: float) -> float:
    """Return the first step whose gap is allowed, or else that of the smallest gap."""
    found = gaps(STEPS)
    if not (found <= allowed).any():
        return float(STEPS[found.argmin()])
    place = int((found <= allowed).argmax())
    finer = np.linspace(STEPS[place - 1] if place else 0.0, STEPS[place], FINER + 1)[1:]
    return float(finer[(gaps(finer) <= allowed).argmax()])


def scores(plan: Plan, table: Table) -> Callable[[list[torch.Tensor]], torch.Tensor]:
    """Return what gives parameter vectors' logits (models, rows) on a table."""
    codes = torch.from_numpy(active_columns(table))
    return lambda vectors: logits(vectors, [plan.scenario.width] * len(vectors), codes)


def exact_gaps(plan: Plan, table: Table, rate: float) -> Callable[[torch.Tensor], np.ndarray]:
    """Return what tells of logits (models, rows) the notion's gaps (models,) on training rows.

    Only rates that training holds are compared; NaN where that leaves fewer than two groups.

    Args:
        plan: of the models.
        table: their training rows.
        rate: at which they were sampled.
    """
    group, names = table.group_of(plan.scenario.protected)
    label = table.label.astype(np.float32)
    member = np.eye(len(names), dtype=np.float32)[group]
    chances = not OF_CHANCES.isdisjoint(plan.notion.constrained_rates)

    def measured(logit: torch.Tensor) -> np.ndarray:
        decision = (logit > 0).float().numpy()
        chance = torch.sigmoid(logit.double()).numpy() if chances else decision
        counts = GroupCounts.of(decision, chance, label, member)
        return np.fmax.reduce(
            [_compared(counts, name, rate) for name in plan.notion.constrained_rates]
        )

    return measured


def _compared(counts: GroupCounts, name: str, rate: float) -> np.ndarray:
    """Return (models,): the gap of a rate, or with `largest_` its largest, among held groups."""
    people = {
        "true_positive_rate": counts.positives,
        "false_positive_rate": counts.negatives,
    }.get(name, counts.people)
    held = getattr(counts, name.removeprefix("largest_"))[:, large_enough(people[0], rate)]
    return worst(held) if name.startswith("largest_") else spread(held)
