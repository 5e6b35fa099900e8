"""Bound: what training tells of the largest allowed gap. Did it bind, and could it be reached?"""

import math
from collections.abc import Sequence

import numpy as np
import torch

from tradeoffs.data.table import Table
from tradeoffs.pipeline.people import training_table
from tradeoffs.pipeline.resolve import Plan
from tradeoffs.training.adaptive import Clipped
from tradeoffs.training.batches import held_columns
from tradeoffs.training.constraint import Watched
from tradeoffs.training.population import logits
from tradeoffs.values.fairness.notion import GroupCounts

Facts = dict[str, float | str]

BINDING = 0.05  # mean of the largest multiplier, of at most 2, above which the bound has a pull
TOLERANCE = 0.02  # by which a gap in training may miss its bound and is still said to reach it


def facts(plan: Plan, seen: Watched | None) -> Facts:
    """Return what noisy statistics tell of a bound, by name of the column.

    All of it follows from what was released, so it costs no privacy.  What cannot be told because
    nothing could be held is absent.
    """
    told: Facts = {}
    if seen is None:
        return told
    if seen.unheld:
        told["bound_unheld"] = _names(plan, seen)
    if math.isnan(seen.tracked_gap):
        return told
    told["tracked_gap"] = seen.tracked_gap
    told["bound_binding"] = float(seen.multiplier > BINDING)
    room = max(TOLERANCE, 2 * seen.deviation)
    told["bound_reached"] = float(seen.tracked_gap <= (plan.trained.max_gap or 0.0) + room)
    if seen.deviation > 0:
        told["sigma_gap"] = seen.deviation
    return told


OF_WHOM = {"true_positive_rate": " (positives)", "false_positive_rate": " (negatives)"}


def _names(plan: Plan, seen: Watched) -> str:
    names = _groups(plan)
    return "; ".join(f"{names[group]}{OF_WHOM.get(rate, '')}" for rate, group in seen.unheld)


def _groups(plan: Plan) -> tuple[str, ...]:
    own = plan.scenario
    table = training_table(own)
    return table.group_of(own.protected)[1]


def clipping_facts(plan: Plan, seen: Clipped | None) -> Facts:
    """Return what noisy counts tell of adaptive clipping: mean bounds over the last steps."""
    if seen is None:
        return {}
    if plan.scenario.clipping == "global_adapt":
        return {"clip_reach": seen.reach}
    own, names = plan.scenario.protected, _groups(plan)
    told: Facts = {
        f"clip_norm[{own}={name}]": bound for name, bound in zip(names, seen.bounds, strict=True)
    }
    if not all(seen.known):
        unknown = [name for name, known in zip(names, seen.known, strict=True) if not known]
        told["clipping_unknown"] = "; ".join(unknown)
    return told


def unweighed(plan: Plan, alone: Sequence[tuple[int, int]]) -> Facts:
    """Return whom reweighing left alone because noise drowns how many they are."""
    if not alone:
        return {}
    names, of_whom = _groups(plan), (" (negatives)", " (positives)")
    return {"unweighed": "; ".join(names[group] + of_whom[label] for label, group in alone)}


def training_gap(plan: Plan, vector: torch.Tensor, table: Table | None = None) -> float:
    """Return the exact gap of the notion on the training rows; only without a promise.

    Groups too small for a rate are left out; with fewer than two of them the gap is 0.

    Args:
        plan: of the model.
        vector: its parameters.
        table: its training rows, where they are not those of the plan.
    """
    own = plan.scenario
    if table is None:
        table = training_table(own)
    group, names = table.group_of(own.protected)
    logit = logits([vector], [own.width], torch.from_numpy(held_columns(table)))
    member = np.eye(len(names), dtype=np.float32)[group]
    decision, chance = (logit > 0).float().numpy(), torch.sigmoid(logit.double()).numpy()
    counts = GroupCounts.of(decision, chance, table.label.astype(np.float32), member)
    gap = float(plan.notion.measure(counts)[0])
    return 0.0 if math.isnan(gap) else gap
