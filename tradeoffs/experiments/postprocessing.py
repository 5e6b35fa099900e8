"""After training: fit the decision rule of a stage on training rows, and apply it."""

import math
from collections.abc import Mapping

import numpy as np
import torch

from tradeoffs.data.keyed_random import uniform
from tradeoffs.data.table import Table
from tradeoffs.engine.batches import active_columns
from tradeoffs.engine.noise import fill, generator
from tradeoffs.engine.population import logits
from tradeoffs.experiments.bound import Facts, against_bound
from tradeoffs.experiments.plan import Plan
from tradeoffs.experiments.training_data import training_table
from tradeoffs.remedies import group_thresholds
from tradeoffs.remedies.threshold_optimizer import optimised
from tradeoffs.remedies.thresholds import Thresholds
from tradeoffs.scenario import digest
from tradeoffs.stats.proportions import SMALLEST_CELL
from tradeoffs.values.fairness.notion import GroupCounts

RULE = "thresholds"  # the fact that keeps a rule, as JSON


def decides_after(plan: Plan) -> bool:
    """Say whether a rule that was fitted after training takes the decisions."""
    return plan.stage is not None and plan.stage.when == "after"


def fit_rule(plan: Plan, vector: torch.Tensor) -> Facts:
    """Fit the plan's rule on its training rows; return it with what is told of the bound.

    Where the bound is met without a rule, there is none.  Groups too small are left alone.

    Args:
        plan: of the model.
        vector: its parameters.
    """
    own = plan.scenario
    table = training_table(own)
    score = _scores(plan, vector, table)
    if not np.isfinite(score).all():
        return {}
    if own.stage == "threshold_optimizer":
        return _optimised(plan, table, score)
    return _group_thresholds(plan, table, score)


def _scores(plan: Plan, vector: torch.Tensor, table: Table) -> np.ndarray:
    codes = torch.from_numpy(active_columns(table))
    with torch.no_grad():
        return torch.sigmoid(logits([vector], [plan.scenario.width], codes)[0].double()).numpy()


def _optimised(plan: Plan, table: Table, score: np.ndarray) -> Facts:
    own, most = plan.scenario, plan.scenario.max_gap or 0.0
    group, names = table.group_of(own.protected)
    member = np.eye(len(names))[group]
    sizes = np.stack([member[~table.label].sum(0), member[table.label].sum(0)])
    wanted = {"demographic_parity": sizes.sum(0), "equal_opportunity": sizes[1]}
    people = wanted.get(own.notion, sizes.min(0))
    able = (people >= SMALLEST_CELL) & (sizes > 0).all(0)
    told: Facts = {} if able.all() else {"bound_unheld": _named(names, ~able)}
    if able.sum() < 2:
        return told
    gap = _gap(plan, (score > 0.5).astype(float), table, able)
    if gap <= most:
        return told | against_bound(plan, gap, binding=False)
    rows = able[group]
    rule = optimised(score[rows], table.label[rows], np.array(names)[group[rows]], own.notion, most)
    gap = _gap(plan, rule.chance(score, member, names), table, able)
    return told | {RULE: rule.to_json()} | against_bound(plan, gap, binding=True)


def _group_thresholds(plan: Plan, table: Table, score: np.ndarray) -> Facts:
    own, most = plan.scenario, plan.scenario.max_gap or 0.0
    group, names = table.group_of(own.protected)
    noise = plan.budget.sigma_counts or 0.0 if plan.budget else 0.0
    shape = (len(names), 2, group_thresholds.bins(noise))
    counts = group_thresholds.histogram(score, table.label, group, shape)
    if noise:  # one release: sensitivity 1, all records, composed with the training
        drawn = torch.zeros(shape, dtype=torch.float64)
        fill(drawn, generator(int(digest(["histogram of scores", plan.model_key]), 16)))
        counts += noise * drawn.numpy()
    able, deviation = group_thresholds.known(counts, own.notion, noise)
    told: Facts = {} if able.all() else {"bound_unheld": _named(names, ~able)}
    if able.sum() < 2:
        return told
    counts = group_thresholds.refined(counts[able])
    rate, _, _ = group_thresholds.rates(counts, own.notion)
    gap = float(np.ptp(rate[:, group_thresholds.CUTS // 2]))
    sigma = float(np.sqrt(np.square(np.sort(deviation[able])[-2:]).sum())) if noise else 0.0
    if gap <= most:
        return told | against_bound(plan, gap, binding=False, deviation=sigma)
    held = [name for name, one in zip(names, able, strict=True) if one]
    rule = group_thresholds.fitted(counts, held, own.notion, most)
    cuts = [round(rule.groups[name].threshold * group_thresholds.CUTS) for name in held]
    gap = float(np.ptp(rate[np.arange(len(held)), cuts]))
    return told | {RULE: rule.to_json()} | against_bound(plan, gap, binding=True, deviation=sigma)


def _gap(plan: Plan, chance: np.ndarray, table: Table, able: np.ndarray) -> float:
    """Return the notion's gap of expected decisions between the groups that are held."""
    group, _ = table.group_of(plan.scenario.protected)
    member = np.eye(len(able))[group][:, able]
    counts = GroupCounts.of(chance[None], chance[None], table.label.astype(float), member)
    gap = float(plan.notion.measure(counts)[0])
    return 0.0 if math.isnan(gap) else gap


def _named(names: tuple[str, ...], which: np.ndarray) -> str:
    return "; ".join(name for name, one in zip(names, which, strict=True) if one)


def decide(
    logit: np.ndarray,
    member: np.ndarray,
    names: tuple[str, ...],
    row_id: np.ndarray,
    rule: Thresholds,
    seed: int,
) -> np.ndarray:
    """Return (1, rows) bool decisions of one model; each person keeps one draw a seed.

    Args:
        logit: (1, rows).
        member: (rows, groups) of 0 and 1.
        names: of the groups.
        row_id: (rows,) int64.
        rule: of the model.
        seed: of the draws.
    """
    score = 1 / (1 + np.exp(-logit[0].astype(float)))
    return rule.decide(score, member, names, uniform(seed, "decisions", row_id))[None]


def kept(bound: Mapping[str, float | str]) -> Thresholds | None:
    """Return the rule that a model was kept with, if there is one."""
    text = bound.get(RULE)
    return Thresholds.from_json(text) if isinstance(text, str) else None
