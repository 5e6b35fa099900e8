"""Another place: the table is mixed with, and at last is only, the people of one place."""

from tradeoffs.data.shifts.shift import Shift, names_of, position, withdraw
from tradeoffs.data.table import Table


def only_place(table: Table, intensity: float, seed: int, protected: str, option: str) -> Table:
    """Leave out a share of everybody recorded elsewhere; at full intensity all of them."""
    del protected
    marks = table.marks("place")
    whom = marks.codes != position(marks.names, option, "place")
    return withdraw(table, whom, intensity, seed, "place")


PLACE = Shift(
    name="place",
    title="another place",
    family="geography",
    help="The people of one place replace everybody: train here, deploy there.",
    moves="where people were recorded, and all that differs between places",
    invariant="features and outcomes within each place",
    limits=(
        "These differences are recorded, not made up: where places hardly differ, little happens."
    ),
    source="Ding et al. 2021, arXiv 2108.04884 (Retiring Adult): real shifts between places",
    operator=only_place,
    reads=("place",),
    moved=("place",),
    still=("outcome in places", "features in places"),
    option="place",
    options=lambda book, protected: names_of(book.place),
    optional=False,
    selects=True,
    recorded=True,
)
