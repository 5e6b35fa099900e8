"""Methods: three ways to a front between error and gap on the same one-hot inputs.

The engine's logistic regressions along a ladder of bounds; fairlearn's exponentiated gradient
with scikit-learn's logistic regression along a ladder of bounds; fairlearn's thresholds along a
ladder of tolerances, around one logistic regression.

Source: Agarwal et al. 2018, arXiv 1803.02453; Hardt et al. 2016, arXiv 1610.02413.
"""

import time
import warnings
from collections.abc import Callable, Sequence

import numpy as np
import torch
from fairlearn.postprocessing import ThresholdOptimizer
from fairlearn.reductions import (
    DemographicParity,
    EqualizedOdds,
    ErrorRateParity,
    ExponentiatedGradient,
    TruePositiveRateParity,
    UtilityParity,
)
from sklearn.linear_model import LogisticRegression

from tradeoffs.audit.opacus_reference import one_hot
from tradeoffs.benchmarks.predictions import Answers
from tradeoffs.data.table import Split, Table
from tradeoffs.engine.batches import active_columns
from tradeoffs.engine.population import logits
from tradeoffs.experiments.fit import fit
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.run import one_core
from tradeoffs.scenario import Scenario
from tradeoffs.values.fairness.catalogue import NOTIONS

_MOMENTS: dict[tuple[str, ...], type[UtilityParity]] = {  # fairlearn's of rates held alike
    ("selection_rate",): DemographicParity,
    ("true_positive_rate",): TruePositiveRateParity,
    ("true_positive_rate", "false_positive_rate"): EqualizedOdds,
    ("error_rate",): ErrorRateParity,
}
REDUCTIONS = {
    name: _MOMENTS[notion.constrained_rates]
    for name, notion in NOTIONS.items()
    if notion.constrained_rates in _MOMENTS
}
Asked = Callable[[Table], np.ndarray]  # a table -> (models, rows) probabilities


def engine(split: Split, base: Scenario, gaps: Sequence[float | None]) -> Answers:
    """Train the engine's models, one a bound, from drawing the batches on, on one core."""
    began = time.perf_counter()
    plans = [resolve(base.but(epsilon=None, max_gap=gap)) for gap in gaps]
    with one_core():
        trained = fit([plans])
        models = [trained[plan.model_key].vector for plan in plans]

        def asked(table: Table) -> np.ndarray:
            codes = torch.from_numpy(active_columns(table))
            return (logits(models, [base.width] * len(models), codes) > 0).double().numpy()

        return _answers(asked, split, began)


def exponentiated_gradient(
    train: Table,
    split: Split,
    protected: str,
    bounds: Sequence[float],
    notion: str = "demographic_parity",
) -> Answers:
    """Run fairlearn's reduction, once a bound, with the fastest of scikit-learn's solvers here."""
    inputs, group = _inputs(train), train.group_of(protected)[0]
    began = time.perf_counter()
    models = []
    with warnings.catch_warnings():  # fairlearn uses what pandas is about to drop
        warnings.simplefilter("ignore", DeprecationWarning)
        for bound in bounds:
            model = ExponentiatedGradient(_oracle(), REDUCTIONS[notion](difference_bound=bound))
            models.append(model.fit(inputs, train.label.astype(int), sensitive_features=group))

    def asked(table: Table) -> np.ndarray:
        return np.stack([model._pmf_predict(_inputs(table))[:, 1] for model in models])

    return _answers(asked, split, began)


def threshold_optimizer(
    train: Table, split: Split, protected: str, tolerances: Sequence[float]
) -> Answers:
    """Fit one logistic regression, and fairlearn's thresholds once a tolerance."""
    inputs, group = _inputs(train), train.group_of(protected)[0]
    label = train.label.astype(int)
    began = time.perf_counter()
    oracle = _oracle().fit(inputs, label)
    models = [
        ThresholdOptimizer(
            estimator=oracle,
            prefit=True,
            constraints="demographic_parity",
            predict_method="predict_proba",
            tol=tolerance,
        ).fit(inputs, label, sensitive_features=group)
        for tolerance in tolerances
    ]

    def asked(table: Table) -> np.ndarray:
        seen, groups = _inputs(table), table.group_of(protected)[0]
        return np.stack([m._pmf_predict(seen, sensitive_features=groups)[:, 1] for m in models])

    return _answers(asked, split, began)


def _answers(asked: Asked, split: Split, began: float) -> Answers:
    select, report = asked(split.select), asked(split.report)
    return Answers(select=select, report=report, seconds=time.perf_counter() - began)


def _inputs(table: Table) -> np.ndarray:
    # float64: with float32 the thresholds' table of pandas refuses what it is to be compared with.
    return one_hot(table, torch.float64).numpy()


def _oracle() -> LogisticRegression:
    return LogisticRegression(solver="liblinear", max_iter=1_000)
