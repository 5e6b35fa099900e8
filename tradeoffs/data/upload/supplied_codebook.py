"""A given codebook: bins and groups that were made elsewhere, checked against the file."""

import json
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from tradeoffs.data.coding import Coding, Edges, Protected, Recorded, Vocabulary
from tradeoffs.data.upload.sanitize import plain
from tradeoffs.data.upload.sheet import Column, Sheet
from tradeoffs.errors import InvalidInput
from tradeoffs.validation import first_fault

LONGEST = 200  # characters of a word in a given codebook
G = TypeVar("G", bound=Edges | Vocabulary | Protected)


class Given(BaseModel):
    """The part of a codebook that a visitor can give: how columns become bins and groups."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    features: tuple[Coding, ...] = ()
    protected: tuple[Protected, ...] = ()


def given_codebook(content: bytes | None, sheet: Sheet) -> Given:
    """Return what a JSON codebook gives; nothing where there is none.

    Raises:
        InvalidInput: it is not JSON or no codebook, or names a column that is not there.
    """
    if content is None:
        return Given()
    try:
        found = Given.model_validate(json.loads(content))
    except ValidationError as error:
        raise InvalidInput("codebook_not_usable", reason=first_fault(error)) from None
    except (ValueError, RecursionError):
        raise InvalidInput("codebook_not_json") from None
    if not (found.features or found.protected):
        raise InvalidInput("codebook_gives_nothing")
    for one in (*found.features, *found.protected):
        _require_plain((one.title, *(one.names if isinstance(one, Protected) else one.bins)))
    return Given(
        features=tuple(_spelled(one, sheet.column(one.name)) for one in found.features),
        protected=tuple(_spelled(one, sheet.column(one.source)) for one in found.protected),
    )


def _require_plain(words: tuple[str, ...]) -> None:
    for word in words:
        if plain(word, LONGEST) != word:
            raise InvalidInput("codebook_with_code", word=plain(word))


def _spelled(one: G, column: Column) -> G:
    """Return a coding whose listed values are spelled as the cells of its column are.

    Raises:
        InvalidInput: two of them are one value then.
    """

    def rewritten(value: Recorded | tuple[Recorded, ...]) -> Recorded | tuple[Recorded, ...]:
        if isinstance(value, tuple):
            return tuple(None if v is None else column.spelled(v) for v in value)
        return None if value is None else column.spelled(value)

    field = "groups" if isinstance(one, Protected) else "values"
    pairs = getattr(one, field, ())
    if not pairs:
        return one
    try:
        listed = [(rewritten(value), words) for value, words in pairs]
        return type(one).model_validate(one.model_dump() | {field: listed})
    except ValidationError as error:
        raise InvalidInput("codebook_not_usable", reason=first_fault(error)) from None
