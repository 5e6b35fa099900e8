"""Proposals: bins and groups for columns that nobody described.

They are read off the rows, so they are statistics of these people that no epsilon covers; whoever
has a codebook that was made without looking at the rows gives that instead.
"""

from collections.abc import Mapping
from itertools import pairwise

import numpy as np

from tradeoffs.data.coding import MISSING, OTHER, Coding, Edges, Protected, Vocabulary
from tradeoffs.data.upload.profile import FEWEST_ROWS, MOST_VALUES, is_amount
from tradeoffs.data.upload.sanitize import distinct, plain
from tradeoffs.data.upload.sheet import Column
from tradeoffs.errors import InvalidInput

PARTS = 10  # of a number's range
MOST_GROUPS = 20
GROUP_PARTS = 4  # of a protected number's range
Bins = Mapping[str, tuple[float, ...]]  # short name of a column -> edges that were stated


def coding(column: Column, bins: Bins) -> Coding:
    """Return bins for a feature: stated edges, a number's tenths, or the most frequent values.

    Raises:
        InvalidInput: no value is shared by FEWEST_ROWS rows, or a number is out of bounds.
    """
    if column.name in bins or is_amount(column):
        edges = bins.get(column.name) or _edges(column.numbers(), PARTS)
        column.numbers()
        return Edges(
            kind="edges",
            name=column.name,
            title=column.title,
            edges=edges,
            labels=_between(edges),
        )
    frequent = _ordered(column, [v for v, n in column.counts.items() if n >= FEWEST_ROWS])
    listed = frequent[:MOST_VALUES]
    if not listed:
        raise InvalidInput("no_shared_value", column=column.title, least=FEWEST_ROWS)
    words = distinct([plain(value) or "blank" for value in listed], (OTHER, MISSING))
    return Vocabulary(
        kind="vocabulary",
        name=column.name,
        title=column.title,
        values=tuple(zip(listed, words, strict=True)),
        other=len(listed) < len(column.counts),
    )


def groups(column: Column, bins: Bins, *, feature: bool) -> Protected:
    """Return the groups of a protected attribute: its values, or a number cut at its quarters.

    Args:
        column: that holds the values.
        bins: stated edges.
        feature: whether models see it too.

    Raises:
        InvalidInput: fewer than 2 groups or more than MOST_GROUPS, or a number that is to be cut
            is missing in some row.
    """
    common = {"name": column.name, "title": column.title, "feature": feature}
    if column.name in bins or is_amount(column):
        if column.missing:
            raise InvalidInput("protected_number_missing", column=column.title, rows=column.missing)
        edges = bins.get(column.name) or _edges(column.numbers(), GROUP_PARTS)
        column.numbers()
        return Protected(**common, edges=edges, labels=_between(edges))
    values: list[str | None] = [*_ordered(column, list(column.counts))]
    if column.missing:
        values.append(None)
    if len(values) < 2:
        raise InvalidInput("protected_constant", column=column.title)
    if len(values) > MOST_GROUPS:
        raise InvalidInput(
            "too_many_groups", column=column.title, values=len(values), most=MOST_GROUPS
        )
    words = distinct([MISSING if v is None else plain(v) or "blank" for v in values])
    return Protected(**common, groups=tuple(zip(values, words, strict=True)))


def _ordered(column: Column, values: list[str]) -> list[str]:
    """Return numbers in their order and text by how often it comes."""
    if column.is_number:
        place = dict(zip(column.values, column.parsed.tolist(), strict=True))
        return sorted(values, key=place.__getitem__)
    return sorted(values, key=lambda value: (-column.counts[value], value))


def _edges(values: np.ndarray, parts: int) -> tuple[float, ...]:
    """Return quantiles, written with as few digits as tell them apart; each cuts the values."""
    known = values[~np.isnan(values)]
    cuts = np.unique(np.quantile(known, np.arange(1, parts) / parts, method="inverted_cdf"))
    cuts = cuts[cuts > known.min()]
    if not cuts.size:  # nearly all have the smallest value
        cuts = known[known > known.min()].min(keepdims=True)
    for digits in range(2, 16):
        edges = np.unique([float(f"{cut:.{digits}g}") for cut in cuts])
        if len(edges) == len(cuts) and edges[0] > known.min() and edges[-1] <= known.max():
            return tuple(edges.tolist())
    return tuple(cuts.tolist())


def _between(edges: tuple[float, ...]) -> tuple[str, ...]:
    """Return words for the bins between edges."""
    told = [f"{edge:.15g}".replace("-", "−") for edge in edges]
    middle = [f"{low} to under {high}" for low, high in pairwise(told)]
    return (f"under {told[0]}", *middle, f"{told[-1]} or more")
