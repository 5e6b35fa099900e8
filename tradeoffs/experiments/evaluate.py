"""Measure: evaluate trained models on select and report, each at its deployment."""

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial

import numpy as np
import torch

from tradeoffs.data.cases import load_cases
from tradeoffs.data.catalogue import dataset
from tradeoffs.data.load import load_split
from tradeoffs.data.report_people import Deployment, people_at
from tradeoffs.data.shifts.compose import compose, unmeasurable
from tradeoffs.data.table import Table
from tradeoffs.data.table_cache import table_cache
from tradeoffs.engine.evaluation import EvaluationSet, Rule, evaluate
from tradeoffs.experiments.fit import Model
from tradeoffs.experiments.plan import Plan, deployment, reported_attributes
from tradeoffs.experiments.postprocessing import decide, stored_rule
from tradeoffs.experiments.training_data import drop_columns
from tradeoffs.measurement import SPLITS, Figures
from tradeoffs.scenario import Shifts


def measure(plans: Sequence[Plan], models: Mapping[str, Model]) -> dict[str, dict]:
    """Measure models, each at its deployment and with its own rule of deciding.

    Args:
        plans: what to measure.
        models: by model key.

    Returns:
        By result key: {"select": figures, "report": figures, "decisions": bytes}; figures that
        are not measurable are absent, and all are for a model that diverged, or where a shift
        leaves too few people or nobody of a group.
    """
    found: dict[str, dict] = {}
    for where in dict.fromkeys(deployment(plan.scenario) for plan in plans):
        here = {p.result_key: p for p in plans if deployment(p.scenario) == where}
        for split in SPLITS:
            for key, entry in _measure(split, where, list(here.values()), models).items():
                found.setdefault(key, {}).update(entry)
    return found


def rule_of(plan: Plan, model: Model, at: EvaluationSet) -> Rule | None:
    """Return what decides beside the score, from logits (1, rows); None if nothing does."""
    own = plan.scenario
    member, names = at.membership[own.protected], at.groups[own.protected]
    chosen, most = plan.notion.decide, own.max_gap
    if chosen is not None and most is not None:
        return lambda logit: chosen(logit, member, most)
    thresholds = stored_rule(model.bound)
    if thresholds is None:
        return None
    people = {"member": member, "names": names, "row_id": at.table.row_id}
    return partial(decide, **people, rule=thresholds, seed=own.seed)


def _measure(
    split: str,
    where: Deployment,
    plans: Sequence[Plan],
    models: Mapping[str, Model],
) -> dict[str, dict]:
    first = plans[0].scenario
    left = remaining_rows(first.dataset, first.label, split, *where)
    if left is not None:
        nothing = {"decisions": bytes(-(-left // 8))} if split == "report" else {}
        return {plan.result_key: {split: {}, **nothing} for plan in plans}
    at = evaluation_set(first.dataset, first.label, first.hide, split, *where)
    weights = [models[plan.model_key].vector for plan in plans]
    widths = [plan.scenario.width for plan in plans]
    rules = [rule_of(plan, models[plan.model_key], at) for plan in plans]
    # What a community gains is told apart by its people, in log-loss too.
    by_fold = split == "report" and bool(first.communities)
    figures, decisions = evaluate(weights, widths, at, rules, by_fold)
    index = {name: place for place, name in enumerate(figures)}
    numbers = np.stack(list(figures.values()), axis=1)  # (models, figures)
    numbers[~np.isfinite(numbers)] = np.nan
    numbers[[not bool(torch.isfinite(vector).all()) for vector in weights]] = np.nan
    found: dict[str, dict] = {}
    for m, plan in enumerate(plans):
        entry: dict = {split: Figures(index, numbers[m])}
        if split == "report":
            entry["decisions"] = decisions[m].tobytes()
        found[plan.result_key] = entry
    return found


@table_cache
@lru_cache(maxsize=64)
def remaining_rows(
    data: str, label: str, split: str, shifts: Shifts, protected: str, *community: str
) -> int | None:
    """Return how many rows are left where shifts leave too few to measure anything, else None."""
    if not shifts or community:
        return None
    before: Table = getattr(load_split(data, label), split)
    after = compose(before, shifts, 0, protected)
    return after.rows if unmeasurable(before, after, protected) else None


def evaluation_set(
    data: str,
    label: str,
    hide: tuple[str, ...],
    split: str,
    shifts: Shifts,
    protected: str,
    *community: str,
) -> EvaluationSet:
    """Return the table of a split at a deployment, laid out for measuring."""
    where: Deployment = (shifts, protected, *community)
    return (_of_community if community else _of_everybody)(data, label, hide, split, where)


@table_cache
@lru_cache(maxsize=12)
def _of_everybody(
    data: str, label: str, hide: tuple[str, ...], split: str, where: Deployment
) -> EvaluationSet:
    return _lay_out(data, label, hide, split, where)


@table_cache
@lru_cache(maxsize=64)  # they are small, and a section is measured in all of a cut
def _of_community(
    data: str, label: str, hide: tuple[str, ...], split: str, where: Deployment
) -> EvaluationSet:
    return _lay_out(data, label, hide, split, where)


def _lay_out(
    data: str, label: str, hide: tuple[str, ...], split: str, where: Deployment
) -> EvaluationSet:
    table = drop_columns(people_at(data, label, split, where), hide)
    return EvaluationSet.of(table, reported_attributes(dataset(data)), load_cases(data).actions)
