"""Opt-out: a group withholds its data in training; the model is still used on everybody."""

from tradeoffs.data.shifts.shift import Shift, groups, position, withdraw
from tradeoffs.data.table import Table


def leave_out(table: Table, intensity: float, seed: int, protected: str, option: str) -> Table:
    """Leave out a share of one group; at full intensity all of it."""
    group, names = table.group_of(protected)
    whom = group == position(names, option, f"group of {protected}")
    return withdraw(table, whom, intensity, seed, "opt_out")


OPT_OUT = Shift(
    name="opt_out",
    title="a group withholds its data",
    family="representation",
    help="Some or all people of a group do not give their data for training.",
    moves="how many people of the group are in training",
    invariant="features and outcomes within each group",
    limits=(
        "Who withholds is drawn at random; real refusals depend on what people have experienced."
    ),
    source=(
        "Molamohammadi et al. 2023, arXiv 2306.10043, sections 2.1 and 2.3 (representation, "
        "data sovereignty)"
    ),
    operator=leave_out,
    reads=("groups",),
    moved=("groups",),
    still=("outcome in groups", "features in groups"),
    option="group",
    options=groups,
    optional=False,
    deployed=False,
    selects=True,
)
