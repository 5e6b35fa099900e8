"""Relational identity, standing: a group's relation to the outcome turns into another one."""

import numpy as np

from tradeoffs.data.shifts.shift import Shift, affected_rows, groups, position, with_label
from tradeoffs.data.table import Table

SWAPPED = 0.5  # of the outcomes concerned, at full intensity


def swap_standing(table: Table, intensity: float, seed: int, protected: str, option: str) -> Table:
    """Give one group positive outcomes and take some from everybody else."""
    group, names = table.group_of(protected)
    raised = group == (position(names, option, f"group of {protected}") if option else 0)
    concerned = np.where(raised, ~table.label, table.label)
    turned = affected_rows(table, SWAPPED * concerned, intensity, seed, "standing")
    return with_label(table, table.label ^ turned)


STANDING = Shift(
    name="standing",
    title="a group of another standing",
    family="relational identity shift",
    help=(
        "A group that needs protection in the source has another status in the target: up "
        "to half of its negative outcomes become positive, and as large a share of the "
        "others' positive outcomes becomes negative."
    ),
    moves="how groups and outcomes are related",
    invariant="everybody's features and group",
    limits="Status is reduced to outcomes; unless a group is named, the first one is raised.",
    source=(
        "Molamohammadi et al. 2023, arXiv 2306.10043, section 2.1, after Shapiro 2010 and "
        "Hanna et al. 2020"
    ),
    operator=swap_standing,
    reads=("groups", "label"),
    writes=("label",),
    moved=("answers changed", "outcome in groups"),
    still=("features", "groups"),
    option="group",
    options=groups,
)
