"""An own table: a file and a few choices become a codebook and codes, in memory."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from tradeoffs.data.codebook import Codebook
from tradeoffs.data.coding import Coding, Edges, Protected, Recorded, Vocabulary
from tradeoffs.data.encoded import Encoded
from tradeoffs.data.own import proposal
from tradeoffs.data.own.held import PREFIX
from tradeoffs.data.own.plain import plain
from tradeoffs.data.own.reading import read
from tradeoffs.data.own.sheet import Column, Sheet, spelled
from tradeoffs.data.raw import encode_frame
from tradeoffs.errors import InvalidInput

MOST_PROTECTED = 4
MOST_NAMED = 8  # columns in a warning
MOST_BINS = 3_000  # of all features together
LONGEST_GIVEN = 200  # characters of a word in a given codebook
WARNING = (
    "Bins, groups and lists of values were read off these rows: {names}. They are statistics of "
    "these people, and epsilon does not cover them. Give a codebook that was made without looking "
    "at the rows, and it does."
)
GIVEN = (
    "Bins and groups were given. Epsilon covers the rest only if they were made without looking "
    "at these rows, which nobody can check here."
)
G = TypeVar("G", bound=Edges | Vocabulary | Protected)
UNIT = "Each row counts as one person: epsilon protects a row, not a person who has several."


@dataclass(frozen=True, kw_only=True, slots=True)
class Choices:
    """What a visitor decides about a file; columns by their header.

    Attributes:
        label: the column to be predicted.
        favourable: its value that a person would want, or ">=N" for numbers of at least N.
        protected: columns whose groups are compared.
        columns: what models see; None proposes all that can be used.
    """

    label: str
    favourable: str
    protected: tuple[str, ...]
    columns: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Own:
    """An own table.

    Attributes:
        whole: codebook and codes.
        notes: how the file was read and what was left out, in words.
        warnings: what epsilon does not cover, in words.
    """

    whole: Encoded
    notes: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def book(self) -> Codebook:
        """The proposed or given codebook."""
        return self.whole.book


class Given(BaseModel):
    """The part of a codebook that a visitor can give: how columns become bins and groups."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    features: tuple[Coding, ...] = ()
    protected: tuple[Protected, ...] = ()


def own_table(
    content: bytes, choices: Choices, given: bytes | None = None, sheet: Sheet | None = None
) -> Own:
    """Return a table made from a CSV file.

    Args:
        content: of the file.
        choices: label, groups and columns.
        given: JSON of a codebook, such as a proposed one that was corrected; its features and
            groups replace those that would be proposed for columns of these names.
        sheet: of the content, where it was read before.

    Raises:
        InvalidInput: the file or a choice cannot be used; names the column and the bound.
    """
    sheet = sheet or read(content)
    codebook = _given(given, sheet)
    label, answers = proposal.label(sheet.column(choices.label), choices.favourable, sheet.row_id)
    groups = _distinct(sheet, "protected", choices.protected, label.name)
    if not 1 <= len(groups) <= MOST_PROTECTED:
        raise InvalidInput(
            f"{len(groups)} protected columns; from 1 to {MOST_PROTECTED} are needed"
        )
    features, notes = _features(sheet, choices, codebook, label.name)
    seen = {feature.name for feature in features}
    bins = sum(len(feature.bins) for feature in features)
    if bins > MOST_BINS:
        raise InvalidInput(f"the columns have {bins:,} bins; at most {MOST_BINS:,} are allowed")
    told = {one.name: one for one in codebook.protected}
    protected = [
        told[column.name].model_copy(update={"feature": told[column.name].source in seen})
        if column.name in told
        else proposal.groups(column, feature=column.name in seen)
        for column in groups
    ]
    book = _book(
        version=1,
        name=_name(content, choices, given),
        title="Own table",
        unit="row",
        source="a file of this visitor, held in memory and gone with the session",
        licence="the visitor's own matter: nothing is kept",
        citation="none",
        train_share=proposal.TRAIN_SHARE,
        labels=(label,),
        features=tuple(features),
        protected=tuple(protected),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    proposed = [
        *(["which columns are left out"] if notes else []),
        *(f.title for f in features if f not in codebook.features),
        *(f"groups of {p.title}" for p in protected if p.name not in told),
    ]
    return Own(
        whole=encode_frame(book, _frame(sheet, book, answers)),
        notes=(*sheet.notes, *notes, *_unread(sheet, features)),
        warnings=(WARNING.format(names=_some(proposed)) if proposed else GIVEN, UNIT),
    )


def _name(content: bytes, choices: Choices, given: bytes | None) -> str:
    """Return a name that follows from everything that decides the table."""
    found = hashlib.sha256(content)
    found.update(repr(choices).encode())
    found.update(given or b"")
    return PREFIX + found.hexdigest()[:16]


def _distinct(sheet: Sheet, what: str, headers: Sequence[str], label: str) -> list[Column]:
    """Return columns by their headers, each once, the label not among them."""
    found = {column.name: column for column in map(sheet.column, headers)}
    if label in found:
        raise InvalidInput(f"column {found[label].title!r} is the label and cannot be {what} too")
    return list(found.values())


def _features(
    sheet: Sheet, choices: Choices, given: Given, label: str
) -> tuple[list[Coding], list[str]]:
    """Return what models see, and why a column that nobody named is left out."""
    told = {one.name: one for one in given.features}
    if choices.columns is not None:
        columns = _distinct(sheet, "a column that models see", choices.columns, label)
        return [told.get(c.name) or proposal.coding(c) for c in columns], _needed(columns)
    features: list[Coding] = []
    notes: list[str] = []
    for column in sheet.columns:
        if column.name == label:
            continue
        try:
            features.append(told.get(column.name) or proposal.coding(column))
        except InvalidInput as error:
            notes.append(f"Left out: {error}.")
    if not features:
        raise InvalidInput(f"no column is left for models to see. {' '.join(notes)}")
    return features, notes


def _some(names: Sequence[str]) -> str:
    """Return the first names, and how many more there are."""
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _unread(sheet: Sheet, features: Sequence[Coding]) -> list[str]:
    """Tell how many cells of a column that is cut are no numbers: only a given codebook does so."""
    notes = []
    for one in features:
        if isinstance(one, Edges):
            column = sheet.column(one.name)
            texts = int(np.isnan(column.amounts()).sum()) - column.missing
            if texts:
                notes.append(
                    f"{column.title}: {texts:,} cells are no numbers and count as missing."
                )
    return notes


def _needed(columns: Sequence[Column]) -> list[str]:
    if not columns:
        raise InvalidInput("0 columns for models to see; at least 1 is needed")
    return []


def _given(content: bytes | None, sheet: Sheet) -> Given:
    if content is None:
        return Given()
    try:
        found = Given.model_validate(json.loads(content))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise InvalidInput(f"the codebook cannot be used: {place} {first['msg']}") from None
    except (ValueError, RecursionError):
        raise InvalidInput("the codebook is not JSON") from None
    if not (found.features or found.protected):
        raise InvalidInput("the codebook gives neither features nor protected groups")
    for one in (*found.features, *found.protected):
        sheet.column(one.source if isinstance(one, Protected) else one.name)
        for word in (one.title, *(one.names if isinstance(one, Protected) else one.bins)):
            if plain(word, LONGEST_GIVEN) != word:
                told = plain(word, LONGEST_GIVEN)
                raise InvalidInput(
                    f"the codebook says {told!r} with signs of code; plain words are needed"
                )
    return Given(
        features=tuple(_spelled(one, comma=sheet.comma) for one in found.features),
        protected=tuple(_spelled(one, comma=sheet.comma) for one in found.protected),
    )


def _spelled(one: G, *, comma: bool) -> G:
    """Return a coding whose listed values are spelled as the cells are.

    Raises:
        InvalidInput: two of them are one value then.
    """

    def rewritten(value: Recorded | tuple[Recorded, ...]) -> Recorded | tuple[Recorded, ...]:
        if isinstance(value, tuple):
            return tuple(None if v is None else spelled(v, comma=comma) for v in value)
        return None if value is None else spelled(value, comma=comma)

    field = "groups" if isinstance(one, Protected) else "values"
    pairs = getattr(one, field, ())
    if not pairs:
        return one
    try:
        listed = [(rewritten(value), words) for value, words in pairs]
        return type(one).model_validate(one.model_dump() | {field: listed})
    except ValidationError as error:
        told = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise InvalidInput(f"the codebook cannot be used: {told}") from None


def _book(**fields: object) -> Codebook:
    """Return a codebook; InvalidInput where a given part and the choices do not fit together."""
    try:
        return Codebook.model_validate(fields)
    except ValidationError as error:
        told = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise InvalidInput(f"the codebook does not fit the choices: {told}") from None


def _frame(sheet: Sheet, book: Codebook, answers: np.ndarray):
    """Return the columns that the codebook reads, numbers where it cuts them."""
    import pandas as pd

    by_name = {column.name: column for column in sheet.columns}
    parts = [(f.name, isinstance(f, Edges)) for f in book.features]
    parts += [(p.source, bool(p.edges)) for p in book.protected]
    listed = {name for name, cut in parts if not cut}
    values = {
        name: by_name[name].texts() if name in listed else by_name[name].amounts()
        for name in dict(parts)
    }
    values |= {book.labels[0].column: answers, "row_id": sheet.row_id}
    return pd.DataFrame(values)
