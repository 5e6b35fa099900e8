"""Columns: quantities of results that follow from others, by group from the counts of groups."""

import math
import re
from typing import TYPE_CHECKING

import numpy as np

from tradeoffs.stats.proportions import SMALLEST_CELL, chance_gap
from tradeoffs.values.privacy.interpretation import guess_rate

if TYPE_CHECKING:
    import pandas as pd

OF_GROUP = re.compile(r"^(\w+)\[([^=\]]+)=(.+)\]$")  # rate[attribute=group]
OF_ALL = re.compile(r"^(constant_accuracy|chance_gap)\[([^=\]]+)\]$")
TWO = re.compile(r"^(.+) ([-+]) (.+)$")  # the last sign: a - b + c is (a - b) + c
LARGER = re.compile(r"^max\(([^()]+), ([^()]+)\)$")
OPERATIONS = {"-": np.subtract, "+": np.add}
COUNTS = ("people", "positives", "selected", "true_positives")
USED = {  # derived by group -> the counts it follows from
    "accuracy": COUNTS,
    "selection_rate": ("people", "selected"),
    "true_positive_rate": ("positives", "true_positives"),
    "false_positive_rate": COUNTS,
    "base_rate": ("people", "positives"),
}


def parts(column: str) -> tuple[np.ufunc, str, str] | None:
    """Return what two columns are joined by, and the two; None where there is one alone.

    >>> parts("accuracy[sex=Female] - accuracy[sex=Male]")
    (<ufunc 'subtract'>, 'accuracy[sex=Female]', 'accuracy[sex=Male]')
    """
    larger = LARGER.match(column)
    if larger:
        return np.maximum, larger[1], larger[2]
    two = TWO.match(column)
    return (OPERATIONS[two[2]], two[1], two[3]) if two else None


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
        return tuple(dict.fromkeys([*kept(two[1], groups), *kept(two[2], groups)]))
    every = OF_ALL.match(column)
    if every:
        rate, attribute = every[1] == "chance_gap", every[2]
        kinds = ("people",) if rate else ("people", "positives")
        counts = (f"{k}[{attribute}={g}]" for g in groups.get(attribute, ()) for k in kinds)
        return (*(["selection_rate"] if rate else []), *counts)
    of = OF_GROUP.match(column)
    if column == "guess_rate":
        return ("epsilon_spent",)
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
        return two[0](values(table, two[1]), values(table, two[2]))
    every = OF_ALL.match(column)
    if every:
        of_all = _chance_gap if every[1] == "chance_gap" else _constant_accuracy
        return of_all(table, every[2])
    if column == "guess_rate":
        return _numbers(table, "epsilon_spent").map(_guess_rate, na_action="ignore")
    of = OF_GROUP.match(column)
    if of and of[1] in USED and column not in table:
        return _rate(table, of[1], of[2], of[3])
    return _numbers(table, column)


def _guess_rate(epsilon: float) -> float:
    """Return how often an attacker's guess, one of two, may be right at most."""
    return guess_rate(epsilon) / 100


def _constant_accuracy(table: "pd.DataFrame", attribute: str) -> "pd.Series":
    """Return how often one answer for everybody is right."""
    people = _counts(table, "people", attribute).sum(axis=1)
    share = _counts(table, "positives", attribute).sum(axis=1) / people
    return share.where(share >= 0.5, 1 - share)


def _chance_gap(table: "pd.DataFrame", attribute: str) -> "pd.Series":
    """Return how far selection rates of the groups would lie apart by chance alone."""
    people = _counts(table, "people", attribute)
    shares = _numbers(table, "selection_rate")
    gaps = [
        chance_gap(row.to_numpy(), share) if len(row) and share == share else math.nan
        for (_, row), share in zip(people.iterrows(), shares, strict=True)
    ]
    return shares.where(shares.isna(), gaps)


def _counts(table: "pd.DataFrame", kind: str, attribute: str) -> "pd.DataFrame":
    return table.loc[:, [name for name in table if str(name).startswith(f"{kind}[{attribute}=")]]


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
