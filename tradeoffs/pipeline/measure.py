"""Measure: evaluate trained models on select and report, each at its deployment."""

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial

import torch

from tradeoffs.data.cases import load_cases
from tradeoffs.data.catalogue import dataset
from tradeoffs.data.load import load_split
from tradeoffs.data.shifts.catalogue import shift
from tradeoffs.data.table import Table
from tradeoffs.pipeline.resolve import Plan, deployment, reported
from tradeoffs.results import SPLITS
from tradeoffs.training.evaluation import Rule, Yardstick, evaluate
from tradeoffs.values.fairness.quota import rule as quota_rule


def measure(plans: Sequence[Plan], vectors: Mapping[str, torch.Tensor]) -> dict[str, dict]:
    """Measure models, each at its deployment.

    Returns:
        By result key: {"select": figures, "report": figures, "decisions": bytes}; figures that
        are not measurable are absent, and all are for a model that diverged.
    """
    found: dict[str, dict] = {}
    for where, decides in dict.fromkeys((deployment(p.scenario), _decides(p)) for p in plans):
        here = {
            plan.result_key: plan
            for plan in plans
            if (deployment(plan.scenario), _decides(plan)) == (where, decides)
        }
        for split in SPLITS:
            for key, entry in _measure(split, where, list(here.values()), vectors).items():
                found.setdefault(key, {}).update(entry)
    return found


def _decides(plan: Plan) -> tuple[str, float] | None:
    """Return the groups and the bound of a rule that decides beside the score, if there is one."""
    own = plan.scenario
    if not plan.notion.at_decision or own.max_gap is None:
        return None
    return (own.protected, own.max_gap)


def _rule(plan: Plan, at: Yardstick) -> Rule | None:
    decides = _decides(plan)
    if decides is None:
        return None
    protected, most = decides
    return partial(quota_rule, member=at.membership[protected], most=most)


def _measure(
    split: str,
    where: tuple[str, float, str],
    plans: Sequence[Plan],
    vectors: Mapping[str, torch.Tensor],
) -> dict[str, dict]:
    first = plans[0].scenario
    at = yardstick(first.dataset, first.label, first.hide, split, *where)
    weights = [vectors[plan.model_key] for plan in plans]
    widths = [plan.scenario.width for plan in plans]
    figures, decisions = evaluate(weights, widths, at, _rule(plans[0], at))
    found: dict[str, dict] = {}
    for m, plan in enumerate(plans):
        finite = bool(torch.isfinite(weights[m]).all())
        values = {name: float(column[m]) for name, column in figures.items()}
        entry: dict = {split: {k: v for k, v in values.items() if finite and math.isfinite(v)}}
        if split == "report":
            entry["decisions"] = decisions[m].tobytes()
        found[plan.result_key] = entry
    return found


@lru_cache(maxsize=12)
def yardstick(
    data: str,
    label: str,
    hide: tuple[str, ...],
    split: str,
    name: str,
    intensity: float,
    protected: str,
) -> Yardstick:
    """Return the table of a split at a deployment, laid out for measuring."""
    table: Table = getattr(load_split(data, label), split)
    if intensity:
        table = shift(name).apply(table, intensity, 0, protected)
    if hide:
        table = table.without(hide)
    return Yardstick.of(table, reported(dataset(data)), load_cases(data).actions)
