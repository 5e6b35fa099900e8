"""Global-Adapt: gradients up to a bound Z keep their proportions, and Z follows who is longer.

Gradients up to Z are scaled by C / Z, longer ones clipped to C; Z follows the share that is longer
(Esipova et al. 2023, arXiv 2206.07737).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tradeoffs.engine.clipping.clipping import (
    Adaptation,
    Bounds,
    Clipping,
    ClippingState,
    ClippingStatistics,
)

if TYPE_CHECKING:
    from torch import Tensor

TOLERATED = 0.1  # of a batch longer than Z, at which Z stays where it is
LARGEST_REACH = 10.0  # of Z / C


def together(counts: Tensor) -> Tensor:
    """Return the longer ones of all groups as if they were in the first group."""
    found = counts.new_zeros(counts.shape)
    found[0, :, 0] = counts[0].sum(1)
    return found


def follow(own: ClippingState, counts: Tensor) -> Bounds:
    """Return Z moved by the share of the last batch that was longer; at least C."""
    share = counts[0].sum(1, keepdim=True) / own.expected
    reach = (own.reach * (share - TOLERATED).exp()).clamp_max(LARGEST_REACH * own.norm)
    return Bounds(own.norm, reach.maximum(own.norm), own.able)


def facts(seen: ClippingStatistics, attribute: str, names: Sequence[str]) -> dict[str, float | str]:
    """Return the mean of Z."""
    del attribute, names
    return {"clip_reach": seen.reach}


GLOBAL_ADAPT = Clipping(
    name="global_adapt",
    title="global scaling (Global-Adapt)",
    help=(
        "Gradients up to a bound are all scaled by the same factor, so that they keep their "
        "proportions, and only longer ones are cut. The bound follows how many are longer."
    ),
    releases="a noisy count of gradients longer than the bound",
    formula="g * C / Z if |g| <= Z, else g * C / |g|",
    source="Esipova et al. 2023, arXiv 2206.07737",
    adaptation=Adaptation(
        numbers=lambda groups: 1,
        limit=lambda own: own.reach,
        gather=together,
        follow=follow,
        facts=facts,
    ),
)
