"""Control levels: the coarse levels of a column, within which people are compared."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tradeoffs.data.catalogue import dataset
from tradeoffs.data.codebook_words import words
from tradeoffs.data.coding import MISSING, OTHER, Edges
from tradeoffs.data.table import Table
from tradeoffs.language.notation import list_text
from tradeoffs.language.translation import say
from tradeoffs.report.text import number
from tradeoffs.scenario import Scenario

MOST_LEVELS = 5


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Levels:
    """The levels of a control column.

    Attributes:
        title: of the column.
        names: of the levels.
        codes: (rows,) int, each person's level.
    """

    title: str
    names: tuple[str, ...]
    codes: np.ndarray


def control_columns(here: Scenario) -> dict[str, str]:
    """Return the columns that people can be compared within: name -> title.

    A column that the compared groups are made of is none: within a level there would be one group.
    """
    book = dataset(here.dataset).codebook
    compared = here.protected.split("*")
    own = {one.source for one in book.protected if one.name in compared}
    return {one.name: one.title for one in book.features if one.name not in own}


def control_levels(people: Table, column: str) -> Levels:
    """Return the levels of a column, at most MOST_LEVELS.

    Neighbouring bins of numbers are taken together so that levels have about as many people; of
    other values the most frequent ones stay apart.

    Args:
        people: who is decided about.
        column: one of `control_columns`.
    """
    place = [one.name for one in people.features].index(column)
    feature, bins_of = people.features[place], people.codes[:, place]
    count = np.bincount(bins_of, minlength=len(feature.labels))
    coding = next(one for one in dataset(people.name).codebook.features if one.name == column)
    together = _neighbours(count) if isinstance(coding, Edges) else _frequent(count)
    found = dict.fromkeys(together[count > 0].tolist())
    level = {old: new for new, old in enumerate(found)}
    members = [np.flatnonzero((together == old) & (count > 0)) for old in found]
    if isinstance(coding, Edges):
        names = [_range(coding, bins.tolist()) for bins in members]
    else:
        names = [_values(feature.labels, bins.tolist()) for bins in members]
    return Levels(
        title=feature.title,
        names=tuple(names),
        codes=np.array([level.get(old, -1) for old in together.tolist()])[bins_of],
    )


def _neighbours(count: np.ndarray) -> np.ndarray:
    """Return (bins,) which bins are taken together; what is missing stays apart."""
    known = count.copy()
    known[-1] = 0
    if np.count_nonzero(known) <= MOST_LEVELS:
        return np.arange(len(count))
    middle = known.cumsum() - known / 2
    together = np.minimum(MOST_LEVELS * middle / known.sum(), MOST_LEVELS - 1).astype(int)
    together[-1] = MOST_LEVELS
    return together


def _frequent(count: np.ndarray) -> np.ndarray:
    """Return (bins,) which bins are taken together: all but the most frequent ones."""
    together = np.arange(len(count))
    if np.count_nonzero(count) > MOST_LEVELS:
        order = np.argsort(-count, kind="stable")
        together[order[MOST_LEVELS - 1 :]] = len(count)
    return together


def _range(coding: Edges, bins: Sequence[int]) -> str:
    """Return the name of neighbouring bins of a number."""
    first, last = bins[0], bins[-1]
    if first == last:
        return coding.bins[first]
    if first == 0:
        return say("under {high}", high=number(coding.edges[last]))
    low = number(coding.edges[first - 1])
    if last == len(coding.edges):
        return say("{low} and over", low=low)
    return say("{low} to under {high}", low=low, high=number(coding.edges[last]))


def _values(labels: Sequence[str], bins: Sequence[int]) -> str:
    """Return the name of values taken together."""
    names = [labels[one] for one in bins]
    if len(names) == 1:
        return names[0]
    if {OTHER, MISSING} & set(names) or names[2:]:
        return say("all other values")
    return list_text(words(names), "or")
