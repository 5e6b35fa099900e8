"""Codebooks: the public description of a table, which turns raw values into bins.

Bins come from the codebook alone, never from rows: one row more or less, or one extreme value,
changes no bin of anybody else. Every feature has a "missing" bin, the last one.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
from pydantic import Field, ValidationError, model_validator

from tradeoffs.data.coding import Coding, Frozen, Grouping, Protected, Text, require_distinct
from tradeoffs.data.label import Label
from tradeoffs.errors import InvalidInput
from tradeoffs.language.translates import translates
from tradeoffs.validation import first_fault

if TYPE_CHECKING:  # pandas costs 75 MB, and pages read codebooks without it
    import pandas as pd


@translates("title", "source", "licence", "weight")
class Codebook(Frozen):
    """Everything public about one table, its numbers of rows and its hash included.

    Attributes:
        version: raised when bins change.
        name: of the dataset.
        title: name for people.
        unit: what one row is, in a word: "person".
        source: where the rows come from.
        licence: of the data, or that there is none.
        terms: terms of use that travel with the data, word for word; empty if there are none.
        citation: how to cite it.
        train_share: share of people in the training file, drawn by a public hash of their ids;
            None where the table has a published split, told by its column `split`.
        labels: what can be predicted, the first one by default.
        features: what models see, one bin a person each.
        protected: whose groups are compared.
        crossings: pairs of protected attributes whose crossing is reported, as "sex*race".
        place: where each row was recorded, if that is known.
        time: when each row was recorded, if that is known.
        weight: title of the survey weight by which figures are weighted; empty if they are not.
        counts: columns of whole numbers from 0 that are kept beside the codes, for lessons that
            count something at equal score; models never see them.
        sha256: of the parquet file.
    """

    version: int = Field(ge=1)
    name: Text
    title: Text
    unit: Text
    source: Text
    licence: Text
    terms: str = ""
    citation: Text
    train_share: float | None = Field(default=None, gt=0, lt=1)
    labels: tuple[Label, ...] = Field(min_length=1)
    features: tuple[Coding, ...] = Field(min_length=1)
    protected: tuple[Protected, ...] = Field(min_length=1)
    crossings: tuple[Text, ...] = ()
    place: Grouping | None = None
    time: Grouping | None = None
    weight: str = ""
    counts: tuple[Text, ...] = ()
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]

    @model_validator(mode="after")
    def _consistent(self) -> "Codebook":
        names = tuple(feature.name for feature in self.features)
        attributes = tuple(attribute.name for attribute in self.protected)
        require_distinct("features", names)
        require_distinct("protected", attributes)
        require_distinct("labels", tuple(label.name for label in self.labels))
        require_distinct("crossings", self.crossings)
        require_distinct("counts", self.counts)
        for attribute in self.protected:
            if attribute.feature != (attribute.source in names):
                raise InvalidInput(
                    "feature_not_so", attribute=attribute.name, feature=attribute.feature
                )
        for crossing in self.crossings:
            parts = crossing.split("*")
            if len(parts) < 2 or len(set(parts)) < len(parts) or not set(parts) <= set(attributes):
                raise InvalidInput("crossing_not_joined", crossing=crossing)
        for label in self.labels:
            if not set(label.withheld) < set(names):
                raise InvalidInput(
                    "withheld_not_features", label=label.name, withheld=label.withheld
                )
        return self

    def label(self, name: str | None = None) -> Label:
        """Return a label by name; None is allowed where there is only one.

        Raises:
            InvalidInput: no such label, or none was named where there are several.
        """
        found = [label for label in self.labels if name in (label.name, None)]
        if len(found) == 1:
            return found[0]
        known = tuple(label.name for label in self.labels)
        if found:
            raise InvalidInput("label_not_named", table=self.name, known=known)
        raise InvalidInput("unknown", kind="label", name=name, known=known)

    def features_for(self, label: Label) -> tuple[Coding, ...]:
        """Return the features that a model of this label may see."""
        return tuple(one for one in self.features if one.name not in label.withheld)

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
        needed = [feature.name for feature in self.features]
        absent = [name for name in needed if name not in frame]
        if absent:
            raise InvalidInput("columns_absent", table=self.name, absent=tuple(absent))
        codes = [feature.encode(frame.loc[:, feature.name]) for feature in self.features]
        return np.column_stack(codes)


def read_codebook(path: Path) -> Codebook:
    """Read one codebook; InvalidInput names the file and the first fault in it."""
    try:
        return Codebook.model_validate_json(path.read_bytes())
    except OSError as error:
        raise InvalidInput("cannot_read", file=path.name, reason=error.strerror) from None
    except ValidationError as error:
        raise InvalidInput("not_a_codebook", file=path.name, reason=first_fault(error)) from None
