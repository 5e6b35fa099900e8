"""Manifestation shift: the same outcome shows in another way."""

from tradeoffs.data.shifts.columns import column, move_bins
from tradeoffs.data.shifts.shift import Shift, affected_rows, with_codes
from tradeoffs.data.table import Table

BINS = -2


def show_otherwise(table: Table, intensity: float, seed: int, protected: str, option: str) -> Table:
    """Move one column down by two bins in a share of the people with a positive outcome."""
    del protected, option
    place = column(table, "sign")
    changed = affected_rows(table, table.label * 1.0, intensity, seed, "manifestation")
    codes = table.codes[:, place].copy()
    codes[changed] = move_bins(table, place, BINS)[changed]
    return with_codes(table, place, codes)


MANIFESTATION = Shift(
    name="manifestation",
    title="manifestation shift",
    family="manifestation shift",
    help="For people with a positive outcome, one column reads two bins lower than in the source.",
    moves="that column, for people with a positive outcome",
    invariant="outcomes and groups; every feature of people with a negative outcome",
    limits="The column is changed by a fixed rule: no table here contains such a shift of its own.",
    source="Castro, Walker, Glocker 2020, arXiv 1912.08142 (manifestation shift)",
    operator=show_otherwise,
    reads=("label", "sign"),
    writes=("sign",),
    moved=("features changed", "features by outcome"),
    still=("outcome", "groups"),
)
