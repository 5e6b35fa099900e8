"""What a cut is: a catalogue entry that says to which community each row of a table belongs."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from tradeoffs.data.codebook import Codebook
from tradeoffs.data.coding import Grouping
from tradeoffs.data.dataset import Dataset
from tradeoffs.data.encoded import Encoded
from tradeoffs.data.keyed_random import uniform
from tradeoffs.data.table import Table
from tradeoffs.data.table_cache import table_cache
from tradeoffs.language.translates import translates

NOBODY = -1  # code of a row that is in no community
Kind = Literal["recorded", "values", "made up"]


@translates("title", "phrase")
@dataclass(frozen=True, kw_only=True, slots=True)
class Amount:
    """The number that follows the name of a cut after a dot.

    Attributes:
        title: what it says, in a few words.
        phrase: a number in words, at `{}`.
        values: on offer, as they are written; the first one by default.
        least: smallest number allowed.
        most: largest number allowed.
        whole: whether it must be a whole number.
    """

    title: str
    phrase: str
    values: tuple[str, ...]
    least: float
    most: float
    whole: bool = True

    def allows(self, text: str) -> bool:
        """Say whether a text is a number within the bounds, in its shortest form."""
        try:
            number = int(text) if self.whole else float(text)
        except ValueError:
            return False
        return self.least <= number <= self.most and text == f"{number:g}"


@translates("title", "help")
@dataclass(frozen=True, kw_only=True, slots=True)
class Cut:
    """One way to tell the people of a table apart as communities.

    To which community a row belongs depends on that row, on a public hash of the person and on
    public constants alone: two tables that differ in one person differ in that person after the
    cut, in one community.  How many people a community has is taken to be public.

    Attributes:
        name: in a scenario; "name.amount" where it takes an amount.
        title: a few words.
        help: what it is, in a sentence or two.
        source: who described it.
        kind: "recorded" in the table, by "values" of those who gave the answers, or "made up".
        names: of the communities, from the dataset and the option; empty where it has none.
        codes: (the whole of the dataset, table, option, how many communities) -> int (rows,),
            index into the names, or NOBODY.
        amount: the number after the dot; None where there is none.
        features: that name the community, which no model within it sees.
        labels: what each community predicts where they differ in it; empty where they agree.
        answers: (whole, table, community, option) -> the table with that community's answers.
        by_answer: whether codes depend on the answers, so that another label has other people.
    """

    name: str
    title: str
    help: str
    source: str
    kind: Kind
    names: Callable[[Dataset, str], tuple[str, ...]]
    codes: Callable[[Encoded, Table, str, int], np.ndarray]
    amount: Amount | None = None
    features: Callable[[Codebook, str], tuple[str, ...]] = lambda book, option: ()
    labels: Callable[[Dataset], tuple[str, ...]] = lambda data: ()
    answers: Callable[[Encoded, Table, int, str], Table] = lambda whole, table, place, option: table
    by_answer: bool = False


def draw(whole: Encoded, table: Table, stream: str) -> np.ndarray:
    """Return one public number in (0, 1) a row, the same in every row of a person.

    Args:
        whole: the dataset, which knows whose row each is.
        table: some of its rows.
        stream: name of the use; another name gives unrelated numbers.
    """
    row_id, person_id = _people(whole)
    return uniform(0, stream, person_id[np.searchsorted(row_id, table.row_id)])


@table_cache
@lru_cache(maxsize=4)
def _people(whole: Encoded) -> tuple[np.ndarray, np.ndarray]:
    """Return the row ids of a dataset in order, and the person of each."""
    order = np.argsort(whole.row_id)
    return whole.row_id[order], whole.person_id[order]


def group_names(grouping: Grouping | None) -> tuple[str, ...]:
    """Return the names of a grouping's communities; none where there is no grouping.

    People of whom it is not known are no community, and lose their place among the names.
    """
    if grouping is None:
        return ()
    groups = grouping.groups or tuple((name, name) for name in grouping.labels)
    return tuple(plain_name(words) for values, words in groups if values is not None)


def community_codes(grouping: Grouping, codes: np.ndarray) -> np.ndarray:
    """Return codes of groups as codes of the communities that `group_names` gives."""
    known = [values is not None for values, _ in grouping.groups] or [True] * len(grouping.labels)
    places = np.where(known, np.cumsum(known) - 1, NOBODY)
    return places[codes]


def plain_name(words: str) -> str:
    """Return a name without + and :, which join names in a scenario.

    >>> plain_name("65+")
    '65 plus'
    """
    return " ".join(words.replace("+", " plus ").replace(":", " ").split())
