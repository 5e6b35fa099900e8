"""Dense arithmetic: what the machine can do at most, and what a population would need of it."""

from collections.abc import Callable
from functools import partial

import torch


def dense_product(size: int) -> Callable[[], object]:
    """Return what multiplies two square float32 matrices: 2 size^3 flops."""
    one, other = torch.ones(2, size, size)
    return partial(torch.mm, one, other, out=torch.empty(size, size))


def flops(columns: int, width: int) -> int:
    """Return the flops of one model on one row, forwards and backwards, with dense inputs.

    A layer of m inputs and n outputs costs 2 m n forwards and 2 m n for the gradient of its
    weights; the second layer 2 m n more for the gradient of its inputs.  Clipping, noise and the
    step are not counted, nor is it that the engine needs fewer, as inputs are mostly zeros.

    Args:
        columns: inputs, the bias included.
        width: hidden units; 0 is logistic regression.
    """
    return 4 * columns * max(width, 1) + 6 * width
