"""What a shift did to the people that models meet, told from the people themselves."""

import numpy as np

from tradeoffs.data.table import Table
from tradeoffs.language.translation import say


def describe_change(before: Table, after: Table, protected: str) -> str:
    """Return one sentence: how many people are left, and whose share moved most.

    Args:
        before: the people without the shift.
        after: the people with it.
        protected: attribute or crossing by which groups are told.
    """
    old, new = (_shares(table, protected) for table in (before, after))
    most = int(np.abs(new - old).argmax())
    if round(new[most]) == round(old[most]):
        return say(
            "The deployment population is {left:,} of {all:,} people; the groups keep their "
            "shares.",
            left=after.rows,
            all=before.rows,
        )
    name = before.group_of(protected)[1][most]
    return say(
        "The deployment population is {left:,} of {all:,} people; of 100 of them, {new:.0f} are "
        "in the group {name} instead of {old:.0f}.",
        left=after.rows,
        all=before.rows,
        new=float(new[most]),
        name=name,
        old=float(old[most]),
    )


def _shares(table: Table, protected: str) -> np.ndarray:
    """Return the groups' shares in percent, weighted as figures are; zeros where nobody is left."""
    group, names = table.group_of(protected)
    found = np.bincount(group, table.sample_weight, len(names))
    return 100 * found / max(found.sum(), 1)
