"""Overall: figures of everybody on a table, from scores and decisions, with survey weights or not.

A weighted mean is a ratio of sums of weights (Hajek 1971), in float64.
"""

import numpy as np
import torch

from tradeoffs.data.report_people import FOLDS, fold_column, folds
from tradeoffs.stats.population_auc import auc

BINS = 10  # of predicted probabilities, for the calibration error


def losses(logit: torch.Tensor, label: torch.Tensor) -> torch.Tensor:
    """Return (models, rows) log-losses of logits, in nats; `label` is float32 of 0 and 1."""
    return torch.nn.functional.softplus(torch.where(label > 0.5, -logit, logit))


def loss_by_fold(
    logit: torch.Tensor, label: torch.Tensor, weight: torch.Tensor | None = None
) -> dict[str, np.ndarray]:
    """Return the mean log-loss of each fold of people, (models,) float64 a column.

    They tell how a difference of two models varies between people (random groups; Wolter 2007,
    Introduction to Variance Estimation, ch. 2), without a number of each person.

    Args:
        logit: (models, rows), in the order of stored decisions.
        label: (rows,) float32 of 0 and 1.
        weight: (rows,) float64, survey weights; None where each row counts once.
    """
    each, fold = losses(logit, label).double(), torch.from_numpy(folds(len(label)))
    counted = torch.ones(len(label), dtype=torch.float64) if weight is None else weight
    member = torch.nn.functional.one_hot(fold, FOLDS).double() * counted[:, None]
    mean = each @ member / member.sum(0)
    return {fold_column("log_loss", k): mean[:, k].numpy() for k in range(FOLDS)}


def overall(
    logit: torch.Tensor,
    decided: torch.Tensor,
    label: torch.Tensor,
    sides: tuple[torch.Tensor, torch.Tensor],
    weight: torch.Tensor | None = None,
) -> dict[str, np.ndarray]:
    """Return columns of figures, each (models,) float64, NaN where one is not measurable.

    Args:
        logit: (models, rows).
        decided: (models, rows) bool, who is decided positive.
        label: (rows,) float32 of 0 and 1.
        sides: int64, which rows are positive and which are negative.
        weight: (rows,) float64, survey weights; None where each row counts once.
    """
    decision, of_true = decided.float(), label
    loss = losses(logit if weight is None else logit.double(), label)
    right = (decision == label).float()
    if weight is not None:
        decision, of_true = decision.double(), label * weight
    figures = {
        "accuracy": _mean(right, weight),
        "auc": auc(logit, *sides, weight),
        "log_loss": _mean(loss, weight),
        "selection_rate": _mean(decision, weight),
        "true_positive_rate": decision @ of_true / of_true.sum(),
    }
    return {name: value.double().numpy() for name, value in figures.items()}


def _mean(values: torch.Tensor, weight: torch.Tensor | None) -> torch.Tensor:
    return values.mean(1) if weight is None else values.double() @ weight / weight.sum()


def calibration_error(
    probability: np.ndarray, label: np.ndarray, weight: np.ndarray | None = None
) -> np.ndarray:
    """Return (models,): how far predicted probabilities are from outcomes, 0 to 1; lower is better.

    People are put in BINS bins of equal width by their predicted probability; the error is the
    mean distance of a bin's mean prediction to its share of positives, weighted by its people.

    Args:
        probability: (models, rows) float64 predicted probabilities.
        label: (rows,) 0 or 1.
        weight: (rows,) survey weights; None where each row counts once.

    Source: Naeini, Cooper, Hauskrecht 2015, AAAI; Guo et al. 2017, arXiv 1706.04599.
    """
    models, rows = probability.shape
    # Of a model that diverged nothing is known: its bins do not matter, its error is NaN.
    place = np.minimum((np.nan_to_num(probability) * BINS).astype(np.int64), BINS - 1)
    place += BINS * np.arange(models)[:, None]
    off = probability - label if weight is None else (probability - label) * weight
    apart = np.bincount(place.ravel(), off.ravel(), BINS * models)
    return np.abs(apart).reshape(models, BINS).sum(1) / (rows if weight is None else weight.sum())
