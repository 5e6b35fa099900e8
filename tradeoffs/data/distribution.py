"""Distribution: the share of each value of a column in parts of a table, with intervals."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tradeoffs.language.translation import mark
from tradeoffs.stats.proportions import SMALLEST_CELL, weighted_share, wilson

OTHERS = mark("all others")


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Distribution:
    """Shares of people, by value and part.

    Attributes:
        title: of the column.
        values: its values, or the groups whose rates are meant.
        parts: of the people: groups, or before and after.
        shares: (values, parts), 0 to 1; NaN where fewer than SMALLEST_CELL rows are counted.
        low: lower ends of their 95 % intervals, after Wilson 1927; NaN as `shares`.
        high: upper ends.
    """

    title: str
    values: tuple[str, ...]
    parts: tuple[str, ...]
    shares: np.ndarray
    low: np.ndarray
    high: np.ndarray


def distribution(
    title: str,
    values: Sequence[str],
    parts: Sequence[str],
    codes: np.ndarray,
    part: np.ndarray,
    *,
    weights: np.ndarray | None = None,
    most: int = 12,
) -> Distribution:
    """Return how the values of a column are distributed in each part.

    Values that nobody has are left out; of more than `most` the rarest are taken together.

    Args:
        title: of the column.
        values: words for the codes.
        parts: names of the parts.
        codes: int (rows,), of values.
        part: int (rows,), the part of each row.
        weights: (rows,) survey weights above 0; None where each row counts once.
        most: values to tell apart.
    """
    counts = np.zeros((len(values), len(parts)), np.int64)
    np.add.at(counts, (codes, part), 1)
    kept = _frequent(counts, most)
    names = [values[int(code)] for code in kept]
    place = np.full(len(values), len(kept))
    place[kept] = np.arange(len(kept))
    if counts.sum() > counts[kept].sum():
        names.append(OTHERS)
    found = np.full((3, len(names), len(parts)), np.nan)
    for j in range(len(parts)):
        inside = part == j
        own = None if weights is None else weights[inside]
        for i in range(len(names)):
            found[:, i, j] = _share(place[codes[inside]] == i, own)
    return Distribution(
        title=title, values=tuple(names), parts=tuple(parts),
        shares=found[0], low=found[1], high=found[2],
    )  # fmt: skip


def rates(
    title: str, values: Sequence[str], parts: Sequence[str], yes: Sequence[Sequence[np.ndarray]]
) -> Distribution:
    """Return the share of yes of each group in each part.

    Args:
        title: of what is answered.
        values: names of the groups.
        parts: names of the parts.
        yes: for each group and part the answers, bool (rows,).
    """
    found = np.array([[_share(one) for one in of] for of in yes])
    shares, low, high = np.moveaxis(found, 2, 0)
    return Distribution(
        title=title, values=tuple(values), parts=tuple(parts), shares=shares, low=low, high=high
    )


def _frequent(counts: np.ndarray, most: int) -> np.ndarray:
    """Return the codes of the values that are told apart, in their order."""
    largest = (counts / np.maximum(counts.sum(0), 1)).max(1)
    held = np.flatnonzero(largest)
    if len(held) <= most:
        return held
    return np.sort(np.argsort(-largest, kind="stable")[: most - 1])


def _share(yes: np.ndarray, weights: np.ndarray | None = None) -> tuple[float, float, float]:
    if len(yes) < SMALLEST_CELL:
        return (np.nan, np.nan, np.nan)
    if weights is not None:
        value, (low, high) = weighted_share(yes, weights)
        return value, low, high
    count = int(yes.sum())
    return count / len(yes), *wilson(count, len(yes))
