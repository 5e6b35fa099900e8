"""A sheet: the columns of a file as text, and what can be said of each."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tradeoffs.data.own.plain import distinct, plain
from tradeoffs.errors import InvalidInput

MISSING = frozenset(("", "na", "n/a", "nan", "null", "?"))  # in any case of letters
LARGEST_NUMBER = 1e15
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_RESERVED = ("row_id", "person_id", "split")
LONGEST_NAME = 30  # a crossing of two names must fit a scenario


@dataclass(frozen=True, kw_only=True, eq=False)
class Column:
    """One column.

    Attributes:
        name: short name for URLs and results, of letters, digits and underscores.
        title: the header in plain words.
        header: as in the file.
        cells: values without spaces around, numbers in one spelling; None where missing.
        comma: whether numbers are written with a decimal comma.
    """

    name: str
    title: str
    header: str
    cells: list[str | None]
    comma: bool

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each value comes, missing ones left out."""
        return Counter(cell for cell in self.cells if cell is not None)

    @property
    def missing(self) -> int:
        """Number of rows without a value."""
        return len(self.cells) - self.counts.total()

    @cached_property
    def parsed(self) -> dict[str, float]:
        """The values that are numbers."""
        found = {text: as_number(text, comma=self.comma) for text in self.counts}
        return {text: number for text, number in found.items() if number is not None}

    @property
    def is_number(self) -> bool:
        """Whether every value is a number, and there is one."""
        return bool(self.counts) and len(self.parsed) == len(self.counts)

    def numbers(self) -> np.ndarray:
        """Return float64 (rows,), NaN where missing.

        Raises:
            InvalidInput: a value is not a number, or too large to be one that was measured.
        """
        for text in self.counts:
            value = self.parsed.get(text)
            if value is None:
                raise InvalidInput(f"column {self.title!r} holds {plain(text)!r}, not a number")
            if not abs(value) <= LARGEST_NUMBER:
                raise InvalidInput(
                    f"column {self.title!r} holds {plain(text)}, which must be in "
                    f"[-{LARGEST_NUMBER:g}, {LARGEST_NUMBER:g}]"
                )
        return self.amounts()

    def amounts(self) -> np.ndarray:
        """Return float64 (rows,), NaN where missing or not a number: each cell by itself."""
        known = self.parsed
        return np.array([np.nan if c is None else known.get(c, np.nan) for c in self.cells])

    def texts(self) -> np.ndarray:
        """Return object (rows,): text, None where missing."""
        found = np.empty(len(self.cells), dtype=object)
        found[:] = self.cells
        return found


def as_number(text: str, *, comma: bool) -> float | None:
    """Return what a text says if it is a number in plain digits; None if not.

    >>> as_number("-1e3", comma=False), as_number("3,5", comma=True), as_number("1_0", comma=False)
    (-1000.0, 3.5, None)
    """
    written = text.replace(",", ".") if comma else text
    return float(written) if _NUMBER.fullmatch(written) else None


@dataclass(frozen=True, kw_only=True, eq=False)
class Sheet:
    """A file that was read: its columns, and notes on how it was read."""

    columns: tuple[Column, ...]
    notes: tuple[str, ...]

    @property
    def rows(self) -> int:
        """Number of rows below the header."""
        return len(self.columns[0].cells)

    @property
    def comma(self) -> bool:
        """Whether numbers are written with a decimal comma."""
        return self.columns[0].comma

    @cached_property
    def row_id(self) -> np.ndarray:
        """Ids that follow from what the rows hold; int64 (rows,), of 56 bits.

        A row more or less leaves the ids of the others, and so who is trained on and tested, as
        they were.  Equal rows are counted, so that each has its own.
        """
        copies: Counter[tuple[str | None, ...]] = Counter()
        ids = np.empty(self.rows, np.int64)
        for place, row in enumerate(zip(*(column.cells for column in self.columns), strict=True)):
            copies[row] += 1
            content = repr((copies[row], row)).encode("utf-8", "backslashreplace")
            ids[place] = int.from_bytes(hashlib.blake2b(content, digest_size=7).digest(), "little")
        return ids

    def column(self, header: str) -> Column:
        """Return a column by its header or short name; InvalidInput lists the known ones."""
        wanted = header.strip()
        for column in self.columns:
            if wanted in (column.header, column.name):
                return column
        known = ", ".join(column.title for column in self.columns)
        raise InvalidInput(f"unknown column {plain(header)!r}; known: {known}")


def sheet(
    header: list[str], rows: Iterable[list[str]], notes: tuple[str, ...], *, comma: bool
) -> Sheet:
    """Return the sheet of a header and rows of the same length.

    Each cell is read by itself: no row changes how another one is read.
    """
    titles = distinct([plain(h) or f"column {n}" for n, h in enumerate(header, 1)])
    names = distinct_names(header)
    known: dict[str, str | None] = {}

    def cleaned(cell: str) -> str | None:
        # Remembered: equal cells are one text in memory.
        if cell not in known:
            text = cell.strip()
            known[cell] = None if text.lower() in MISSING else spelled(text, comma=comma)
        return known[cell]

    cells = [[cleaned(cell) for cell in column] for column in zip(*rows, strict=True)]
    columns = tuple(
        Column(name=name, title=title, header=text.strip(), cells=values, comma=comma)
        for name, title, text, values in zip(names, titles, header, cells, strict=True)
    )
    return Sheet(columns=columns, notes=notes)


def spelled(text: str, *, comma: bool) -> str:
    """Return a number in one spelling, and anything else as it is.

    Numbers of more digits than 15 stay as they are too: they may be numbers of cases.

    >>> [spelled(text, comma=False) for text in ("1.0", "01", "-0", "1e3", "3,5", "A1", "1e999")]
    ['1', '1', '0', '1000', '3,5', 'A1', '1e999']
    """
    number = as_number(text, comma=comma)
    if number is None:
        return text
    short = f"{number + 0.0:.15g}"
    return short if _NUMBER.fullmatch(short) and float(short) == number else text


def distinct_names(header: list[str]) -> list[str]:
    """Return short names: letters, digits and underscores, all different.

    >>> distinct_names(["Age (years)", "age-years", "=cmd|x", "", "row_id"])
    ['age_years', 'age_years_2', 'cmd_x', 'column_4', 'row_id_2']
    """
    found: list[str] = []
    for number, text in enumerate(header, 1):
        name = re.sub(r"\W+", "_", text.lower()).strip("_")[:LONGEST_NAME] or f"column_{number}"
        one, n = name, 1
        while one in found or one in _RESERVED:
            n += 1
            one = f"{name}_{n}"
        found.append(one)
    return found
