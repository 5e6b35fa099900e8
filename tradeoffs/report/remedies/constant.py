"""Constant: how good one answer for everybody would be, the least that a model is held to."""

from math import log

import numpy as np

from tradeoffs.data.table import Table

CONSTANT = "always the same answer"


def constant_level(people: Table, measure: str) -> float:
    """Return a measure of giving everybody the answer that is more frequent among them.

    For log-loss it is the best chance that is the same for everybody.

    Args:
        people: on whom it is measured.
        measure: accuracy or log_loss.
    """
    share = float(np.average(people.label, weights=people.sample_weight))
    if measure == "accuracy":
        return max(share, 1 - share)
    return -sum(p * log(p) for p in (share, 1 - share) if p)
