"""Cells: which groups a gap compares, and which are left out because too few people are in them.

Who is compared is told by the data alone, never by what a model decides, and is the same in all
tables whose gaps stand side by side: a gap that shrinks because a group left is no smaller gap.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from tradeoffs.stats.proportions import SMALLEST_CELL

Cell = Literal["people", "positives", "negatives"]
CELLS: tuple[Cell, ...] = get_args(Cell)
FEW = f"fewer than {SMALLEST_CELL}: "
SIZE = re.compile(r"(.+) \((\d+) (\w+)\)")  # of a group


@dataclass(frozen=True, kw_only=True, slots=True)
class SmallGroup:
    """A group that is left out, with the cell that has the fewest people in any of the tables."""

    group: str
    cell: Cell
    people: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ComparedGroups:
    """The groups that a gap compares, in every table alike, and those that it leaves out."""

    groups: tuple[str, ...]
    left_out: tuple[SmallGroup, ...] = ()

    def among(self, names: Sequence[str]) -> np.ndarray:
        """Return (names,) bool: which of the groups of these names are compared."""
        return np.array([name in self.groups for name in names], dtype=bool)

    def describe_excluded(self) -> str:
        """Return who is left out and how many there are; empty if nobody is.

        >>> small = SmallGroup(group="a", cell="negatives", people=19)
        >>> ComparedGroups(groups=(), left_out=(small,)).describe_excluded()
        'fewer than 30: a (19 negatives)'
        """
        return few_text((one.group, one.people, one.cell) for one in self.left_out)


def few_text(sizes: Iterable[tuple[str, int, str]]) -> str:
    """Return which groups have too few people, as columns of results hold it; empty if none has.

    Args:
        sizes: of each group its name, how many there are of it, and which of its people.
    """
    told = "; ".join(f"{group} ({people} {which})" for group, people, which in sizes)
    return told and f"{FEW}{told}"


def read_few(text: str) -> list[tuple[str, int, str]]:
    """Return the sizes of which `few_text` made a text; none of another text.

    >>> read_few("fewer than 30: a (19 negatives); b (3 people)")
    [('a', 19, 'negatives'), ('b', 3, 'people')]
    """
    parts = text.removeprefix(FEW).split("; ") if text.startswith(FEW) else []
    found = [one for part in parts if (one := SIZE.fullmatch(part))]
    return [(one[1], int(one[2]), one[3]) for one in found] if len(found) == len(parts) else []


def cells(group: np.ndarray, label: np.ndarray, groups: int) -> np.ndarray:
    """Return (groups, 3) int: how many people, positives and negatives a table has of each group.

    Args:
        group: (rows,) int codes.
        label: (rows,) bool.
        groups: how many there are.
    """
    people = np.bincount(group, minlength=groups)
    positives = np.bincount(group[label], minlength=groups)
    return np.stack([people, positives, people - positives], axis=1)


def comparable_groups(
    names: Sequence[str], wanted: Iterable[Cell], tables: Sequence[np.ndarray]
) -> ComparedGroups:
    """Return the groups whose cells are large enough in every table.

    A table in which fewer than two groups are large enough has no gap, so it decides nothing where
    others have one; nor does a group that is in no table count as left out.

    Args:
        names: of the groups.
        wanted: the cells that rates are about.
        tables: of each its `cells`.
    """
    which = [CELLS.index(cell) for cell in wanted]
    every = np.stack(tables)  # (tables, groups, 3)
    there = every[:, :, 0].max(axis=0) > 0
    sizes = every[:, :, which]
    enough = np.all(sizes >= SMALLEST_CELL, axis=2)
    large = enough.sum(1)
    able = large >= min(2, large.max())
    sizes, enough = sizes[able], enough[able]
    small = []
    everywhere = np.asarray(np.all(enough, axis=0))
    for place in np.flatnonzero(there & ~everywhere).tolist():
        least = sizes[:, place].min(0)
        cell = CELLS[which[int(least.argmin())]]
        small.append(SmallGroup(group=names[place], cell=cell, people=int(least.min())))
    kept = tuple(name for name, one in zip(names, everywhere.tolist(), strict=True) if one)
    return ComparedGroups(groups=kept, left_out=tuple(small))
