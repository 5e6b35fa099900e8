"""Spurious correlation shift: a column that went along with the outcome goes against it."""

import numpy as np

from tradeoffs.data.shifts.columns import column, top
from tradeoffs.data.shifts.shift import Shift, affected_rows, with_codes
from tradeoffs.data.table import Table


def mirror(table: Table, intensity: float, seed: int, protected: str, option: str) -> Table:
    """Turn one column upside down in a share of the people: its highest bin is its lowest."""
    del protected, option
    place = column(table, "proxy")
    codes, highest = table.codes[:, place], top(table, place)
    turned = affected_rows(table, 1.0, intensity, seed, "spurious") & (codes <= highest)
    return with_codes(table, place, np.where(turned, highest - codes, codes))


SPURIOUS = Shift(
    name="spurious",
    title="spurious correlation reverses",
    family="spurious correlation shift",
    help=(
        "For some of the people, the values of a column that correlates with the outcome "
        "are reversed: what pointed to yes now points to no, as a postcode may after people "
        "have moved."
    ),
    moves="how that column correlates with outcomes, groups and other columns",
    invariant="all other features, outcomes and groups",
    limits="The reversal is synthetic, and it mirrors the column's own distribution too.",
    source="Wiles et al. 2022, arXiv 2110.11328; Beery et al. 2018; Sagawa et al. 2020",
    operator=mirror,
    reads=("proxy",),
    writes=("proxy",),
    moved=("features changed", "features by outcome"),
    still=("outcome", "groups", "outcome in groups"),
)
