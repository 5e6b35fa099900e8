"""Demographic shift: the groups come in other proportions, within groups nothing changes."""

import numpy as np

from tradeoffs.data.shifts.shift import Shift, keep
from tradeoffs.data.table import Table

STRENGTH = 2.0  # at full intensity the largest group is thinned to exp(-2), about 14 %


def thin_largest(table: Table, intensity: float, seed: int, protected: str) -> Table:
    """Thin the largest group of the protected attribute; everybody else stays."""
    group, names = table.group_of(protected)
    largest = int(np.bincount(group, minlength=len(names)).argmax())
    log_weight = np.where(group == largest, -STRENGTH, 0.0)
    return keep(table, log_weight, intensity, seed, "demographic")


DEMOGRAPHIC = Shift(
    name="demographic",
    title="other people",
    help="The model is used where the groups come in other proportions than in training.",
    moves="the share of each group",
    invariant="features and outcomes within each group",
    source="Castro, Walker, Glocker 2020 (population shift); Wiles et al. 2022 (low-data drift)",
    apply=thin_largest,
)
