"""Emerged label: a kind of outcome that the source hardly knew becomes common."""

import numpy as np

from tradeoffs.data.shifts.columns import low
from tradeoffs.data.shifts.shift import LARGEST_LOSS, Shift, keep
from tradeoffs.data.table import Table


def emerging_label(table: Table) -> np.ndarray:
    """Return bool (rows,): positive outcomes of people low in one column."""
    return table.label & low(table)


def emerge(table: Table, intensity: float, seed: int, protected: str, option: str) -> Table:
    """Thin everybody else."""
    del protected, option
    log_weight = np.where(emerging_label(table), 0.0, -LARGEST_LOSS)
    return keep(table, log_weight, intensity, seed, "emerged")


EMERGED = Shift(
    name="emerged",
    title="emerging label",
    family="emerged label shift",
    help=(
        "Positive outcomes of people with low values in one column, rare until now, become common."
    ),
    moves="the share of that kind of outcome",
    invariant="the people with that kind of outcome, and all other people",
    limits=(
        "A table with two answers has no third one: here the new label is a kind of "
        "positive outcome, recognised only by where it occurs. The shift “unseen label” "
        "keeps it out of training."
    ),
    source=(
        "Molamohammadi et al. 2023, arXiv 2306.10043, section 2.1; Wiles et al. 2022 (unseen "
        "data shift)"
    ),
    operator=emerge,
    reads=("lever", "label"),
    moved=("outcome at equal lever",),
    still=("features in kinds",),
    trained=False,
    selects=True,
)
