"""Attributions: what each feature adds to the logit, exactly and in closed form.

Against the mean of the explained rows as baseline.  Along the straight path from baseline to row
the inputs of the hidden units move linearly, so integrated gradients have a closed form, which
for one hidden ReLU layer is also DeepLIFT's rescale rule; for logistic regression it is the
coefficient times the deviation.  Per row the attributions of all features add up to the logit
minus the logit at the baseline.

Source: Sundararajan, Taly, Yan 2017 (integrated gradients); Shrikumar et al. 2017 (DeepLIFT).
"""

from collections.abc import Sequence

from torch import Tensor


def attributions(
    first: Tensor, second: Tensor | None, codes: Tensor, sizes: Sequence[int]
) -> Tensor:
    """Return (models, rows, features): what each feature adds to each row's logit.

    Args:
        first: (columns, models, units) first layer, the bias as its last column; one unit and no
            second layer for logistic regression.
        second: (models, units) or None.
        codes: (rows, features) int64, the column that each feature holds.
        sizes: number of columns of each feature, in order.
    """
    held = [first.index_select(0, codes[:, j]) for j in range(len(sizes))]  # (rows, models, units)
    moved = [part - part.mean(0) for part in held]
    if second is None:
        each = [part.squeeze(2) for part in moved]
    else:
        start = sum(part.mean(0) for part in held) + first[-1]
        step = sum(moved[1:], start=moved[0])
        slope = _slope(start, step) * second
        each = [(part * slope).sum(2) for part in moved]
    return first.new_tensor([]) if not each else _stack(each)


def importance(values: Tensor) -> Tensor:
    """Return (models, features): the mean size of each feature's attribution, as shares of 1.

    A model without any attribution (constant) gets zeros.
    """
    size = values.abs().mean(1)
    total = size.sum(1, keepdim=True)
    return size / total.masked_fill(total == 0, 1)


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
