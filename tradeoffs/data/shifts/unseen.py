"""Unseen label: a kind of outcome is kept out of training, to emerge at deployment."""

from tradeoffs.data.shifts.emerged import emerging_label
from tradeoffs.data.shifts.shift import Shift, withdraw
from tradeoffs.data.table import Table


def keep_out(table: Table, intensity: float, seed: int, protected: str, option: str) -> Table:
    """Leave out a share of one kind of positive outcome; at full intensity all of it."""
    del protected, option
    return withdraw(table, emerging_label(table), intensity, seed, "unseen")


UNSEEN = Shift(
    name="unseen",
    title="unseen label",
    family="emerged label shift",
    help="Positive outcomes of people with low values in one column are kept out of training.",
    moves="the share of that kind of outcome in training",
    invariant="the people with that kind of outcome, and all other people",
    limits=(
        "The label that emerges is a kind of positive outcome, recognised only by where it occurs."
    ),
    source=(
        "Molamohammadi et al. 2023, arXiv 2306.10043, section 2.1; Wiles et al. 2022 (unseen "
        "data shift)"
    ),
    operator=keep_out,
    reads=("lever", "label"),
    moved=("outcome at equal lever",),
    still=("features in kinds",),
    deployed=False,
    selects=True,
)
