"""Attributions: what each feature adds to the logit, exactly and in closed form.

Against the mean of some rows as baseline, the explained ones unless told otherwise.  Along the
straight path from baseline to row the inputs of the hidden units move linearly, so integrated
gradients have a closed form, which for one hidden ReLU layer is also DeepLIFT's rescale rule; for
logistic regression it is the coefficient times the deviation.  Per row the attributions of all
features add up to the logit minus the logit at the baseline.

Source: Sundararajan, Taly, Yan 2017 (integrated gradients); Shrikumar et al. 2017 (DeepLIFT).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor


SMALLEST_TOTAL = 1e-6  # logit a row, all features together; below, a model is constant


def attributions(
    first: Tensor,
    second: Tensor | None,
    codes: Tensor,
    sizes: Sequence[int],
    around: Tensor | None = None,
) -> Tensor:
    """Return (models, rows, features): what each feature adds to each row's logit.

    Args:
        first: (columns, models, units) first layer, the bias as its last column; one unit and no
            second layer for logistic regression.
        second: (models, units) or None.
        codes: (rows, features) int64, the column that each feature holds.
        sizes: number of columns of each feature, in order.
        around: (people, features) int64 whose mean is the baseline; None: `codes` themselves.
    """
    start, moved = path(first, codes, around)
    if second is None:
        each = [part.squeeze(2) for part in moved]
    else:
        step = sum(moved[1:], start=moved[0])
        slope = _slope(start, step) * second
        each = [(part * slope).sum(2) for part in moved]
    return first.new_tensor([]) if not each else _stack(each)


def path(first: Tensor, codes: Tensor, around: Tensor | None = None) -> tuple[Tensor, list[Tensor]]:
    """Return the inputs of the hidden units at the baseline and what each feature adds to them.

    Returns:
        (models, units) and, for each feature, (rows, models, units); the units of a logistic
        regression are its logit.
    """
    held = [first.index_select(0, codes[:, j]) for j in range(codes.shape[1])]
    if around is None:
        middle = [part.mean(0) for part in held]
    else:
        middle = [first.index_select(0, around[:, j]).mean(0) for j in range(codes.shape[1])]
    moved = [part - mean for part, mean in zip(held, middle, strict=True)]
    return sum(middle, start=first[-1]), moved


def importance(values: Tensor) -> Tensor:
    """Return (models, features): the mean size of each feature's attribution, as shares of 1.

    A model without attributions beyond rounding (constant) gets zeros.
    """
    size = values.abs().mean(1)
    total = size.sum(1, keepdim=True)
    return (size / total).masked_fill(total < SMALLEST_TOTAL, 0)


def _slope(start: Tensor, step: Tensor) -> Tensor:
    """Return the mean slope of the ReLU on the way from `start` to `start + step`."""
    end = start + step
    rise = end.clamp(min=0) - start.clamp(min=0)
    still = step == 0
    return (rise / step.masked_fill(still, 1)).where(~still, (end > 0).to(end.dtype))


def _stack(each: list[Tensor]) -> Tensor:
    whole = each[0].new_empty(each[0].shape[1], each[0].shape[0], len(each))
    for j, part in enumerate(each):
        whole[:, :, j] = part.t()
    return whole
