"""A sheet: the columns of a file as codes and values, and what can be said of each."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from tradeoffs.data.keyed_random import words as mixed
from tradeoffs.data.upload.number_formats import POINT, number, spell
from tradeoffs.data.upload.options import Question
from tradeoffs.data.upload.sanitize import plain
from tradeoffs.errors import InvalidInput

LARGEST_NUMBER = 1e15
_RESERVED = ("row_id", "person_id", "split")
LONGEST_NAME = 30  # a crossing of two names must fit a scenario
_UNSEEN = dict.fromkeys(
    map(ord, "\u00ad\u200b\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e")
)
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f"), " ")
_MINUS = re.compile(r"^\u2212(?=[\d.,])")


def clean(text: str) -> str:
    """Return a text in one Unicode form (NFC), without characters that nobody sees.

    >>> clean(" cafe\u0301\u200b ") == "café", clean("\u22125"), clean("1\u00a0234")
    (True, '-5', '1 234')
    """
    if text.isascii():
        return text.strip()
    text = unicodedata.normalize("NFC", text.translate(_UNSEEN))
    return _MINUS.sub("-", text.translate(_SPACES).strip())


@dataclass(frozen=True, kw_only=True, eq=False)
class Column:
    """One column.

    Attributes:
        name: short name for URLs and results, of letters, digits and underscores.
        title: the header in plain words.
        header: as in the file, renamed where another column has the same.
        values: the different values that rows have, numbers in one spelling.
        codes: int32 (rows,), the place of each row's value; -1 where missing.
        decimal: sign before the decimals of its numbers.
        nominal: whether values are names, whatever digits they are made of.
        blanks: how many cells are missing, by the word that stood there; "" for an empty cell.
        unit: a currency sign, or %, that was written at numbers.
        question: what must be stated before the column can be used.
    """

    name: str
    title: str
    header: str
    values: tuple[str, ...]
    codes: np.ndarray
    decimal: str = POINT
    nominal: bool = False
    blanks: Mapping[str, int] = field(default_factory=dict)
    unit: str = ""
    question: Question | None = None

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.codes)

    @cached_property
    def frequency(self) -> np.ndarray:
        """How often each value comes; int64 (values,)."""
        return np.bincount(self.codes[self.codes >= 0], minlength=len(self.values))

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each value comes, missing ones left out."""
        return Counter(dict(zip(self.values, self.frequency.tolist(), strict=True)))

    @property
    def missing(self) -> int:
        """Number of rows without a value."""
        return int((self.codes < 0).sum())

    @cached_property
    def parsed(self) -> np.ndarray:
        """Each value as a number, NaN where it is none; float64 (values,)."""
        if self.nominal:
            return np.full(len(self.values), np.nan)
        found = (number(text, POINT) for text in self.values)
        return np.array([np.nan if one is None else one for one in found], np.float64)

    @cached_property
    def is_number(self) -> bool:
        """Whether every value is a number, and there is one."""
        return bool(self.values) and not np.isnan(self.parsed).any()

    @cached_property
    def texts(self) -> dict[str, int]:
        """The values that are no numbers, with how often they come, the most frequent first."""
        words = zip(self.values, np.isnan(self.parsed), self.frequency.tolist(), strict=True)
        found = {value: n for value, no, n in words if no}
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))

    def numbers(self) -> np.ndarray:
        """Return float64 (rows,), NaN where missing.

        Raises:
            InvalidInput: a value is not a number, or too large to be one that was measured.
        """
        if self.texts:
            first = next(iter(self.texts))
            raise InvalidInput("cell_not_a_number", column=self.title, value=plain(first))
        amounts = self.amounts()
        if (np.abs(amounts) > LARGEST_NUMBER).any():
            largest = self.values[self.codes[np.nanargmax(np.abs(amounts))]]
            raise InvalidInput(
                "number_too_large", column=self.title, value=plain(largest), most=LARGEST_NUMBER
            )
        return amounts

    def amounts(self) -> np.ndarray:
        """Return float64 (rows,), NaN where missing or not a number: each cell by itself."""
        return np.append(self.parsed, np.nan)[self.codes]

    def spelled(self, text: str) -> str:
        """Return a text as this column spells its values: 1.0 finds 1."""
        text = clean(text)
        return text if self.nominal else spell(text, self.decimal)

    def take(self, rows: np.ndarray) -> "Column":
        """Return the column of some rows, bool (rows,), with the values that these have."""
        codes = self.codes[rows]
        here = np.bincount(codes[codes >= 0], minlength=len(self.values)) > 0
        places = np.append(np.where(here, np.cumsum(here) - 1, -1), -1).astype(np.int32)
        values = tuple(value for value, yes in zip(self.values, here, strict=True) if yes)
        return replace(self, values=values, codes=places[codes])

    def merged(self, words: Mapping[str, str]) -> "Column":
        """Return the column with values taken together under a word.

        Raises:
            InvalidInput: a value does not stand in the column.
        """
        told = {
            list_text(self, value, "merge"): _found(self, word) or clean(word)
            for value, word in words.items()
        }
        return self.rewritten([told.get(value, value) for value in self.values])

    def rewritten(self, values: Sequence[str | None], **changes: Any) -> "Column":
        """Return the column with another text for each value; None where it is missing."""
        known = dict.fromkeys(value for value in values if value is not None)
        places = {value: place for place, value in enumerate(known)}
        moved = np.array([-1 if v is None else places[v] for v in values] + [-1], np.int32)
        return replace(self, values=tuple(known), codes=moved[self.codes], **changes)

    @cached_property
    def hashed(self) -> np.ndarray:
        """A number for each row that follows from its value; uint64 (rows,)."""
        found = [int.from_bytes(_digest(value.encode("utf-8", "backslashreplace"))) for value in
                 self.values]  # fmt: skip
        return np.array([*found, 0], np.uint64)[self.codes]


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=8).digest()


def list_text(column: Column, wanted: str, what: str) -> str:
    """Return a value of the column as it stands there: 1.0 finds 1, and ›50K as shown finds >50K.

    Raises:
        InvalidInput: no row has it, or several look like it; lists the most frequent ones.
    """
    found = _found(column, wanted)
    if found is None:
        some = tuple(plain(value, 20) for value, _ in column.counts.most_common(8))
        raise InvalidInput(
            "no_such_value", what=what, value=plain(wanted), column=column.title, some=some
        )
    return found


def _found(column: Column, wanted: str) -> str | None:
    for value in (clean(wanted), column.spelled(wanted)):
        if value in column.counts:
            return value
    shown = plain(wanted)
    alike = [value for value in column.counts if shown and plain(value) == shown]
    return alike[0] if len(alike) == 1 else None


@dataclass(frozen=True, kw_only=True, eq=False)
class Sheet:
    """A file that was read.

    Attributes:
        columns: at least two, of the same number of rows.
        facts: how the file was read: "kind", "encoding", "separator", "blank", "renamed", ...
    """

    columns: tuple[Column, ...]
    facts: Mapping[str, Any]

    @property
    def rows(self) -> int:
        """Number of rows."""
        return self.columns[0].rows

    def content(self, columns: Sequence[Column]) -> np.ndarray:
        """Return a number that follows from what a row holds in these columns; uint64 (rows,)."""
        found = np.zeros(self.rows, np.uint64)
        for column in columns:
            found = mixed(0, found ^ column.hashed)
        return found

    @cached_property
    def row_id(self) -> np.ndarray:
        """Ids that follow from what the rows hold; int64 (rows,), of 56 bits.

        A row more or less leaves the ids of the others, and so who is trained on and tested, as
        they were.  Equal rows are counted, so that each has its own.
        """
        content = self.content(self.columns)
        return (mixed(1, content ^ mixed(2, copies(content))) >> np.uint64(8)).astype(np.int64)

    def column(self, header: str) -> Column:
        """Return a column by its header, short name or title; InvalidInput lists the known ones."""
        wanted = clean(header)
        for kind in ("header", "name", "title"):
            for column in self.columns:
                if getattr(column, kind) == wanted:
                    return column
        known = tuple(plain(column.title, 20) for column in self.columns)
        raise InvalidInput("unknown_column_of_file", name=plain(header), known=known)

    def take(self, rows: np.ndarray) -> "Sheet":
        """Return some rows; bool (rows,)."""
        return replace(self, columns=tuple(column.take(rows) for column in self.columns))


def copies(content: np.ndarray) -> np.ndarray:
    """Return how many equal numbers stand before each one; uint64 of the same shape.

    >>> copies(np.array([7, 5, 7, 7])).tolist()
    [0, 0, 1, 2]
    """
    order = np.argsort(content, kind="stable")
    ordered = content[order]
    new = np.concatenate([[True], ordered[1:] != ordered[:-1]])
    first = np.maximum.accumulate(np.where(new, np.arange(len(order)), 0))
    found = np.empty(len(order), np.uint64)
    found[order] = (np.arange(len(order)) - first).astype(np.uint64)
    return found


def distinct_names(header: Sequence[str]) -> list[str]:
    """Return short names: letters, digits and underscores, all different.

    >>> distinct_names(["Age (years)", "age-years", "=cmd|x", "", "row_id"])
    ['age_years', 'age_years_2', 'cmd_x', 'column_4', 'row_id_2']
    """
    found: dict[str, None] = {}
    for place, text in enumerate(header, 1):
        name = re.sub(r"\W+", "_", text.lower()).strip("_")[:LONGEST_NAME] or f"column_{place}"
        one, n = name, 1
        while one in found or one in _RESERVED:
            n += 1
            one = f"{name}_{n}"
        found[one] = None
    return list(found)
