"""Dense arithmetic: what the machine can do at most, and what a population would need of it."""

from functools import partial

import torch

from tradeoffs.bench.clock import seconds
from tradeoffs.pipeline.run import one_core


def peak(size: int, repeats: int) -> float:
    """Return the flops a second of a float32 product of two square matrices, on one core."""
    one, other = torch.ones(2, size, size)
    product = partial(torch.mm, one, other, out=torch.empty(size, size))
    with one_core():
        product()
        return 2 * size**3 / seconds(product, repeats)


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
