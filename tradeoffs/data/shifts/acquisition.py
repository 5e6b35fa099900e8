"""Acquisition shift: the same people, measured by another instrument."""

from tradeoffs.data.shifts.columns import column, move_bins
from tradeoffs.data.shifts.shift import Shift, affected_rows, with_codes
from tradeoffs.data.table import Table

BINS = 2


def measure_high(table: Table, intensity: float, seed: int, protected: str, option: str) -> Table:
    """Read one column two bins higher in a share of the people."""
    del protected, option
    place = column(table, "lever")
    other = affected_rows(table, 1.0, intensity, seed, "acquisition")
    codes = table.codes[:, place].copy()
    codes[other] = move_bins(table, place, BINS)[other]
    return with_codes(table, place, codes)


ACQUISITION = Shift(
    name="acquisition",
    title="acquisition shift",
    family="acquisition or measurement shift",
    help=(
        "For some of the people, one column is measured by an instrument that reads two "
        "bins too high."
    ),
    moves="one column as recorded",
    invariant="the people themselves: outcomes, groups and all other columns",
    limits="Always two bins, however wide the bins are; measurement noise is not modelled.",
    source="Castro, Walker, Glocker 2020, arXiv 1912.08142 (acquisition shift)",
    operator=measure_high,
    reads=("lever",),
    writes=("lever",),
    moved=("features changed", "features"),
    still=("outcome", "groups", "outcome in groups"),
)
