"""Tables of people as codes of public bins, and their split into train, select and report."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

import numpy as np

from tradeoffs.catalogue import require_known
from tradeoffs.data.keyed_random import uniform
from tradeoffs.errors import InvalidInput
from tradeoffs.stats.two_way import effective_size


@dataclass(frozen=True, kw_only=True, slots=True)
class Feature:
    """One feature: its name, its title for people and words for each of its bins."""

    name: str
    title: str
    labels: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Categorical:
    """Where or when each row was recorded: int8 (rows,) codes that index `names`."""

    codes: np.ndarray
    names: tuple[str, ...]


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
        place: where each row was recorded; None if that is not known.
        time: when each row was recorded; None if that is not known.
        sample_weight: float64 (rows,), survey weights above 0; None where each row counts once.

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
    place: Categorical | None = None
    time: Categorical | None = None
    sample_weight: np.ndarray | None = None

    def __post_init__(self) -> None:
        """Check that shapes, types and codes fit together."""
        _require("codes", self.codes, np.int16, (self.rows, len(self.features)))
        _require("label", self.label, np.bool_, (self.rows,))
        _require("row_id", self.row_id, np.int64, (self.rows,))
        if set(self.protected) != set(self.groups):
            raise InvalidInput(
                "groups_not_named", protected=list(self.protected), groups=list(self.groups)
            )
        for attribute, codes in self.protected.items():
            _require(attribute, codes, np.int8, (self.rows,))
            _require_codes(attribute, codes, len(self.groups[attribute]))
        _require_codes("codes", self.codes, self._bins)
        for name, marks in (("place", self.place), ("time", self.time)):
            if marks is not None:
                _require(name, marks.codes, np.int8, (self.rows,))
                _require_codes(name, marks.codes, len(marks.names))
        if self.sample_weight is not None:
            _require("sample_weight", self.sample_weight, np.float64, (self.rows,))
            if not np.all((self.sample_weight > 0) & np.isfinite(self.sample_weight)):
                raise InvalidInput("weights_not_positive")

    @property
    def rows(self) -> int:
        """Number of people."""
        return len(self.row_id)

    @property
    def effective_rows(self) -> float:
        """Rows of one weight that would leave a mean as uncertain as these do."""
        if self.sample_weight is None or not self.rows:
            return self.rows
        return effective_size(self.sample_weight)

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
            place=self.place and replace(self.place, codes=self.place.codes[rows]),
            time=self.time and replace(self.time, codes=self.time.codes[rows]),
            sample_weight=None if self.sample_weight is None else self.sample_weight[rows],
        )

    def arrays(self) -> list[np.ndarray]:
        """Return every array of the table, for whoever must compare, copy or lock them all."""
        marks = [marks.codes for marks in (self.place, self.time) if marks is not None]
        weights = [] if self.sample_weight is None else [self.sample_weight]
        return [self.codes, self.label, self.row_id, *self.protected.values(), *marks, *weights]

    def without(self, names: Collection[str]) -> "Table":
        """Return the table with these features withheld; protected attributes stay known.

        Raises:
            InvalidInput: a name is not a feature of this table, or none would be left.
        """
        known = [feature.name for feature in self.features]
        for name in names:
            require_known("feature", name, known)
        kept = [place for place, name in enumerate(known) if name not in names]
        if not kept:
            raise InvalidInput("every_feature_withheld", count=len(known))
        features = tuple(self.features[place] for place in kept)
        return replace(self, features=features, codes=self.codes[:, kept])

    def marks(self, kind: Literal["place", "time"]) -> Categorical:
        """Return each row's place or time; raise InvalidInput where the table has none."""
        found: Categorical | None = getattr(self, kind)
        if found is None:
            raise InvalidInput("no_places" if kind == "place" else "no_times", table=self.name)
        return found

    def members(self, protected: str, group: str) -> np.ndarray:
        """Return (rows,) bool: who is of a group.

        Raises:
            InvalidInput: the attribute or the group is unknown.
        """
        codes, names = self.group_of(protected)
        require_known("group", group, names)
        return codes == names.index(group)

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
                raise InvalidInput(
                    "unknown_in_crossing",
                    name=attribute,
                    crossing=protected,
                    known=tuple(self.protected),
                )
        if len(set(attributes)) < len(attributes):
            raise InvalidInput("crossed_with_itself", crossing=protected)
        if len(attributes) == 1:
            return self.protected[protected], self.groups[protected]
        sizes = tuple(len(self.groups[attribute]) for attribute in attributes)
        codes = np.ravel_multi_index([self.protected[name] for name in attributes], sizes)
        names = product(*(self.groups[attribute] for attribute in attributes))
        return codes.astype(np.int16), tuple(", ".join(parts) for parts in names)


def join(tables: Sequence[Table]) -> Table:
    """Return the people of several tables with the same features as one, table after table."""
    first = tables[0]

    def marks(name: Literal["place", "time"]) -> Categorical | None:
        own: list[Categorical | None] = [getattr(table, name) for table in tables]
        found = [one for one in own if one is not None]
        if len(found) < len(own):
            return None
        return replace(found[0], codes=np.concatenate([one.codes for one in found]))

    weights = [table.sample_weight for table in tables if table.sample_weight is not None]
    return replace(
        first,
        codes=np.concatenate([table.codes for table in tables]),
        label=np.concatenate([table.label for table in tables]),
        protected={
            name: np.concatenate([table.protected[name] for table in tables])
            for name in first.protected
        },
        row_id=np.concatenate([table.row_id for table in tables]),
        place=marks("place"),
        time=marks("time"),
        sample_weight=np.concatenate(weights) if len(weights) == len(tables) else None,
    )


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Split:
    """Three disjoint tables: fit on `train`, choose on `select`, show figures of `report`."""

    train: Table
    select: Table
    report: Table


def _require(name: str, array: np.ndarray, dtype: type, shape: tuple[int, ...]) -> None:
    if array.dtype != dtype or array.shape != shape:
        found = f"{array.dtype} {array.shape}"
        raise InvalidInput(
            "wrong_array", name=name, found=found, wanted=f"{np.dtype(dtype)} {shape}"
        )


def _require_codes(name: str, codes: np.ndarray, bins: np.ndarray | int) -> None:
    if codes.size and (codes.min() < 0 or np.any(codes.max(axis=0) >= bins)):
        raise InvalidInput(
            "codes_out_of_range", name=name, least=codes.min(), most=codes.max(), bins=str(bins)
        )


def halve(table: Table, stream: str, cluster_id: np.ndarray | None = None) -> tuple[Table, Table]:
    """Cut a table in two by a public hash of the row ids; sizes differ by at most one row.

    Every cell of label and protected attributes is halved too, so that figures of the halves
    differ by little more than chance within cells.  Where a row falls does not depend on its
    features or its place in the file.  With `cluster_id`, int64 (rows,), clusters of a cell are
    halved instead, and none is cut.
    """
    cell = table.label.astype(np.int64)
    for attribute in sorted(table.protected):
        cell = cell * len(table.groups[attribute]) + table.protected[attribute]
    if cluster_id is None:
        order = np.lexsort((uniform(0, stream, table.row_id), cell))
        return table.take(np.sort(order[::2])), table.take(np.sort(order[1::2]))
    order = np.lexsort((cluster_id, uniform(0, stream, cluster_id), cell))
    new = np.diff(cluster_id[order], prepend=-1) != 0
    new |= np.diff(cell[order], prepend=-1) != 0
    odd = (np.cumsum(new) % 2).astype(np.bool_)
    return table.take(np.sort(order[odd])), table.take(np.sort(order[~odd]))
