"""Threshold optimizer: randomised thresholds by group, fitted by fairlearn on training rows."""

import math
from typing import Literal

import numpy as np

from tradeoffs.data.table import Table
from tradeoffs.remedies.decisions.thresholds import FittedRule, Mixture, Thresholds
from tradeoffs.remedies.stage import Plan, Stage
from tradeoffs.stats.proportions import SMALLEST_CELL
from tradeoffs.values.fairness.notion import GroupCounts, Rate

CONSTRAINTS: dict[  # fairlearn's name of what a notion holds
    tuple[Rate, ...], Literal["demographic_parity", "true_positive_rate_parity", "equalized_odds"]
] = {
    ("selection_rate",): "demographic_parity",
    ("true_positive_rate",): "true_positive_rate_parity",
    ("true_positive_rate", "false_positive_rate"): "equalized_odds",
}


def fit_rule(plan: Plan, table: Table, score: np.ndarray) -> FittedRule:
    """Return fairlearn's rule for the groups that are large enough, where the bound needs one."""
    own, most = plan.scenario, plan.scenario.max_gap or 0.0
    group, names = table.group_of(own.protected)
    member = np.eye(len(names))[group]
    positives, negatives = member[table.label].sum(0), member[~table.label].sum(0)
    cells = {"people": positives + negatives, "positives": positives, "negatives": negatives}
    people = np.min([cells[cell] for cell in plan.notion.cells], axis=0)
    able = (people >= SMALLEST_CELL) & (positives > 0) & (negatives > 0)
    alone = tuple(name for name, one in zip(names, able, strict=True) if not one)
    if able.sum() < 2:
        return FittedRule(left_alone=alone)

    def gap(chance: np.ndarray) -> float:
        """Return the notion's gap of expected decisions between the groups that are held."""
        given = (chance[None], chance[None], table.label.astype(float), member[:, able])
        found = float(plan.notion.measure(GroupCounts.of(*given))[0])
        return 0.0 if math.isnan(found) else found

    usual = gap((score > 0.5).astype(float))
    if usual <= most:
        return FittedRule(gap=usual, left_alone=alone)
    rows = able[group]
    named = np.array(names)[group[rows]]
    rule = optimise(score[rows], table.label[rows], named, plan.notion.constrained_rates, most)
    return FittedRule(rule=rule, gap=gap(rule.chance(score, member, names)), left_alone=alone)


def optimise(
    score: np.ndarray,
    label: np.ndarray,
    group: np.ndarray,
    held: tuple[Rate, ...],
    most: float,
) -> Thresholds:
    """Return fairlearn's rule for scores of rows of groups that all have both labels.

    Args:
        score: (rows,) float64 probabilities.
        label: (rows,) bool.
        group: (rows,) names.
        held: by the notion, one of CONSTRAINTS.
        most: largest difference allowed; 0 where the notion cannot be relaxed.
    """
    from fairlearn.postprocessing import ThresholdOptimizer  # slow to import; workers only

    optimizer = ThresholdOptimizer(
        estimator=_scores(),
        constraints=CONSTRAINTS[held],
        objective="accuracy_score",
        prefit=True,
        predict_method="decision_function",
        tol=most or None,
    )
    # float64, as fairlearn's tables of scores refuse to mix with float32.
    optimizer.fit(score[:, None].astype(float), label.astype(int), sensitive_features=group)
    found = optimizer.interpolated_thresholder_.interpolation_dict
    return Thresholds(groups={str(name): _mixture(one) for name, one in found.items()})


def _scores():
    """Return an estimator whose score is its only column."""
    from sklearn.base import BaseEstimator

    class Scores(BaseEstimator):
        def __sklearn_is_fitted__(self):
            return True

        def fit(self, rows, label):
            return self

        def decision_function(self, rows):
            return np.asarray(rows)[:, 0]

    return Scores()


def _mixture(found) -> Mixture:
    for operation in (found.operation0, found.operation1):
        if operation.operator != ">":
            raise ValueError(f"the rule reverses the scores: {operation}")
    return Mixture(
        threshold=float(found.operation0.threshold),
        first=float(found.p0),
        other=float(found.operation1.threshold),
        second=float(found.p1),
        ignore=float(found.get("p_ignore", 0.0)),
        constant=float(found.get("prediction_constant", 0.0)),
    )


THRESHOLD_OPTIMIZER = Stage(
    name="threshold_optimizer",
    title="randomised thresholds (post-processing)",
    help=(
        "The model stays as it is; each group gets its own thresholds, mixed at random, "
        "that meet the bound on the training data with the fewest errors. A gap in "
        "equalised odds can be closed completely, but not bounded at a larger value."
    ),
    bounds=lambda notion: notion.constrained_rates in CONSTRAINTS,
    only_zero=lambda notion: len(notion.constrained_rates) > 1,
    mechanisms=("clip_only", "none"),
    reason="it needs exact statistics of private rows: the scores of every group by label",
    needs_group=True,
    randomised=True,
    explanation=(
        "The explanation covers the score. The group and chance affect the decision "
        "afterwards, which no explanation of the score shows."
    ),
    under_privacy="Not available: it would use the exact scores of training rows.",
    formula="D = 1 if S > t_g, with t_g drawn from two thresholds of the group g",
    source="Hardt, Price, Srebro 2016, arXiv 1610.02413; fairlearn.postprocessing",
    fit_rule=fit_rule,
)
