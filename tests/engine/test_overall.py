# pyright: reportArgumentType=false
"""Figures by survey weights are those of scikit-learn and fairlearn; the laws of weights hold."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from fairlearn.metrics import MetricFrame
from sklearn import metrics

from tests.engine.conftest import random_table
from tradeoffs.data.report_people import FOLDS, folds
from tradeoffs.data.table import Table
from tradeoffs.engine.evaluation import EvaluationSet, measure
from tradeoffs.engine.overall import BINS, loss_by_fold
from tradeoffs.errors import InvalidInput
from tradeoffs.stats.proportions import SMALLEST_CELL
from tradeoffs.values.fairness.catalogue import NOTIONS

GAPS = sorted({n.metric for n in NOTIONS.values() if n.gap})
OVERALL = ("accuracy", "auc", "log_loss", "selection_rate", "true_positive_rate")
ROWS = 3_000


def drawn(rows: int = ROWS, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).lognormal(0, 1, rows)


def weighted(table: Table, weight: np.ndarray) -> Table:
    return replace(table, sample_weight=np.asarray(weight, np.float64))


def measured(table: Table, logit: torch.Tensor) -> dict[str, np.ndarray]:
    """Return the figures of models that score the table's rows, whose row ids count upwards."""
    at = EvaluationSet.of(table, ["group"])
    return measure(logit[:, at.table.row_id], at)[0]


def logits(rows: int = ROWS, models: int = 3) -> torch.Tensor:
    """Quarters, so that many rows tie and some are exactly 0."""
    return torch.from_numpy(np.random.default_rng(1).integers(-8, 9, (models, rows)) / 4).float()


def residual(y, p, sample_weight) -> float:
    return float(np.average(y - p, weights=sample_weight))


RATES = {  # metric -> what is compared, of the decision or the chance, and how
    "demographic_parity_difference": [("selection", "difference")],
    "equal_opportunity_difference": [("recall", "difference")],
    "equalized_odds_difference": [("recall", "difference"), ("fallout", "difference")],
    "zero_one_loss_difference": [("error", "difference")],
    "zero_one_loss_group_max": [("error", "group_max")],
    "precision_score_difference": [("precision", "difference")],
    "false_negative_rate_group_max": [("miss", "group_max")],
    "mean_residual_difference": [("residual", "difference")],
    "mean_squared_error_group_max": [("square", "group_max")],
}
OF = {
    "selection": lambda y, p, sample_weight: np.average(p > 0.5, weights=sample_weight),
    "recall": lambda y, p, sample_weight: metrics.recall_score(
        y, p > 0.5, sample_weight=sample_weight
    ),
    "miss": lambda y, p, sample_weight: (
        1 - metrics.recall_score(y, p > 0.5, sample_weight=sample_weight)
    ),
    "fallout": lambda y, p, sample_weight: (
        1 - metrics.recall_score(~y, p <= 0.5, sample_weight=sample_weight)
    ),
    "error": lambda y, p, sample_weight: metrics.zero_one_loss(
        y, p > 0.5, sample_weight=sample_weight
    ),
    "precision": lambda y, p, sample_weight: metrics.precision_score(
        y, p > 0.5, sample_weight=sample_weight
    ),
    "residual": residual,
    "square": lambda y, p, sample_weight: metrics.mean_squared_error(
        y, p, sample_weight=sample_weight
    ),
}


@pytest.mark.parametrize("metric", GAPS)
def test_weighted_gaps_are_those_of_fairlearn(metric):
    table = weighted(random_table(ROWS, groups=3), drawn())
    found = measured(table, logits())[f"{metric}[group]"]
    for value, chance in zip(found, torch.sigmoid(logits().double()).numpy(), strict=True):
        wanted = []
        for name, how in RATES[metric]:
            frame = MetricFrame(
                metrics=OF[name],
                y_true=table.label,
                y_pred=chance,
                sensitive_features=table.protected["group"],
                sample_params={"sample_weight": table.sample_weight},
            )
            wanted.append(frame.difference() if how == "difference" else frame.group_max())
        assert value == pytest.approx(max(wanted), abs=1e-9)


def test_weighted_figures_of_everybody_are_those_of_scikit_learn():
    table = weighted(random_table(ROWS), drawn())
    found, y, of = measured(table, logits()), table.label, {"sample_weight": table.sample_weight}
    for m, chance in enumerate(torch.sigmoid(logits().double()).numpy()):
        yes = chance > 0.5
        wanted = (
            metrics.accuracy_score(y, yes, **of),
            metrics.roc_auc_score(y, chance, **of),
            metrics.log_loss(y, chance, **of),
            np.average(yes, weights=table.sample_weight),
            metrics.recall_score(y, yes, **of),
        )
        assert [found[name][m] for name in OVERALL] == pytest.approx(wanted, abs=1e-9)
        bins = np.minimum((chance * BINS).astype(int), BINS - 1)
        apart = [abs(((chance - y) * table.sample_weight)[bins == b].sum()) for b in range(BINS)]
        error = sum(apart) / drawn().sum()
        assert found["calibration_error"][m] == pytest.approx(error, abs=1e-9)


def test_equal_weights_change_nothing():
    plain = random_table(ROWS, groups=3)
    found, wanted = (measured(t, logits()) for t in (weighted(plain, np.full(ROWS, 0.1)), plain))
    for name, values in wanted.items():  # what is told of everybody is float32 without weights
        rounding = 3e-7 if name in OVERALL else 1e-12
        assert np.allclose(found[name], values, rtol=0, atol=rounding, equal_nan=True), name


def test_a_weight_of_two_is_a_row_that_stands_twice():
    once = random_table(ROWS, groups=3)
    times = np.random.default_rng(2).integers(1, 4, ROWS)
    often = once.take(np.repeat(np.arange(ROWS), times))
    found, wanted = (measured(t, logits()) for t in (weighted(once, times), often))
    for name in [*OVERALL, "calibration_error", *(f"{metric}[group]" for metric in GAPS)]:
        rounding = 3e-7 if name in OVERALL else 1e-12
        assert found[name] == pytest.approx(wanted[name], abs=rounding), name
    for name in ("people", "selected", "true_positives"):
        assert np.array_equal(
            found[f"weighted_{name}[group=g1]"], wanted[f"{name}[group=g1]"]
        )  # of rows there are fewer
        assert (found[f"{name}[group=g1]"] < wanted[f"{name}[group=g1]"]).all()


def test_the_scale_of_the_weights_does_not_matter():
    table = weighted(random_table(ROWS), drawn())
    found = [measured(weighted(table, scale * drawn()), logits()) for scale in (1, 1e6)]
    for name in [*OVERALL, *(f"{metric}[group]" for metric in GAPS)]:
        assert found[0][name] == pytest.approx(found[1][name], rel=1e-12)


def test_what_is_too_small_is_told_by_rows_whatever_they_weigh():
    plain = random_table(ROWS)
    few = plain.protected["group"] == 0
    few &= np.cumsum(few) >= SMALLEST_CELL  # all but so many of the first group less one
    table = weighted(plain.take(~few), np.full(int((~few).sum()), 1e4))
    found = EvaluationSet.of(table, ["group"])
    figures, _ = measure(logits(table.rows), found)
    assert (figures["people[group=g0]"] == SMALLEST_CELL - 1).all()
    assert np.isnan(figures["demographic_parity_difference[group]"]).all()


@pytest.mark.parametrize("bad", [0.0, -1.0, np.nan, np.inf])
def test_a_weight_that_is_none_is_refused(bad):
    weight = drawn(10)
    weight[3] = bad
    with pytest.raises(InvalidInput, match="sample_weight must be finite and above 0"):
        weighted(random_table(10), weight)


@pytest.mark.parametrize("weight", [None, drawn()])
def test_log_losses_of_folds_are_those_of_their_people_and_come_to_that_of_all(weight):
    table, scores = random_table(ROWS), logits()
    label = torch.from_numpy(table.label).float()
    found = loss_by_fold(scores, label, None if weight is None else torch.from_numpy(weight))
    each = np.stack(list(found.values()), axis=1)  # (models, folds)
    counted, fold = np.ones(ROWS) if weight is None else weight, folds(ROWS)
    chance = torch.sigmoid(scores.double()).numpy()
    for k in (0, FOLDS - 1):
        rows = fold == k
        for m in range(len(scores)):
            theirs = metrics.log_loss(
                table.label[rows], chance[m, rows], sample_weight=counted[rows], labels=[0, 1]
            )
            assert each[m, k] == pytest.approx(theirs, rel=1e-5)
    total = np.average(each, axis=1, weights=np.bincount(fold, counted))
    whole = metrics.log_loss(table.label, chance[0], sample_weight=counted)
    assert total[0] == pytest.approx(whole, rel=1e-5)
