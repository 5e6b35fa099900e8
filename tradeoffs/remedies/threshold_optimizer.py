"""Threshold optimizer: randomised thresholds by group, fitted by fairlearn on training rows."""

from typing import Literal

import numpy as np

from tradeoffs.remedies.stage import Stage
from tradeoffs.remedies.thresholds import Mixture, Thresholds

CONSTRAINTS: dict[
    str, Literal["demographic_parity", "true_positive_rate_parity", "equalized_odds"]
] = {
    "demographic_parity": "demographic_parity",
    "equal_opportunity": "true_positive_rate_parity",
    "equalized_odds": "equalized_odds",
}

THRESHOLD_OPTIMIZER = Stage(
    name="threshold_optimizer",
    title="randomised thresholds after training",
    help=(
        "The model stays as it is; each group gets thresholds of its own, mixed by chance, that "
        "meet the bound on the training rows with the fewest errors. Equalised odds can be closed, "
        "but not relaxed."
    ),
    when="after",
    notions=tuple(CONSTRAINTS),
    only_zero=("equalized_odds",),
    mechanisms=("clip_only", "none"),
    reason="it needs exact statistics of private rows: the scores of every group by label",
    needs_group=True,
    randomised=True,
    explanation=(
        "The explanation is of the score. The group and chance act on the decision after it, and "
        "no explanation of the score shows them."
    ),
    under_privacy="Not available: exact scores of training rows would be looked at.",
    formula="D = 1 if S > t_g, with t_g drawn from two thresholds of the group g",
    source="Hardt, Price, Srebro 2016, arXiv 1610.02413; fairlearn.postprocessing",
)


def optimised(
    score: np.ndarray, label: np.ndarray, group: np.ndarray, notion: str, most: float
) -> Thresholds:
    """Return fairlearn's rule for scores of rows of groups that all have both labels.

    Args:
        score: (rows,) float64 probabilities.
        label: (rows,) bool.
        group: (rows,) names.
        notion: one of CONSTRAINTS.
        most: largest difference allowed; 0 where the notion cannot be relaxed.
    """
    from fairlearn.postprocessing import ThresholdOptimizer  # slow to import; workers only

    optimizer = ThresholdOptimizer(
        estimator=_scores(),
        constraints=CONSTRAINTS[notion],
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
            raise ValueError(f"the rule turns scores around: {operation}")
    return Mixture(
        threshold=float(found.operation0.threshold),
        first=float(found.p0),
        other=float(found.operation1.threshold),
        second=float(found.p1),
        ignore=float(found.get("p_ignore", 0.0)),
        constant=float(found.get("prediction_constant", 0.0)),
    )
