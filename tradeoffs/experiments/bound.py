"""Bound: what training tells of the largest allowed gap. Did it bind, and could it be reached?"""

import math
from collections.abc import Sequence

from tradeoffs.engine.clipping.clipping import ClippingStatistics
from tradeoffs.engine.constraint import ConstraintStatistics
from tradeoffs.experiments.plan import Plan
from tradeoffs.experiments.training_data import training_table
from tradeoffs.results import TOLERANCE

Columns = dict[str, float | str]

BINDING = 0.05  # mean of the largest multiplier, above which the bound has a pull


def constraint_columns(plan: Plan, seen: ConstraintStatistics | None) -> Columns:
    """Return what noisy statistics tell of a bound, by name of the column.

    All of it follows from what was released, so it costs no privacy.  What cannot be told because
    nothing could be held is absent.
    """
    told: Columns = {}
    if seen is None:
        return told
    if seen.unenforceable:
        told["bound_unheld"] = _names(plan, seen)
    if math.isnan(seen.tracked_gap):
        return told
    binding = seen.multiplier > BINDING
    return told | gap_columns(plan, seen.tracked_gap, binding, seen.deviation)


def gap_columns(plan: Plan, gap: float, binding: bool, deviation: float = 0.0) -> Columns:
    """Return what is told of a model's gap in training beside its bound, by name of the column.

    A bound is reached where the gap is at most the bound and some room: TOLERANCE, or twice the
    standard deviation of the gap where that is more.

    Args:
        plan: of the model.
        gap: of the model that is returned, between the groups that are held.
        binding: whether the bound changed the model.
        deviation: of the gap, by noise; 0 where it is exact.
    """
    reached = gap <= (plan.scenario.max_gap or 0.0) + max(TOLERANCE, 2 * deviation)
    noise: Columns = {"sigma_gap": deviation} if deviation > 0 else {}
    return noise | {
        "tracked_gap": gap,
        "bound_binding": float(binding),
        "bound_reached": float(reached),
    }


OF_WHOM = {"true_positive_rate": " (positives)", "false_positive_rate": " (negatives)"}


def _names(plan: Plan, seen: ConstraintStatistics) -> str:
    names = _groups(plan)
    return "; ".join(f"{names[group]}{OF_WHOM.get(rate, '')}" for rate, group in seen.unenforceable)


def _groups(plan: Plan) -> tuple[str, ...]:
    own = plan.scenario
    table = training_table(own)
    return table.group_of(own.protected)[1]


def clipping_columns(plan: Plan, seen: ClippingStatistics | None) -> Columns:
    """Return what noisy counts tell of adaptive clipping: mean bounds over the last steps."""
    adaptation = plan.clipping.adaptation
    if seen is None or adaptation is None:
        return {}
    own = plan.scenario
    return adaptation.facts(seen, own.protected, _groups(plan))


def reweighing_columns(plan: Plan, alone: Sequence[tuple[int, int]]) -> Columns:
    """Return whom reweighing left alone because noise drowns how many they are."""
    if not alone:
        return {}
    names, of_whom = _groups(plan), (" (negatives)", " (positives)")
    return {"unweighed": "; ".join(names[group] + of_whom[label] for label, group in alone)}
