"""Codebooks: the public description of a table, which turns raw values into bins.

Bins come from the codebook alone, never from rows: one row more or less, or one extreme value,
changes no bin of anybody else. Every feature has a "missing" bin, the last one.
"""

from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from tradeoffs.errors import InvalidInput
from tradeoffs.paths import DATA

if TYPE_CHECKING:  # pandas costs 75 MB, and pages read codebooks without it
    import pandas as pd

MISSING = "missing"
OTHER = "other"
Pair = tuple[str, str]  # (value as recorded, words for a person)
Text = Annotated[str, Field(min_length=1)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Label(_Frozen):
    """What is predicted: a yes-or-no column and what yes and no mean."""

    name: Text
    title: Text
    positive: Text
    negative: Text


class Edges(_Frozen):
    """A numeric feature cut at fixed edges.

    Edges e1 < .. < ek make the bins (-inf, e1), [e1, e2), .., [ek, inf) and "missing".
    """

    kind: Literal["edges"]
    name: Text
    title: Text
    edges: tuple[float, ...] = Field(min_length=1)
    labels: tuple[Text, ...]

    @model_validator(mode="after")
    def _consistent(self) -> "Edges":
        if not all(low < high for low, high in pairwise(self.edges)):
            raise ValueError(f"{self.name}: edges={self.edges} must increase strictly")
        if len(self.labels) != len(self.edges) + 1:
            raise ValueError(
                f"{self.name}: {len(self.labels)} labels for {len(self.edges) + 1} bins"
            )
        _require_distinct(self.name, self.bins)
        return self

    @property
    def bins(self) -> tuple[str, ...]:
        """Words for each bin, in the order of the codes."""
        return (*self.labels, MISSING)

    def encode(self, column: "pd.Series") -> np.ndarray:
        """Return the bin of each value; int16 (rows,). Raises InvalidInput on text."""
        try:
            values = column.to_numpy(dtype=np.float64, na_value=np.nan)
        except (TypeError, ValueError) as error:
            raise InvalidInput(f"column {self.name!r} must hold numbers: {error}") from None
        codes = np.searchsorted(self.edges, values, side="right")
        return np.where(np.isnan(values), len(self.bins) - 1, codes).astype(np.int16)


class Vocabulary(_Frozen):
    """A feature with a fixed list of values.

    Bins are the listed values, then "other" if `other` is set, then "missing". A value that is not
    listed falls into "other", or into "missing" where the list is closed.
    """

    kind: Literal["vocabulary"]
    name: Text
    title: Text
    values: tuple[Pair, ...] = Field(min_length=1)
    other: bool

    @model_validator(mode="after")
    def _consistent(self) -> "Vocabulary":
        _require_distinct(self.name, tuple(value for value, _ in self.values))
        _require_distinct(self.name, self.bins)
        return self

    @property
    def bins(self) -> tuple[str, ...]:
        """Words for each bin, in the order of the codes."""
        listed = tuple(words for _, words in self.values)
        return (*listed, OTHER, MISSING) if self.other else (*listed, MISSING)

    def encode(self, column: "pd.Series") -> np.ndarray:
        """Return the bin of each value; int16 (rows,)."""
        missing = len(self.bins) - 1
        outside = len(self.values)  # "other" where there is one, else "missing"
        codes = _positions(column, self.values, outside)
        return np.where(column.isna().to_numpy(), missing, codes).astype(np.int16)


Coding = Annotated[Edges | Vocabulary, Field(discriminator="kind")]


class Protected(_Frozen):
    """An attribute whose groups are compared; `feature` says whether models may see it."""

    name: Text
    title: Text
    groups: tuple[Pair, ...] = Field(min_length=2, max_length=127)
    feature: bool

    @property
    def names(self) -> tuple[str, ...]:
        """Words for each group, in the order of the codes."""
        return tuple(words for _, words in self.groups)

    def encode(self, column: "pd.Series") -> np.ndarray:
        """Return the group of each row; int8 (rows,). Every row must belong to a group."""
        codes = _positions(column, self.groups, -1)
        if (codes < 0).any():
            listed = ", ".join(value for value, _ in self.groups)
            count = int((codes < 0).sum())
            raise InvalidInput(f"{self.name!r} of {count} rows is not one of: {listed}")
        return codes.astype(np.int8)


class Codebook(_Frozen):
    """Everything public about one table, its numbers of rows and its hash included."""

    version: int = Field(ge=1)
    name: Text
    title: Text
    source: Text
    licence: Text
    citation: Text
    train_rows: int = Field(ge=1)
    test_rows: int = Field(ge=2)
    label: Label
    features: tuple[Coding, ...] = Field(min_length=1)
    protected: tuple[Protected, ...] = Field(min_length=1)
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]

    @model_validator(mode="after")
    def _consistent(self) -> "Codebook":
        names = tuple(feature.name for feature in self.features)
        _require_distinct("features", names)
        _require_distinct("protected", tuple(attribute.name for attribute in self.protected))
        for attribute in self.protected:
            if attribute.feature != (attribute.name in names):
                raise ValueError(f"{attribute.name}: feature={attribute.feature} is not so")
        return self

    def encode(self, frame: "pd.DataFrame") -> np.ndarray:
        """Return the bin of every value, counted from 0 within its feature.

        A row's codes depend on that row and on this codebook only.

        Args:
            frame: raw values, one column for each feature; other columns are ignored.

        Returns:
            int16 (rows, features), features in the order of the codebook.

        Raises:
            InvalidInput: a column is absent, or a numeric one holds text.
        """
        absent = [feature.name for feature in self.features if feature.name not in frame]
        if absent:
            raise InvalidInput(f"columns absent from the table {self.name!r}: {', '.join(absent)}")
        codes = [feature.encode(frame.loc[:, feature.name]) for feature in self.features]
        return np.column_stack(codes)


def _require_distinct(name: str, values: tuple[str, ...]) -> None:
    if len(set(values)) < len(values):
        raise ValueError(f"{name}: {values} must not repeat")


def _positions(column: "pd.Series", pairs: tuple[Pair, ...], outside: int) -> np.ndarray:
    """Return the place of each value in the list, `outside` where it is not listed; int16."""
    places = {value: place for place, (value, _) in enumerate(pairs)}
    return np.array([places.get(value, outside) for value in column.to_numpy(object)], np.int16)


def read_codebook(path: Path) -> Codebook:
    """Read one codebook; InvalidInput names the file and the first fault in it."""
    try:
        return Codebook.model_validate_json(path.read_bytes())
    except OSError as error:
        raise InvalidInput(f"cannot read {path.name}: {error.strerror}") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise InvalidInput(f"{path.name} is not a codebook: {place} {first['msg']}") from None


@lru_cache(maxsize=16)
def load_codebook(name: str) -> Codebook:
    """Return the codebook of a bundled table; an unknown name lists the known ones."""
    # A bundled table is the one with a codebook and a datasheet; other JSON may lie beside it.
    known = sorted(path.stem for path in DATA.glob("*.json") if path.with_suffix(".md").exists())
    if name not in known:
        raise InvalidInput(f"unknown dataset {name!r}; known: {', '.join(known)}")
    return read_codebook(DATA / f"{name}.json")
