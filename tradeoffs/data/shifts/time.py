"""Temporal shift: the table is mixed with, and at last is only, the people of one period."""

from tradeoffs.data.shifts.shift import Shift, names_of, position, withdraw
from tradeoffs.data.table import Table


def only_time(table: Table, intensity: float, seed: int, protected: str, option: str) -> Table:
    """Leave out a share of everybody recorded at another time; at full intensity all of them."""
    del protected
    marks = table.marks("time")
    whom = marks.codes != position(marks.names, option, "time")
    return withdraw(table, whom, intensity, seed, "time")


TIME = Shift(
    name="time",
    title="another time",
    family="temporal shift",
    help="The people of one period replace everybody: train then, deploy later.",
    moves="when people were recorded, and all that has changed since",
    invariant="features and outcomes within each period",
    limits=(
        "These differences are recorded, not made up: where years hardly differ, little happens."
    ),
    source="Liu et al. 2023, arXiv 2307.05284 (WhyShift); Rezaei et al. 2021",
    operator=only_time,
    reads=("time",),
    moved=("time",),
    still=("outcome in times", "features in times"),
    option="time",
    options=lambda book, protected: names_of(book.time),
    optional=False,
    selects=True,
    recorded=True,
)
