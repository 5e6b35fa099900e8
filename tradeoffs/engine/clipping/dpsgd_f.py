"""DPSGD-F: groups whose gradients are long more often get a larger clip norm.

Group k is clipped at C0 (1 + r_k / mean r), r the share of a group that is longer than C0; noise
is that of the largest bound (Xu, Du, Wu 2021, arXiv 2003.03699, algorithm 2).
"""

from __future__ import annotations

import math
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

BASE = 0.5  # C0 / C: groups that are clipped alike are then clipped at C, as flat ones
LARGEST_DEVIATION = 0.1  # of a group's tracked share; above, its bound would follow the noise


def follow(own: ClippingState, counts: Tensor) -> Bounds:
    """Return the bounds from the tracked counts; those of groups drowned by noise keep C."""
    del counts
    people = own.counts.sum(0)
    able = own.smooth * own.sigma * math.sqrt(2) * own.filled <= LARGEST_DEVIATION * people
    able &= people >= own.filled
    share = (own.counts[0] / people.clamp_min(1e-6)).clamp(0, 1) * able
    known = able.sum(1, keepdim=True)
    mean = share.sum(1, keepdim=True) / known.clamp_min(1)
    ratio = (share / mean.clamp_min(1e-6)).where(able & (mean > 0) & (known > 1), 1.0)
    most = BASE * own.norm * (1 + ratio)
    return Bounds(most, most, able)


def facts(seen: ClippingStatistics, attribute: str, names: Sequence[str]) -> dict[str, float | str]:
    """Return each group's mean clip norm, and whose shares noise drowned."""
    told: dict[str, float | str] = {
        f"clip_norm[{attribute}={name}]": bound
        for name, bound in zip(names, seen.bounds, strict=True)
    }
    if not all(seen.known):
        unknown = [name for name, known in zip(names, seen.known, strict=True) if not known]
        told["clipping_unknown"] = "; ".join(unknown)
    return told


DPSGD_F = Clipping(
    name="dpsgd_f",
    title="clipping by group (DPSGD-F)",
    help=(
        "A group whose gradients are long more often gets a larger clip norm, and all noise is "
        "that of the largest. A group too small to be told at this epsilon keeps the usual one."
    ),
    needs_group=True,
    releases="for each group, noisy counts of gradients that are long and that are not",
    formula="g * min(1, C_k / |g|), C_k the clip norm of the person's group k",
    source="Xu, Du, Wu 2021, arXiv 2003.03699",
    adaptation=Adaptation(
        numbers=lambda groups: 2 * groups,
        limit=lambda own: BASE * own.norm,
        gather=lambda counts: counts,
        follow=follow,
        facts=facts,
    ),
)
