"""The cuts on offer, and the communities that a cut makes of a table.

A new cut is one file and one line here.  A cut is written as its name, a protected attribute as its
own name, and what takes an amount has it after a dot: "place", "race", "towns.5".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from tradeoffs.catalogue import Catalogue, require_known
from tradeoffs.data.catalogue import dataset
from tradeoffs.data.communities.attribute import ATTRIBUTE
from tradeoffs.data.communities.cut import Cut
from tradeoffs.data.communities.dissent import TURNED
from tradeoffs.data.communities.meanings import MEANINGS
from tradeoffs.data.communities.panels import PANELS
from tradeoffs.data.communities.periods import TIME
from tradeoffs.data.communities.places import PLACE
from tradeoffs.data.communities.skew import SKEW
from tradeoffs.data.communities.town_sizes import SIZES
from tradeoffs.data.communities.towns import TOWNS
from tradeoffs.data.dataset import Dataset
from tradeoffs.data.load import load_encoded, load_split
from tradeoffs.data.table import Split, Table
from tradeoffs.data.table_cache import table_cache
from tradeoffs.errors import InvalidInput, NotMeasurable

CUTS = Catalogue(
    "cut",
    (
        PLACE,
        TIME,
        ATTRIBUTE,
        PANELS,
        MEANINGS,
        TOWNS,
        TURNED,
        SIZES,
        SKEW,
    ),
)
LEAST_TRAINED = 100  # people of a community to train on, below which nothing is said of it
LEAST_TESTED = 100  # and to choose and to report on together
PARTS = ("train", "select", "report")


@dataclass(frozen=True, kw_only=True, slots=True)
class Community:
    """One community, and how many people of it there are.

    Attributes:
        name: unique within its cut, for people too.
        label: that it predicts.
        train: people to train on; taken to be public.
        select: people to choose on.
        report: people whose figures are shown.
        fault: why it cannot be measured; None if it can.
    """

    name: str
    label: str
    train: int
    select: int
    report: int
    fault: NotMeasurable | None = None

    @property
    def measurable(self) -> bool:
        """Whether it has enough people, with both answers among those it is measured on."""
        return self.fault is None

    @property
    def reason(self) -> str:
        """Why it cannot be measured, in words; empty if it can."""
        return "" if self.fault is None else str(self.fault)


@table_cache
@lru_cache(maxsize=32)
def available_cuts(name: str, label: str) -> tuple[str, ...]:
    """Return the cuts of a dataset with one community at least that can be measured.

    What takes an amount has its default one.

    Args:
        name: of the dataset.
        label: what is predicted.

    Raises:
        InvalidInput: the dataset or the label is unknown.
    """
    data = dataset(name)
    return tuple(
        text for text in _texts(data) if any(one.measurable for one in _found(data, label, text))
    )


def find_cut(name: str, text: str) -> tuple[Cut, str]:
    """Return the entry that a cut's text means, and its option: an attribute, an amount or "".

    Raises:
        InvalidInput: there is no such cut of the dataset, or its amount is out of bounds.
    """
    data = dataset(name)
    base, dot, option = text.partition(".")
    entry = None if base == ATTRIBUTE.name else CUTS.get(base)
    if entry is None or (entry.amount is None and not entry.names(data, "")):
        require_known("cut", text, _texts(data))
        return ATTRIBUTE, text
    amount = entry.amount
    if amount is None and dot:
        raise InvalidInput("cut_without_amount", communities=text, name=base)
    if amount is not None and not amount.allows(option):
        raise InvalidInput(
            "amount_of_cut", communities=text, name=base, least=amount.least, most=amount.most
        )
    return entry, option


def title_of(name: str, text: str) -> str:
    """Return a cut in words: its title, or that of the attribute by whose groups it cuts."""
    entry, option = find_cut(name, text)
    if entry is not ATTRIBUTE:
        return entry.title
    return next(one.title for one in dataset(name).codebook.protected if one.name == option)


def labels_differ(name: str, text: str) -> bool:
    """Say whether the communities of a cut each predict a label of their own."""
    return bool(find_cut(name, text)[0].labels(dataset(name)))


def by_answer(name: str, text: str) -> bool:
    """Say whether a cut looks at answers, so that with another label it has other communities."""
    return find_cut(name, text)[0].by_answer


@table_cache
@lru_cache(maxsize=64)
def communities(name: str, label: str, text: str) -> tuple[Community, ...]:
    """Return the communities of a cut, in the order of its names; those without people too.

    Args:
        name: of the dataset.
        label: what those predict that do not differ in it.
        text: of the cut, with its option.

    Raises:
        InvalidInput: the dataset, the label or the cut is unknown, or it has one community only.
    """
    found = _found(dataset(name), label, text)
    if len(inhabited := [one for one in found if one.train]) < 2:
        raise InvalidInput("one_community", communities=text, count=len(inhabited))
    return found


@table_cache
@lru_cache(maxsize=128)
def community_split(name: str, label: str, text: str, community: str) -> Split:
    """Return the people of one community, with its own answers; arrays are read-only.

    Features that name the community are left out, and where communities predict different labels
    those that define any of them.

    Raises:
        InvalidInput: as `communities`, or there is no such community.
    """
    entry, option = find_cut(name, text)
    data = dataset(name)
    names = entry.names(data, option)
    require_known("community", community, names)
    place = names.index(community)
    hidden = _withheld(data, entry, option)
    own_label = _labels(data, entry, option, label)[place]
    split, whole = load_split(name, own_label), load_encoded(name)

    def part(which: str) -> Table:
        own = getattr(split, which).take(_codes(name, own_label, text, which) == place)
        own = entry.answers(whole, own, place, option)
        own = own.without([one.name for one in own.features if one.name in hidden])
        for array in own.arrays():
            array.setflags(write=False)
        return own

    return Split(**{which: part(which) for which in PARTS})


@table_cache
@lru_cache(maxsize=32)
def _codes(name: str, label: str, text: str, which: str) -> np.ndarray:
    """Return the place of the community of each person of a part, the same for all communities."""
    (entry, option), data = find_cut(name, text), dataset(name)
    table: Table = getattr(load_split(name, label), which)
    found = entry.codes(load_encoded(name), table, option, len(entry.names(data, option)))
    found.setflags(write=False)
    return found


def _texts(data: Dataset) -> tuple[str, ...]:
    """Return every cut that a dataset could have, as it is written."""

    def texts(entry: Cut) -> Iterator[str]:
        if entry is ATTRIBUTE:
            yield from data.protected
        elif entry.amount is not None:
            yield f"{entry.name}.{entry.amount.values[0]}"
        elif entry.names(data, ""):
            yield entry.name

    return tuple(dict.fromkeys(text for entry in CUTS.values() for text in texts(entry)))


def _labels(data: Dataset, entry: Cut, option: str, label: str) -> tuple[str, ...]:
    """Return the label of each community."""
    own = data.label(label).name
    return entry.labels(data) or (own,) * len(entry.names(data, option))


def _withheld(data: Dataset, entry: Cut, option: str) -> set[str]:
    """Return features that no model within the communities sees."""
    book = data.codebook
    defining = (book.label(label).withheld for label in entry.labels(data))
    return {name for names in defining for name in names}.union(entry.features(book, option))


def _found(data: Dataset, label: str, text: str) -> tuple[Community, ...]:
    entry, option = find_cut(data.name, text)
    names, labels = entry.names(data, option), _labels(data, entry, option, label)
    cells = {own: _cells(data.name, own, entry, option, len(names)) for own in set(labels)}
    return tuple(
        _community(name, own, cells[own][:, place])
        for place, (name, own) in enumerate(zip(names, labels, strict=True))
    )


def _cells(name: str, label: str, entry: Cut, option: str, count: int) -> np.ndarray:
    """Return people by part, community and answer; (parts, communities, 2)."""
    split, whole = load_split(name, label), load_encoded(name)
    found = np.zeros((len(PARTS), count, 2), np.int64)
    for part, which in enumerate(PARTS):
        table: Table = getattr(split, which)
        codes = entry.codes(whole, table, option, count)
        for place in range(count):
            own = entry.answers(whole, table.take(codes == place), place, option)
            yes = int(own.label.sum())
            found[part, place] = own.rows - yes, yes
    return found


def _community(name: str, label: str, cells: np.ndarray) -> Community:
    """Return a community from its people by part and answer; (parts, 2)."""
    train, select, report = map(int, cells.sum(1))
    fault = None
    if train < LEAST_TRAINED:
        fault = NotMeasurable("community_few_trained", people=train, least=LEAST_TRAINED)
    elif select + report < LEAST_TESTED:
        fault = NotMeasurable("community_few_tested", people=select + report, least=LEAST_TESTED)
    elif not cells[1:].all():
        yes = bool(cells[1:, 0].min() == 0)
        fault = NotMeasurable("community_only_yes" if yes else "community_only_no")
    return Community(name=name, label=label, train=train, select=select, report=report, fault=fault)
