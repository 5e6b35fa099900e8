"""Flat clipping: no person's gradient is longer than the clip norm.

Norms come from the ghost-norm identity (Goodfellow 2015, arXiv 1510.01799; Li et al. 2022; Bu et
al. 2022): the gradient of a linear layer is an outer product, so its norm is the product of the
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


def clip_(residual: Tensor, norm: Tensor, clip_norm: Tensor) -> Tensor:
    """Scale each row's residual in place so that its gradient has at most norm `clip_norm`.

    Gradients are linear in the residual, the derivative of the loss by the logit, so scaling it
    scales the gradient.  A norm of zero stays zero; an infinite clip norm changes nothing.

    Args:
        residual: (rows, settings), derivative of the loss by the logit.
        norm: (rows, settings), norm of the gradient; used as scratch space.
        clip_norm: (settings,), clip norms, inf for none.

    Source: Abadi et al. 2016, arXiv 1607.00133, algorithm 1.
    """
    return residual.mul_((clip_norm / norm.add_(OPACUS_FLOOR)).clamp_max_(1))
