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
        "A column that goes along with the outcome is turned upside down in a share of the "
        "people: what pointed to yes points to no, as a postcode does after people moved."
    ),
    moves="how that column goes along with outcomes, groups and other columns",
    invariant="all other features, outcomes and groups",
    limits="The turn is synthetic, and the column's own distribution is mirrored too.",
    source="Wiles et al. 2022, arXiv 2110.11328; Beery et al. 2018; Sagawa et al. 2020",
    operator=mirror,
    reads=("proxy",),
    writes=("proxy",),
    moved=("features changed", "features by outcome"),
    still=("outcome", "groups", "outcome in groups"),
)
