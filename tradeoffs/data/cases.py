"""Cases: composite persons to explain decisions by, and what a person could change.

Both are written by hand beside a bundled table, in data/NAME.cases.json; a case is nobody's record.
A table without that file has neither.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tradeoffs.catalogue import Catalogue, require_known
from tradeoffs.data.coding import MISSING, OTHER, Coding, Edges
from tradeoffs.data.load import load_codebook
from tradeoffs.data.table_cache import table_cache
from tradeoffs.errors import InvalidInput
from tradeoffs.language.translates import translates
from tradeoffs.paths import DATA

Text = Annotated[str, Field(min_length=1)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Action(_Frozen):
    """A feature that a person could change, and which way.

    Up means to a later bin only, and a bin is one step; "any" bin of an unordered feature is one
    step away from any other.
    """

    feature: Text
    way: Literal["up", "up or down", "any"]

    def steps(self, labels: tuple[str, ...]) -> np.ndarray:
        """Return (bins, bins): steps from one bin to another, inf where there is no way.

        Nobody can change from or to what is not known.
        """
        place = np.arange(len(labels))
        distance = place[None] - place[:, None].astype(float)
        if self.way == "any":
            distance = (distance != 0).astype(float)
        elif self.way == "up":
            distance[distance < 0] = np.inf
        unknown = np.isin(labels, (MISSING, OTHER))
        distance[unknown | unknown[:, None]] = np.inf
        np.fill_diagonal(distance, 0)
        return np.abs(distance)


@translates("title")
class Case(_Frozen):
    """A composite person: raw values of all features, as the codebook lists them."""

    name: Annotated[str, Field(pattern="^[a-z0-9-]+$")]
    title: Text
    values: Mapping[str, str | int | float]


class Cases(_Frozen):
    """What stands in one file; every name in it is one of the table's features."""

    actions: tuple[Action, ...] = ()
    cases: tuple[Case, ...] = ()

    def case(self, name: str) -> Case:
        """Return a case by name; InvalidInput lists the known ones."""
        return Catalogue("case", self.cases)[name]

    def row(self, number: int) -> Case:
        """Return the case of a number from 1; InvalidInput tells the last one."""
        if not self.cases:
            raise InvalidInput("no_case")
        if not 1 <= number <= len(self.cases):
            raise InvalidInput(
                "out_of_range", field="row", value=number, low=1, high=len(self.cases)
            )
        return self.cases[number - 1]


@table_cache
@lru_cache(maxsize=16)
def load_cases(name: str) -> Cases:
    """Return the cases and actions of a bundled table.

    Raises:
        InvalidInput: the table is unknown, or the file is not of this form or of other features.
    """
    names = [feature.name for feature in load_codebook(name).features]
    path = DATA / f"{name}.cases.json"
    if not path.exists():
        return Cases()
    try:
        found = Cases.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise InvalidInput("cannot_read", file=path.name, reason=str(error)) from None
    used = {a.feature for a in found.actions} | {f for c in found.cases for f in c.values}
    if not used <= set(names):
        raise InvalidInput(
            "features_of_others",
            file=path.name,
            table=name,
            unknown=tuple(sorted(used - set(names))),
        )
    for case in found.cases:
        person(name, case.values)
    return found


def person(dataset: str, values: Mapping[str, str | int | float]) -> dict[str, int]:
    """Return the bin of every feature of one person, by feature.

    Args:
        dataset: name of a bundled table.
        values: of every feature: as recorded (42, Private) or in the words of its bin.

    Raises:
        InvalidInput: a feature is unknown or left out, or a value is not one of its own.
    """
    features = {feature.name: feature for feature in load_codebook(dataset).features}
    for name in values:
        require_known("feature", name, features)
    absent = [name for name in features if name not in values]
    if absent:
        raise InvalidInput("person_incomplete", absent=tuple(absent))
    return {name: _bin(feature, str(values[name])) for name, feature in features.items()}


def _bin(feature: Coding, value: str) -> int:
    if value in feature.bins:
        return feature.bins.index(value)
    if isinstance(feature, Edges):
        try:
            number = float(value)
        except ValueError:
            number = np.nan
        if np.isnan(number):
            raise InvalidInput(
                "not_a_number_nor_one_of", field=feature.name, value=value, known=feature.bins
            )
        return int(np.searchsorted(feature.edges, number, side="right"))
    recorded = [code for code, _ in feature.values]
    if value not in recorded:
        raise InvalidInput("not_one_of", field=feature.name, value=value, known=tuple(recorded))
    return recorded.index(value)
