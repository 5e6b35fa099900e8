"""Tables of people as codes of public bins, and their split into train, select and report."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tradeoffs.data.codebook import Codebook, load_codebook
from tradeoffs.data.keyed import uniform
from tradeoffs.errors import InvalidInput
from tradeoffs.paths import DATA

if TYPE_CHECKING:  # imported where a file is read: page processes do without pandas
    import pandas as pd


@dataclass(frozen=True, kw_only=True, slots=True)
class Feature:
    """One feature: its name, its title for people and words for each of its bins."""

    name: str
    title: str
    labels: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Table:
    """People as codes: each feature puts each person in exactly one bin.

    Args:
        name: the dataset.
        features: in the order of the columns of `codes`.
        codes: int16 (rows, features), bin within the feature, from 0.
        label: bool (rows,), True is the positive answer.
        protected: attribute -> int8 (rows,), index into `groups`.
        groups: attribute -> names of its groups.
        row_id: int64 (rows,), stable: a row keeps it through every selection.

    Raises:
        InvalidInput: shapes, types or codes do not fit together.
    """

    name: str
    features: tuple[Feature, ...]
    codes: np.ndarray
    label: np.ndarray
    protected: Mapping[str, np.ndarray]
    groups: Mapping[str, tuple[str, ...]]
    row_id: np.ndarray

    def __post_init__(self) -> None:
        """Check that shapes, types and codes fit together."""
        _require("codes", self.codes, np.int16, (self.rows, len(self.features)))
        _require("label", self.label, np.bool_, (self.rows,))
        _require("row_id", self.row_id, np.int64, (self.rows,))
        if set(self.protected) != set(self.groups):
            raise InvalidInput(f"protected={list(self.protected)} but groups={list(self.groups)}")
        for attribute, codes in self.protected.items():
            _require(attribute, codes, np.int8, (self.rows,))
            _require_codes(attribute, codes, len(self.groups[attribute]))
        _require_codes("codes", self.codes, self._bins)

    @property
    def rows(self) -> int:
        """Number of people."""
        return len(self.row_id)

    @property
    def columns(self) -> int:
        """Number of 0/1 columns: the bins of all features together."""
        return int(self._bins.sum())

    @property
    def offsets(self) -> np.ndarray:
        """First column of each feature; int32 (features,)."""
        return (np.cumsum(self._bins) - self._bins).astype(np.int32)

    @property
    def flat(self) -> np.ndarray:
        """Column of the single 1 that each feature contributes; int32 (rows, features)."""
        return self.codes + self.offsets

    @property
    def _bins(self) -> np.ndarray:
        return np.array([len(feature.labels) for feature in self.features], dtype=np.int64)

    def take(self, rows: np.ndarray) -> "Table":
        """Return the rows of an index or a boolean mask, in the order asked for."""
        return replace(
            self,
            codes=self.codes[rows],
            label=self.label[rows],
            protected={name: codes[rows] for name, codes in self.protected.items()},
            row_id=self.row_id[rows],
        )

    def without(self, names: Collection[str]) -> "Table":
        """Return the table with these features withheld; protected attributes stay known.

        Raises:
            InvalidInput: a name is not a feature of this table, or none would be left.
        """
        known = [feature.name for feature in self.features]
        for name in names:
            if name not in known:
                raise InvalidInput(f"unknown feature {name!r}; known: {', '.join(known)}")
        kept = [place for place, name in enumerate(known) if name not in names]
        if not kept:
            raise InvalidInput(f"all {len(known)} features are withheld; keep at least 1")
        features = tuple(self.features[place] for place in kept)
        return replace(self, features=features, codes=self.codes[:, kept])

    def group_of(self, protected: str) -> tuple[np.ndarray, tuple[str, ...]]:
        """Return each row's group and the names of the groups.

        "sex" gives the groups of one attribute, "sex*race" their crossing with names such as
        "Female, Black". Groups without people are listed too.

        Returns:
            Codes, int8 (rows,) or int16 (rows,) for a crossing, and the names they index.

        Raises:
            InvalidInput: an attribute is unknown or crossed with itself.
        """
        attributes = protected.split("*")
        for attribute in attributes:
            if attribute not in self.protected:
                known = ", ".join(self.protected)
                raise InvalidInput(
                    f"unknown attribute {attribute!r} in {protected!r}; known: {known}"
                )
        if len(set(attributes)) < len(attributes):
            raise InvalidInput(f"{protected!r} crosses an attribute with itself")
        if len(attributes) == 1:
            return self.protected[protected], self.groups[protected]
        sizes = tuple(len(self.groups[attribute]) for attribute in attributes)
        codes = np.ravel_multi_index([self.protected[name] for name in attributes], sizes)
        names = product(*(self.groups[attribute] for attribute in attributes))
        return codes.astype(np.int16), tuple(", ".join(parts) for parts in names)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Split:
    """Three disjoint tables: fit on `train`, choose on `select`, show figures of `report`."""

    train: Table
    select: Table
    report: Table


def _require(name: str, array: np.ndarray, dtype: type, shape: tuple[int, ...]) -> None:
    if array.dtype != dtype or array.shape != shape:
        found = f"{array.dtype} {array.shape}"
        raise InvalidInput(f"{name} is {found}, must be {np.dtype(dtype)} {shape}")


def _require_codes(name: str, codes: np.ndarray, bins: np.ndarray | int) -> None:
    if codes.size and (codes.min() < 0 or np.any(codes.max(axis=0) >= bins)):
        raise InvalidInput(f"{name} from {codes.min()} to {codes.max()} must be in [0, {bins})")


def read_frame(book: Codebook, folder: Path = DATA) -> "pd.DataFrame":
    """Return the raw values of a bundled table, exactly the file its codebook was made for.

    Raises:
        InvalidInput: the file is absent, or it is not the one whose hash the codebook holds.
    """
    from pyarrow import BufferReader
    from pyarrow.parquet import read_table

    file = f"{book.name}.parquet"
    try:
        content = (folder / file).read_bytes()
    except OSError as error:
        raise InvalidInput(f"cannot read {file}: {error.strerror}") from None
    found = hashlib.sha256(content).hexdigest()
    if found != book.sha256:
        raise InvalidInput(
            f"{file} has sha256 {found[:12]}.., its codebook says {book.sha256[:12]}..; "
            f"restore it or run `python data/build.py {book.name}`"
        )
    return read_table(BufferReader(content)).to_pandas()


def encode_frame(book: Codebook, frame: "pd.DataFrame") -> Table:
    """Return raw values as a table: codes from the codebook, nothing learned from the rows."""
    return Table(
        name=book.name,
        features=tuple(
            Feature(name=coding.name, title=coding.title, labels=coding.bins)
            for coding in book.features
        ),
        codes=book.encode(frame),
        label=frame[book.label.name].to_numpy(dtype=np.bool_),
        protected={a.name: a.encode(frame.loc[:, a.name]) for a in book.protected},
        groups={a.name: a.names for a in book.protected},
        row_id=frame["row_id"].to_numpy(dtype=np.int64),
    )


def halve(table: Table, stream: str) -> tuple[Table, Table]:
    """Cut a table in two by a public hash of the row ids; sizes differ by at most one row.

    Every cell of label and protected attributes is halved too, so that figures of the halves
    differ by little more than chance within cells.  Where a row falls does not depend on its
    features or its place in the file.
    """
    cell = table.label.astype(np.int64)
    for attribute in sorted(table.protected):
        cell = cell * len(table.groups[attribute]) + table.protected[attribute]
    order = np.lexsort((uniform(0, stream, table.row_id), cell))
    return table.take(np.sort(order[::2])), table.take(np.sort(order[1::2]))


def split_frame(book: Codebook, frame: "pd.DataFrame") -> Split:
    """Return the training file as `train` and the test file halved into `select` and `report`."""
    table = encode_frame(book, frame)
    train = (frame["split"] == "train").to_numpy(dtype=np.bool_)
    report, select = halve(table.take(~train), "select or report")
    return Split(train=table.take(train), select=select, report=report)


@lru_cache(maxsize=4)
def load_split(name: str) -> Split:
    """Return a bundled dataset, read once a process; its arrays are read-only.

    Raises:
        InvalidInput: the name is unknown (the known ones are listed), or the file is absent or
            altered.
    """
    book = load_codebook(name)
    split = split_frame(book, read_frame(book))
    for table in (split.train, split.select, split.report):
        # Everybody shares these arrays through the cache.
        for array in (table.codes, table.label, table.row_id, *table.protected.values()):
            array.setflags(write=False)
    return split
