"""Covariate shift: other inputs, and the same chance of an outcome at equal inputs."""

from tradeoffs.data.shifts.columns import height
from tradeoffs.data.shifts.shift import LARGEST_LOSS, Shift, keep
from tradeoffs.data.table import Table


def favour_high(table: Table, intensity: float, seed: int, protected: str, option: str) -> Table:
    """Thin the rows that are low in one column, the more the lower."""
    del protected, option
    return keep(table, LARGEST_LOSS * (height(table, "lever") - 1), intensity, seed, "covariate")


COVARIATE = Shift(
    name="covariate",
    title="covariate shift",
    family="covariate shift",
    help="People with low values in one column become rarer: other incomes, other schooling.",
    moves="that column, and whatever correlates with it",
    invariant="the probability of each outcome at equal features",
    limits=(
        "One column drives the shift: its highest values become more frequent, but no new "
        "values appear."
    ),
    source=(
        "Moreno-Torres et al. 2012, doi 10.1016/j.patcog.2011.06.019; Molamohammadi et al. "
        "2023, arXiv 2306.10043 on incomes across regions"
    ),
    operator=favour_high,
    reads=("lever",),
    moved=("features",),
    still=("outcome at equal lever",),
    selects=True,
)
