"""Relational identity, redrawn: who belongs to which group is decided otherwise."""

from dataclasses import replace

import numpy as np

from tradeoffs.data.shifts.shift import Shift, affected_rows
from tradeoffs.data.table import Table

MOVED = 0.5  # of the people, at full intensity


def redraw_groups(table: Table, intensity: float, seed: int, protected: str, option: str) -> Table:
    """Count some people in the next group of the protected attribute, the last in the first.

    Of a crossing, the first attribute is redrawn.
    """
    del option
    attribute = protected.split("*")[0]
    table.group_of(attribute)  # checks the name
    codes, groups = table.protected[attribute], len(table.groups[attribute])
    counted = affected_rows(table, MOVED, intensity, seed, f"redrawn {attribute}")
    drawn = np.where(counted, (codes + 1) % groups, codes).astype(np.int8)
    return replace(table, protected={**table.protected, attribute: drawn})


REDRAWN = Shift(
    name="redrawn",
    title="groups re-defined",
    family="relational identity shift",
    help="Up to half of the people are counted as members of another group than in the source.",
    moves="which group each person is counted in",
    invariant="everybody's features and outcomes",
    limits="Who changes group is drawn at random; a column that models see keeps its value.",
    source=(
        "Molamohammadi et al. 2023, arXiv 2306.10043, section 2.1; Hanna et al. 2020, arXiv "
        "1912.03593"
    ),
    operator=redraw_groups,
    reads=("groups",),
    writes=("groups",),
    moved=("membership changed",),
    still=("features", "outcome"),
)
