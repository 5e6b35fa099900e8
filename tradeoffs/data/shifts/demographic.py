"""Demographic shift: the groups come in other proportions, within groups nothing changes."""

import numpy as np

from tradeoffs.data.shifts.shift import LARGEST_LOSS, Shift, groups, keep, position
from tradeoffs.data.table import Table

STRENGTH = LARGEST_LOSS  # at full intensity the group is thinned to exp(-2), about 14 %


def thin_group(table: Table, intensity: float, seed: int, protected: str, option: str) -> Table:
    """Thin one group of the protected attribute, the largest if none is named."""
    group, names = table.group_of(protected)
    if option:
        thinned = position(names, option, f"group of {protected}")
    else:
        thinned = int(np.bincount(group, minlength=len(names)).argmax())
    log_weight = np.where(group == thinned, -STRENGTH, 0.0)
    return keep(table, log_weight, intensity, seed, "demographic")


DEMOGRAPHIC = Shift(
    name="demographic",
    title="other people",
    family="demographic shift",
    help="The model is used where groups have other shares of the population than in training.",
    moves="the share of each group",
    invariant="features and outcomes within each group",
    limits="One group becomes rarer: nobody new arrives, and the others stay as they are.",
    source=(
        "Castro, Walker, Glocker 2020, arXiv 1912.08142 (population shift); Wiles et al. "
        "2022 (low-data drift)"
    ),
    operator=thin_group,
    reads=("groups",),
    moved=("groups",),
    still=("outcome in groups", "features in groups"),
    option="group",
    options=groups,
    private_reason="which group is largest is a count of private rows; name it",
    selects=True,
)
