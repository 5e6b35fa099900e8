"""Flat clipping: no person's gradient is longer than the clip norm.

Norms come from the ghost-norm identity (Goodfellow 2015, arXiv 1510.01799; Li et al. 2022; Bu et
al. 2022): the gradient of a linear layer is an outer product, so its length is the product of the
lengths of its input (with the 1 of the bias) and of its output's gradient.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tradeoffs.engine.clipping.clipping import Clipping

if TYPE_CHECKING:
    from torch import Tensor

OPACUS_FLOOR = 1e-6  # added to the norm before dividing, as Opacus does

FLAT = Clipping(
    name="flat",
    title="flat clipping",
    help="Every gradient longer than the clip norm is cut to it.",
    formula="g * min(1, C / |g|)",
    source="Abadi et al. 2016, arXiv 1607.00133",
)


def clip_(slope: Tensor, length: Tensor, bound: Tensor) -> Tensor:
    """Scale each row's slope in place so that its whole gradient has at most length `bound`.

    Gradients are linear in the slope of the loss with respect to the logit, so scaling the slope
    scales the gradient.  A length of zero stays zero; an infinite bound changes nothing.

    Args:
        slope: (rows, settings), derivative of the loss by the logit.
        length: (rows, settings), norm of the gradient; used as scratch space.
        bound: (settings,), clip norms, inf for none.

    Source: Abadi et al. 2016, arXiv 1607.00133, algorithm 1.
    """
    return slope.mul_((bound / length.add_(OPACUS_FLOOR)).clamp_max_(1))
