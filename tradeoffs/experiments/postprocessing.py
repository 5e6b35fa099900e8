"""After training: fit the decision rule of a plan's stage on training rows, and apply it."""

from collections.abc import Mapping

import numpy as np
import torch

from tradeoffs.data.keyed_random import uniform
from tradeoffs.data.table import Table
from tradeoffs.engine.batches import active_columns
from tradeoffs.engine.population import logits
from tradeoffs.experiments.bound import Columns, gap_columns
from tradeoffs.experiments.plan import Plan
from tradeoffs.experiments.training_data import training_table
from tradeoffs.remedies.decisions.thresholds import Thresholds

RULE = "thresholds"  # the fact that keeps a rule, as JSON


def fit_rule(plan: Plan, vector: torch.Tensor) -> Columns:
    """Fit the plan's rule on its training rows; return it with what is told of the bound.

    Where the bound is met without a rule, there is none.  Groups too small are left alone.

    Args:
        plan: of the model, with a stage that fits one.
        vector: its parameters.
    """
    if plan.fit_rule is None:
        raise ValueError(f"no stage of {plan.scenario} fits a rule")
    table = training_table(plan.scenario)
    score = _scores(plan, vector, table)
    if not np.isfinite(score).all():
        return {}
    found = plan.fit_rule(plan, table, score)
    told: Columns = {"bound_unheld": "; ".join(found.left_alone)} if found.left_alone else {}
    if found.rule is not None:
        told[RULE] = found.rule.to_json()
    if found.gap is None:
        return told
    binding = found.rule is not None
    return told | gap_columns(plan, found.gap, binding=binding, deviation=found.deviation)


def _scores(plan: Plan, vector: torch.Tensor, table: Table) -> np.ndarray:
    codes = torch.from_numpy(active_columns(table))
    with torch.no_grad():
        return torch.sigmoid(logits([vector], [plan.scenario.width], codes)[0].double()).numpy()


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


def stored_rule(bound: Mapping[str, float | str]) -> Thresholds | None:
    """Return the rule that a model was kept with, if there is one."""
    text = bound.get(RULE)
    return Thresholds.from_json(text) if isinstance(text, str) else None
