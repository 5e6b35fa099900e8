"""Codings: how a column of raw values becomes bins of a feature or groups of people.

A code depends on its own row and on the coding only, never on other rows.
"""

from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator

from tradeoffs.errors import InvalidInput
from tradeoffs.language.translates import translates
from tradeoffs.language.translation import mark

if TYPE_CHECKING:  # pandas costs 75 MB, and pages read codebooks without it
    import pandas as pd

MISSING = mark("missing")
OTHER = mark("other")
MOST_BINS = 256  # codes are stored in one byte
Pair = tuple[str, str]  # (value as recorded, words for a person)
Text = Annotated[str, Field(min_length=1)]
Recorded = Annotated[str, Field(min_length=1)] | None  # None: missing
Group = tuple[Recorded | tuple[Recorded, ...], Text]  # (its values, words for a person)


class Frozen(BaseModel):
    """A part of a codebook: frozen, with no field that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@translates("title")
class Edges(Frozen):
    """A numeric feature cut at fixed edges.

    Edges e1 < .. < ek make the bins (-inf, e1), [e1, e2), .., [ek, inf) and "missing".
    """

    kind: Literal["edges"]
    name: Text
    title: Text
    edges: tuple[float, ...] = Field(min_length=1, max_length=MOST_BINS - 2)
    labels: tuple[Text, ...]

    @model_validator(mode="after")
    def _consistent(self) -> "Edges":
        _require_increasing(self.name, self.edges, self.labels)
        require_distinct(self.name, self.bins)
        return self

    @property
    def bins(self) -> tuple[str, ...]:
        """Words for each bin, in the order of the codes."""
        return (*self.labels, MISSING)

    def encode(self, column: "pd.Series") -> np.ndarray:
        """Return the bin of each value; int16 (rows,). Raises InvalidInput on text."""
        return _cut(self.name, column, self.edges)


@translates("title")
class Vocabulary(Frozen):
    """A feature with a fixed list of values.

    Bins are the listed values, then "other" if `other` is set, then "missing". A value that is not
    listed falls into "other", or into "missing" where the list is closed.
    """

    kind: Literal["vocabulary"]
    name: Text
    title: Text
    values: tuple[Pair, ...] = Field(min_length=1, max_length=MOST_BINS - 2)
    other: bool

    @model_validator(mode="after")
    def _consistent(self) -> "Vocabulary":
        require_distinct(self.name, tuple(value for value, _ in self.values))
        require_distinct(self.name, self.bins)
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
        places = {value: place for place, (value, _) in enumerate(self.values)}
        codes = _positions(column, places, outside)
        return np.where(column.isna().to_numpy(), missing, codes).astype(np.int16)


Coding = Annotated[Edges | Vocabulary, Field(discriminator="kind")]


@translates("title")
class Grouping(Frozen):
    """A way to put people into groups: values taken together, or a number cut at edges.

    Several groupings may read one column: what a group is, is a decision.  With `edges` the
    `labels` are the groups; else `groups` lists them, each with its value or its values, where
    null stands for a missing value.  Every row must belong to a group.
    """

    name: Text
    title: Text
    column: str = ""  # where the values lie; empty: in the column of this name
    groups: tuple[Group, ...] = Field(default=(), max_length=127)
    edges: tuple[float, ...] = Field(default=(), max_length=126)
    labels: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> "Grouping":
        if bool(self.groups) == bool(self.edges):
            raise InvalidInput("groups_or_edges", name=self.name)
        if self.edges:
            _require_increasing(self.name, self.edges, self.labels)
        if len(self.names) < 2:
            raise InvalidInput("too_few_groups", name=self.name, count=len(self.names))
        require_distinct(self.name, self.names)
        require_distinct(self.name, tuple(value for value, _ in self._listed))
        return self

    @property
    def source(self) -> str:
        """The column that holds the values."""
        return self.column or self.name

    @property
    def names(self) -> tuple[str, ...]:
        """Words for each group, in the order of the codes."""
        return self.labels if self.edges else tuple(words for _, words in self.groups)

    @property
    def _listed(self) -> list[tuple[str | None, int]]:
        """Every listed value with the place of its group."""
        return [
            (value, place)
            for place, (values, _) in enumerate(self.groups)
            for value in (values if isinstance(values, tuple) else (values,))
        ]

    def encode(self, column: "pd.Series") -> np.ndarray:
        """Return the group of each row; int8 (rows,).

        Raises:
            InvalidInput: a row belongs to no group, or a column to be cut holds text.
        """
        if self.edges:
            codes = _cut(self.name, column, self.edges)
            if count := int((codes > len(self.edges)).sum()):
                raise InvalidInput("code_not_a_number", name=self.name, count=count)
        else:
            places = dict(self._listed)
            missing = places.get(None, -1)
            codes = _positions(column, places, -1)
            codes = np.where(column.isna().to_numpy(), missing, codes)
            if count := int((codes < 0).sum()):
                known = tuple(map(str, places))
                raise InvalidInput("code_not_listed", name=self.name, count=count, known=known)
        return codes.astype(np.int8)


class Protected(Grouping):
    """Groups that are compared; `feature` says whether models may see the column itself."""

    feature: bool


def _cut(name: str, column: "pd.Series", edges: tuple[float, ...]) -> np.ndarray:
    """Return int16 (rows,): between which edges each number lies; len(edges) + 1 where missing."""
    try:
        values = column.to_numpy(dtype=np.float64, na_value=np.nan)
    except (TypeError, ValueError) as error:
        raise InvalidInput("column_not_numbers", name=name, reason=str(error)) from None
    codes = np.searchsorted(edges, values, side="right")
    return np.where(np.isnan(values), len(edges) + 1, codes).astype(np.int16)


def _positions(column: "pd.Series", places: dict, outside: int) -> np.ndarray:
    """Return the place of each value, read as text, `outside` where it has none; int16."""
    return np.array(
        [places.get(str(value), outside) for value in column.to_numpy(object)], np.int16
    )


def _require_increasing(name: str, edges: tuple[float, ...], labels: tuple[str, ...]) -> None:
    if not all(low < high for low, high in pairwise(edges)):
        raise InvalidInput("edges_not_increasing", name=name, edges=edges)
    if len(labels) != len(edges) + 1:
        raise InvalidInput("labels_not_as_bins", name=name, count=len(labels), bins=len(edges) + 1)


def require_distinct(name: str, values: tuple[object, ...]) -> None:
    """Raise InvalidInput where a value comes twice."""
    if len(set(values)) < len(values):
        raise InvalidInput("values_repeat", name=name, values=str(values))
