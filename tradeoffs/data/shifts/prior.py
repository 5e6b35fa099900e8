"""Prior shift: the outcome is rarer, and those who have it look as before."""

import numpy as np

from tradeoffs.data.shifts.shift import LARGEST_LOSS, Shift, keep
from tradeoffs.data.table import Table


def thin_positives(table: Table, intensity: float, seed: int, protected: str, option: str) -> Table:
    """Thin the rows with a positive outcome."""
    del protected, option
    return keep(table, np.where(table.label, -LARGEST_LOSS, 0.0), intensity, seed, "prior")


PRIOR = Shift(
    name="prior",
    title="prior shift",
    family="label shift",
    help="The positive outcome is rarer than in training; people who have it look the same.",
    moves="the share of positive outcomes",
    invariant="features and groups of the people with each outcome",
    limits="Outcomes can only become rarer.",
    source=(
        "Moreno-Torres et al. 2012, doi 10.1016/j.patcog.2011.06.019 (prior probability "
        "shift); Kull, Flach 2014"
    ),
    operator=thin_positives,
    reads=("label",),
    moved=("outcome",),
    still=("features by outcome", "groups by outcome"),
    selects=True,
)
