"""Constant: how good one answer for everybody would be, the least that a model is held to."""

from collections.abc import Iterable
from math import log

import numpy as np

from tradeoffs.data.table import Table
from tradeoffs.fronts.gains import Trainings
from tradeoffs.measurement import Measurement

CONSTANT = "same prediction for everybody"


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


def constant_trainings(people: Table, seeds: Iterable[int]) -> Trainings:
    """Return what models would measure that give everybody the answer more frequent among them.

    Args:
        people: on whom they are measured, in the order of stored decisions.
        seeds: of the models that they are compared with.
    """
    yes = np.average(people.label, weights=people.sample_weight) >= 0.5
    levels = {name: constant_level(people, name) for name in ("accuracy", "log_loss")}
    decided = np.packbits(np.full(people.rows, yes)).tobytes()
    one = Measurement.of(training={}, select={}, report=levels, decisions=decided)
    return dict.fromkeys(seeds, one)
