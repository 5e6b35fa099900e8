"""Measurement: what is kept of one model, numbers under names that it shares with others."""

from collections import defaultdict
from collections.abc import ItemsView, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Self
from weakref import WeakValueDictionary

import numpy as np

from tradeoffs.scenario import digest

Split = Literal["select", "report"]
SPLITS: tuple[Split, Split] = ("select", "report")
TRAINING = (  # the numbers of training: every schema has all of them, so that few are needed
    "sample_rate",
    "steps",
    "learning_rate",
    "clip_norm",
    "ridge",
    "sigma",
    "parameters",
    "seconds",
    "epsilon_spent",
    "sigma_gradient",
    "delta",
    "sigma_counts",
    "sigma_statistics",
    "watching_price",
    "sigma_gap",
    "tracked_gap",
    "bound_binding",
    "bound_reached",
    "clip_reach",
)
WHOLE = frozenset(("steps", "parameters"))  # counts: read back as int
OBJECTS = 500  # bytes of a measurement beside its numbers and decisions


def _index() -> Any:
    return field(hash=False, compare=False, repr=False)


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Schema:
    """Names of the numbers of measurements; the same names are the same object (`Schema.of`).

    A row of numbers has those of training first, then the figures of select, then of report.
    """

    training: tuple[str, ...]
    figures: tuple[str, ...]
    name: str  # a hash of the names
    training_names: Mapping[str, int] = _index()  # where each of training stands among them
    index: Mapping[str, int] = _index()  # where each figure stands

    @classmethod
    def of(cls, training: Iterable[str], figures: Iterable[str]) -> "Schema":
        """Return the schema of some names, each once."""
        names = tuple(training), tuple(figures)
        if (found := _SCHEMAS.get(names)) is None:
            index = [{name: place for place, name in enumerate(part)} for part in names]
            found = _SCHEMAS.setdefault(names, cls(*names, digest(names), *index))
        return found

    def __reduce__(self) -> tuple[object, ...]:
        """Make the same object of it in another process."""
        return Schema.of, (self.training, self.figures)

    @property
    def width(self) -> int:
        """Numbers in a row."""
        return len(self.training) + len(SPLITS) * len(self.figures)


_SCHEMAS: WeakValueDictionary[tuple[tuple[str, ...], ...], Schema] = WeakValueDictionary()


class Figures(Mapping[str, float]):
    """What was measured on one split, by name; a number that is NaN is not there.

    Args:
        index: where each name stands.
        numbers: (names,) float64.
    """

    __slots__ = ("index", "numbers")

    def __init__(self, index: Mapping[str, int], numbers: np.ndarray) -> None:
        """Look at some numbers, which are not copied."""
        self.index = index
        self.numbers = numbers

    def __getitem__(self, name: str) -> float:
        """Return a number; KeyError where it is not measurable."""
        number = float(self.numbers[self.index[name]])
        if number != number:
            raise KeyError(name)
        return number

    def __iter__(self) -> Iterator[str]:
        """Go through the names of what is measurable."""
        there = (self.numbers == self.numbers).tolist()
        return (name for name, known in zip(self.index, there, strict=True) if known)

    def items(self) -> ItemsView[str, float]:
        """Return names and numbers of what is measurable, all at once."""
        pairs = zip(self.index, self.numbers.tolist(), strict=True)
        return {name: number for name, number in pairs if number == number}.items()

    def __len__(self) -> int:
        """Return how many are measurable."""
        return int(np.count_nonzero(self.numbers == self.numbers))

    def __repr__(self) -> str:
        """Show what is there."""
        return repr(dict(self.items()))


@dataclass(frozen=True, kw_only=True, slots=True, weakref_slot=True, eq=False)
class Measurement:
    """What is kept of one model at one deployment; depends on its key alone.

    A quantity that cannot be measured is absent from `training`, `select` and `report`, never 0.
    """

    schema: Schema
    numbers: np.ndarray  # (schema.width,) float64, NaN where one is not measurable
    texts: Mapping[str, str]  # what training tells in words
    bits: bytes | None  # of `decisions`; None where these were not read

    @classmethod
    def of(
        cls,
        *,
        training: Mapping[str, float | str],
        select: Mapping[str, float],
        report: Mapping[str, float],
        decisions: bytes,
    ) -> Self:
        """Return the measurement of some values by name.

        Args:
            training: noise, budget, recipe, size, seconds.
            select: figures on select; no figure is infinite.
            report: figures on report.
            decisions: on report, packed bits.
        """
        texts = {name: value for name, value in training.items() if isinstance(value, str)}
        told = {name: float(value) for name, value in training.items() if name not in texts}
        schema = Schema.of(dict.fromkeys((*TRAINING, *told)), dict.fromkeys(_names(select, report)))
        parts = [numbers_of([told], schema.training)]
        parts += [numbers_of([figures], schema.figures) for figures in (select, report)]
        return cls(
            schema=schema,
            numbers=np.concatenate(parts, axis=1)[0],
            texts=texts,
            bits=decisions,
        )

    @property
    def training(self) -> dict[str, float | str]:
        """What training tells: numbers, then texts."""
        told: dict[str, float | str] = {
            name: int(number) if name in WHOLE else number
            for name, number in self.training_numbers.items()
        }
        return {**told, **self.texts}

    @property
    def training_numbers(self) -> Figures:
        """The numbers of training."""
        names = self.schema.training
        return Figures(self.schema.training_names, self.numbers[: len(names)])

    @property
    def select(self) -> Figures:
        """What was measured on select."""
        return self.figures("select")

    @property
    def report(self) -> Figures:
        """What was measured on report."""
        return self.figures("report")

    @property
    def decisions(self) -> bytes:
        """Who is decided positive on report: packed bits in the yardstick's order.

        Raises:
            ValueError: they were not read (`Store.results`).
        """
        if self.bits is None:
            raise ValueError("the decisions of this measurement were not read")
        return self.bits

    @property
    def size(self) -> int:
        """Bytes that it takes of memory, about."""
        return OBJECTS + self.numbers.nbytes + len(self.bits or b"")

    def figures(self, split: str) -> Figures:
        """Return what was measured on a split."""
        wide = len(self.schema.figures)
        first = len(self.schema.training) + wide * SPLITS.index(split)
        return Figures(self.schema.index, self.numbers[first : first + wide])

    def __eq__(self, other: object) -> bool:
        """Say whether the same was measured, whatever else the names are that it stands under."""
        if not isinstance(other, Measurement):
            return NotImplemented
        parts = ("training", *SPLITS, "bits")
        return all(getattr(self, part) == getattr(other, part) for part in parts)


def _names(*figures: Mapping[str, float]) -> Iterator[str]:
    """Return all names, those of what is not measurable too."""
    for one in figures:
        yield from one.index if isinstance(one, Figures) else one


def numbers_of(measured: Sequence[Mapping[str, float]], names: Sequence[str]) -> np.ndarray:
    """Return (len(measured), len(names)) float64, NaN where a name is not there.

    Args:
        measured: numbers by name, a model each; those under one schema are read together.
        names: of columns.
    """
    found = np.full((len(measured), len(names)), np.nan)
    alike: dict[int, list[int]] = defaultdict(list)
    for row, one in enumerate(measured):
        if isinstance(one, Figures):
            alike[id(one.index)].append(row)
        elif tuple(one) == names:
            found[row] = list(one.values())
        else:
            found[row] = [one.get(name, np.nan) for name in names]
    for rows in alike.values():
        some: list[Figures] = [measured[row] for row in rows]  # pyright: ignore[reportAssignmentType]
        there = [(k, some[0].index[name]) for k, name in enumerate(names) if name in some[0].index]
        if there:
            columns, places = map(list, zip(*there, strict=True))
            found[np.ix_(rows, columns)] = np.stack([one.numbers for one in some])[:, places]
    return found
