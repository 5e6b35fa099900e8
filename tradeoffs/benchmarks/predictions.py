"""Answers: the probabilities with which the models of a method say yes, and what they come to.

A randomised classifier is measured by its expectation, a deterministic one has probabilities of
0 and 1: so both are points of one plane, error and gap.
"""

from dataclasses import dataclass

import numpy as np

from tradeoffs.data.table import Table
from tradeoffs.fronts.dominance import nondominated
from tradeoffs.fronts.hypervolume import hypervolume
from tradeoffs.fronts.objectives import ACCURACY, FAIRNESS

LARGEST_GAP = 0.25  # reference of the hypervolume


@dataclass(frozen=True, kw_only=True, slots=True)
class Answers:
    """Of the models of one method, and how long it took to get them."""

    select: np.ndarray  # (models, rows), probability of a positive decision
    report: np.ndarray
    seconds: float  # all models: training, and asking them about both splits


def points(answers: np.ndarray, table: Table, protected: str) -> np.ndarray:
    """Return (models, 2): expected accuracy, and expected gap in selection rates.

    Args:
        answers: (models, rows), probability of a positive decision.
        table: the rows.
        protected: attribute whose groups are compared.
    """
    right = np.where(table.label, answers, 1 - answers).mean(1)
    group, names = table.group_of(protected)
    rates = np.stack([answers[:, group == g].mean(1) for g in range(len(names))])
    return np.stack([right, np.ptp(rates, axis=0)], 1)


def front_hypervolume(answers: Answers, select: Table, report: Table, protected: str) -> float:
    """Return the hypervolume of a front chosen on select and measured on report.

    The reference is the error of the constant answer on report, and a gap of LARGEST_GAP; it is
    the share of the box between these and no error, no gap.
    """
    costs = points(answers.select, select, protected) * (-1, 1)
    chosen = nondominated(costs)
    positive = float(report.label.mean())
    references = {ACCURACY.name: max(positive, 1 - positive), FAIRNESS.name: LARGEST_GAP}
    found = points(answers.report[chosen], report, protected)
    return hypervolume(found, (ACCURACY, FAIRNESS), references)
