"""Classification of objectives: one step from a setting, each objective told what it may do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from tradeoffs.errors import require
from tradeoffs.values.preferences.achievement import AUGMENTATION, achievement, lowest
from tradeoffs.values.preferences.reservation import acceptable

Class = Literal["improve", "improve until", "keep", "may fall until", "free"]
CLASSES: tuple[Class, ...] = get_args(Class)
IMPROVED: tuple[Class, ...] = ("improve", "improve until")
HELD: tuple[Class, ...] = (*IMPROVED, "keep")  # are to get no worse


@dataclass(frozen=True, kw_only=True, slots=True)
class Classified:
    """What one objective may do.

    Attributes:
        to: its class.
        until: the cost wished for, or the highest one accepted; NaN for classes without.
    """

    to: Class
    until: float = np.nan


def reclassify(
    costs: np.ndarray,
    now: int,
    wanted: Sequence[Classified],
    tolerance: np.ndarray | float = 0.0,
) -> int:
    """Return the setting that one step of NIMBUS leads to; `now` where no other one is allowed.

    Among the settings that are no worse in what is to improve or to be kept, and within the bounds
    of what may fall, the achievement of what is to improve is lowest.  What is to improve without
    an end is measured from the best that there is.

    Args:
        costs: (settings, objectives), to be minimised, on scales that compare; NaN is not
            measurable, and such a setting is not offered.
        now: the setting that one is at.
        wanted: of each objective.
        tolerance: (objectives,) by how much chance alone may move what is kept.

    Raises:
        InvalidInput: nothing is to improve, or nothing may fall, or a bound is missing.

    Source: Miettinen, Maekelae 2006, Synchronous approach in interactive multiobjective
    optimization, EJOR 170; the standard subproblem.
    """
    classes = [one.to for one in wanted]
    improved = np.array([one in IMPROVED for one in classes])
    held = np.array([one in HELD for one in classes])
    require(bool(improved.any()), "nothing_improves")
    require(not held.all(), "nothing_may_fall")
    until = np.array([one.until for one in wanted], dtype=float)
    ends = np.array([one.endswith("until") for one in classes])
    require(not np.isnan(until[ends]).any(), "until_what")

    levels = np.where(held, costs[now] + np.where(improved, 0.0, tolerance), np.inf)
    falls = np.array([one == "may fall until" for one in classes])
    levels[falls] = until[falls]
    aspiration = np.nanmin(costs, axis=0)
    towards = np.array([one == "improve until" for one in classes])
    aspiration[towards] = until[towards]
    # What is beyond its end counts no further, but in the sum that decides between equals.
    counted = np.where(towards, np.maximum(costs, aspiration), costs)
    values = achievement(counted, aspiration, improved.astype(float))
    values += AUGMENTATION * (costs - counted).sum(axis=-1)
    found = lowest(np.where(acceptable(costs, levels), values, np.nan))
    return now if found is None else found
