"""Areas under the ROC curves of many models at once."""

import numpy as np
import torch


def auc(
    score: torch.Tensor,
    positives: torch.Tensor,
    negatives: torch.Tensor,
    weight: torch.Tensor | None = None,
) -> torch.Tensor:
    """Return (models,) areas under the ROC curve; ties count half.  NaN without both labels.

    Args:
        score: (models, rows).
        positives: int64, which rows are positive.
        negatives: int64, which rows are negative.
        weight: (rows,) float64, survey weights; None where each row counts once.
    """
    if not len(positives) or not len(negatives):
        return score.new_full((len(score),), float("nan"))
    high, low = (score.index_select(1, which) for which in (positives, negatives))
    if weight is not None:
        return _weighted_auc(high, low, weight[positives], weight[negatives])
    high, low = _sorted(high), _sorted(low)
    below = torch.searchsorted(low, high) + torch.searchsorted(low, high, right=True)
    return below.double().mean(1) / (2 * len(negatives))


def _weighted_auc(
    high: torch.Tensor, low: torch.Tensor, of_high: torch.Tensor, of_low: torch.Tensor
) -> torch.Tensor:
    low, order = low.sort(dim=1)
    least = torch.nn.functional.pad(of_low[order].cumsum(1), (1, 0))  # weight of the lowest
    below = least.gather(1, torch.searchsorted(low, high))
    below += least.gather(1, torch.searchsorted(low, high, right=True))
    return below @ of_high / (2 * of_high.sum() * of_low.sum())


def _sorted(score: torch.Tensor) -> torch.Tensor:
    # numpy sorts floats with vector instructions, several times faster than torch.
    return torch.from_numpy(np.sort(score.numpy(), axis=1))
