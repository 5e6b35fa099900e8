"""Columns: quantities of results that follow from others, by group from the counts of groups."""

import re
from typing import TYPE_CHECKING

from tradeoffs.stats.proportions import SMALLEST_CELL

if TYPE_CHECKING:
    import pandas as pd

OF_GROUP = re.compile(r"^(\w+)\[([^=\]]+)=(.+)\]$")  # rate[attribute=group]
OF_ALL = re.compile(r"^constant_accuracy\[([^=\]]+)\]$")
COUNTS = ("people", "positives", "selected", "true_positives")
USED = {  # derived by group -> the counts it follows from
    "accuracy": COUNTS,
    "selection_rate": ("people", "selected"),
    "true_positive_rate": ("positives", "true_positives"),
    "false_positive_rate": COUNTS,
    "base_rate": ("people", "positives"),
}


def parts(column: str) -> tuple[str, str] | None:
    """Return the two columns of a difference; None where it is none.

    >>> parts("accuracy[sex=Female] - accuracy[sex=Male]")
    ('accuracy[sex=Female]', 'accuracy[sex=Male]')
    """
    a, minus, b = column.partition(" - ")
    return (a.strip(), b.strip()) if minus else None


def kept(column: str, groups: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the columns of results that a column follows from.

    Args:
        column: measured or derived.
        groups: names of the groups of each attribute.

    >>> kept("selection_rate[sex=Male]", {})
    ('people[sex=Male]', 'selected[sex=Male]')
    """
    two = parts(column)
    if two:
        return tuple(dict.fromkeys([*kept(two[0], groups), *kept(two[1], groups)]))
    every = OF_ALL.match(column)
    if every:
        kinds, attribute = ("people", "positives"), every[1]
        return tuple(f"{k}[{attribute}={g}]" for g in groups.get(attribute, ()) for k in kinds)
    of = OF_GROUP.match(column)
    if of and of[1] in USED:
        return tuple(f"{kind}[{of[2]}={of[3]}]" for kind in USED[of[1]])
    return (column,)


def values(table: "pd.DataFrame", column: str) -> "pd.Series":
    """Return a column of a table of results; NaN where a rate is of too few people.

    Raises:
        KeyError: what it follows from is not in the table.
    """
    two = parts(column)
    if two:
        return values(table, two[0]) - values(table, two[1])
    every = OF_ALL.match(column)
    if every:
        return _constant_accuracy(table, every[1])
    of = OF_GROUP.match(column)
    if of and of[1] in USED and column not in table:
        return _rate(table, of[1], of[2], of[3])
    return _numbers(table, column)


def _constant_accuracy(table: "pd.DataFrame", attribute: str) -> "pd.Series":
    """Return how often one answer for everybody is right."""
    people, positives = (
        table.loc[:, [n for n in table if str(n).startswith(f"{kind}[{attribute}=")]].sum(axis=1)
        for kind in ("people", "positives")
    )
    share = positives / people
    return share.where(share >= 0.5, 1 - share)


def _rate(table: "pd.DataFrame", kind: str, attribute: str, group: str) -> "pd.Series":
    def count(of: str) -> "pd.Series":
        return _numbers(table, f"{of}[{attribute}={group}]")

    if kind == "base_rate":
        return _share(count("positives"), count("people"))
    if kind == "selection_rate":
        return _share(count("selected"), count("people"))
    if kind == "true_positive_rate":
        return _share(count("true_positives"), count("positives"))
    people, yes, said, hits = map(count, COUNTS)
    if kind == "false_positive_rate":
        return _share(said - hits, people - yes)
    return _share(people - yes - said + 2 * hits, people)


def _share(count: "pd.Series", of: "pd.Series") -> "pd.Series":
    return (count / of).where(of >= SMALLEST_CELL)


def _numbers(table: "pd.DataFrame", column: str) -> "pd.Series":
    import pandas as pd

    return pd.Series(table[column].to_numpy(float), table.index)
