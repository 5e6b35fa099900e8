"""A bundled dataset as the catalogue knows it: words for people and figures to check."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tradeoffs.data.codebook import Codebook
from tradeoffs.data.label import Label
from tradeoffs.data.load import load_codebook
from tradeoffs.language.translates import translates

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishedFigure:
    """A number that the table must reproduce, to so many decimals.

    `found` counts it in the raw values; `source` says who counted it first.
    """

    name: str
    published: float
    decimals: int
    source: str
    found: "Callable[[pd.DataFrame], float]"


def count_rows(name: str, published: int, source: str, **where: object) -> PublishedFigure:
    """Return a figure that counts the rows with these values; `column=value` for each."""
    return PublishedFigure(
        name=name,
        published=published,
        decimals=0,
        source=source,
        found=lambda frame: len(_where(frame, where)),
    )


def share(
    name: str,
    column: str,
    published: float,
    decimals: int,
    source: str,
    *,
    at_least: float = 1,
    **where: object,
) -> PublishedFigure:
    """Return a figure: the share whose value (a yes is 1) is at least this, of these rows.

    Rows where the column is missing do not count.
    """

    def found(frame: "pd.DataFrame") -> float:
        values = _where(frame, where).loc[:, column].dropna().to_numpy(float)
        return float((values >= at_least).mean())

    return PublishedFigure(
        name=name, published=published, decimals=decimals, source=source, found=found
    )


def count_known(name: str, column: str, published: int, source: str) -> PublishedFigure:
    """Return a figure that counts the rows where a column is not missing."""
    return PublishedFigure(
        name=name,
        published=published,
        decimals=0,
        source=source,
        found=lambda frame: len(frame[column].dropna()),
    )


def _where(frame: "pd.DataFrame", where: Mapping[str, object]) -> "pd.DataFrame":
    for column, value in where.items():
        frame = frame.loc[frame[column] == value]
    return frame


@translates("help")
@dataclass(frozen=True, kw_only=True, slots=True)
class Dataset:
    """Catalogue entry of one dataset; what its codebook says is read from there.

    Attributes:
        name: of the dataset.
        help: what it is and what it cannot show, in a few sentences.
        figures: that the table must reproduce.
        ordered: the columns that shifts work on as lever, sign and proxy
            (tradeoffs/data/shifts/columns.py); public choices.  None takes the first ordered ones.
        origin: column, one of its values, and whether that means another country than the table's;
            None where the table records no origin.
        middle: height of the lever below which a person counts as low.
        panels: labels that panels of annotators gave to the same rows, each with the name of the
            community that asks this panel.
        meanings: labels that are different readings of one question, each with the name of the
            community that reads it so.
    """

    name: str
    help: str
    figures: tuple[PublishedFigure, ...]
    ordered: tuple[str, str, str] | None = None
    origin: tuple[str, str, bool] | None = None
    middle: float = 0.5
    panels: tuple[tuple[str, str], ...] = ()
    meanings: tuple[tuple[str, str], ...] = ()

    @property
    def codebook(self) -> Codebook:
        """The public description that ships with the table."""
        return load_codebook(self.name)

    @property
    def title(self) -> str:
        """Name for people."""
        return self.codebook.title

    @property
    def source(self) -> str:
        """Where the rows come from."""
        return self.codebook.source

    @property
    def labels(self) -> tuple[str, ...]:
        """Names of what can be predicted, the default first."""
        return tuple(label.name for label in self.codebook.labels)

    @property
    def rows(self) -> int:
        """People to train on for the default label: a public constant, no count of rows."""
        return self.codebook.labels[0].train_rows

    def label(self, name: str) -> Label:
        """Return a label by name; an unknown name raises InvalidInput listing the known ones."""
        return self.codebook.label(name)

    @property
    def protected(self) -> tuple[str, ...]:
        """Names of the attributes whose groups can be compared."""
        return tuple(attribute.name for attribute in self.codebook.protected)

    @property
    def sha256(self) -> str:
        """Hash of the bundled table."""
        return self.codebook.sha256
