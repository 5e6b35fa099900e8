"""Features: which columns models see, how they are coded, and why the others are left out."""

import hashlib
from dataclasses import dataclass

import numpy as np

from tradeoffs.data.coding import Coding, Edges, Protected, Vocabulary
from tradeoffs.data.upload import proposal
from tradeoffs.data.upload.import_report import USES, Use
from tradeoffs.data.upload.options import Choices, Question
from tradeoffs.data.upload.profile import TELLS_LABEL, tells, why_not
from tradeoffs.data.upload.sheet import Column, Sheet
from tradeoffs.data.upload.supplied_codebook import Given
from tradeoffs.errors import InvalidInput
from tradeoffs.messages.message import Message

MOST_FEATURES = 60
MOST_BINS = 3_000  # of all features together


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """What became of each column.

    Attributes:
        features: what models see.
        uses: short name -> what a column is used for, and why it is left out.
        looked: whether rows decided which columns are left out.
    """

    features: tuple[Coding, ...]
    uses: dict[str, tuple[Use, Message | None]]
    looked: bool


def select_features(
    sheet: Sheet, choices: Choices, given: Given, target: str, answers: np.ndarray
) -> Selection:
    """Return the features: those that were chosen, or all that can be used.

    Args:
        sheet: the rows with an answer.
        choices: that were made.
        given: codings that are not proposed.
        target: short name of the label.
        answers: 1 or 0; float64 (rows,).

    Raises:
        Question: a column cannot be read without a statement, or there are too many.
        InvalidInput: a chosen column cannot be used, or none is left.
    """
    uses = _apart(sheet, choices, target)
    told = {one.name: one for one in given.features}
    bins = {sheet.column(header).name: edges for header, edges in choices.bins.items()}
    if choices.columns is not None:
        features = _named(sheet, choices.columns, uses, told, bins)
        looked = False
    else:
        features, looked = _usable(sheet, uses, told, bins, answers)
    if not features:
        raise InvalidInput("no_column_left")
    _check(features)
    uses |= {one.name: ("feature", None) for one in features}
    for column in sheet.columns:
        uses.setdefault(column.name, ("left out", Message("not_chosen")))
    return Selection(features=tuple(features), uses=uses, looked=looked)


def _apart(sheet: Sheet, choices: Choices, target: str) -> dict[str, tuple[Use, Message | None]]:
    """Return the columns that are something else than a feature."""
    uses: dict[str, tuple[Use, Message | None]] = {
        sheet.column(header).name: ("left out", Message("dropped")) for header in choices.drop
    }
    if choices.id is not None:
        uses[sheet.column(choices.id).name] = ("id", None)
    if choices.weight is not None:
        uses[sheet.column(choices.weight).name] = ("weight", None)
    if target in uses:
        raise InvalidInput("label_used_otherwise", column=target, use=USES[uses[target][0]])
    uses[target] = ("label", None)
    return uses


def _named(sheet, headers, uses, told, bins) -> list[Coding]:
    """Return the codings of columns that were chosen, in their order."""
    columns = {column.name: column for column in map(sheet.column, headers)}
    features = []
    for column in columns.values():
        if column.name in uses:
            raise _taken(column.title, uses[column.name][0])
        if column.question:
            raise column.question
        features.append(told.get(column.name) or proposal.coding(column, bins))
    return features


def _taken(column: str, use: Use) -> InvalidInput:
    if use == "label":
        return InvalidInput("column_is_label", column=column)
    if use == "id":
        return InvalidInput("column_is_id", column=column)
    if use == "weight":
        return InvalidInput("column_is_weight", column=column)
    return InvalidInput("column_is_left_out", column=column)


def _usable(sheet, uses, told, bins, answers) -> tuple[list[Coding], bool]:
    """Return the codings of all columns that can be used, and note why others cannot."""
    features: list[Coding] = []
    first: dict[bytes, str] = {}
    looked = False
    for column in sheet.columns:
        if column.name in uses:
            continue
        if column.name in told:
            features.append(told[column.name])
            continue
        if column.question:
            raise column.question
        looked = True
        found = _coding(column, bins, answers, first)
        if isinstance(found, Message):
            uses[column.name] = ("left out", found)
        else:
            features.append(found)
    return features, looked and any(use == "left out" for use, _ in uses.values())


def _coding(column: Column, bins, answers: np.ndarray, first: dict[bytes, str]) -> Coding | Message:
    """Return how a column is coded, or why it is left out."""
    reason = why_not(column)
    if reason:
        return reason
    key = hashlib.blake2b(column.hashed.tobytes(), digest_size=16).digest()
    if key in first:
        return Message("same_as", other=first[key])
    first[key] = column.title
    try:
        one = proposal.coding(column, bins)
    except InvalidInput as error:
        if column.name in bins:
            raise
        return Message("unusable", reason=Message.of(error))
    share = tells(encode_features(column, one), len(one.bins), answers)
    if share >= TELLS_LABEL:
        return Message("tells_label", share=share)
    return one


def _check(features: list[Coding]) -> None:
    if len(features) > MOST_FEATURES:
        raise Question("ask_columns", option="columns", columns=len(features), most=MOST_FEATURES)
    bins = sum(len(feature.bins) for feature in features)
    if bins > MOST_BINS:
        raise InvalidInput("too_many_bins", bins=bins, most=MOST_BINS)


def encode_features(column: Column, one: Edges | Vocabulary | Protected) -> np.ndarray:
    """Return the bin or group of each row, looked up by value: each value is coded once.

    Raises:
        InvalidInput: a row belongs to no group.
    """
    import pandas as pd

    spare = column.missing > 0  # looked up by the last place, for rows without a value
    if isinstance(one, Edges) or getattr(one, "edges", ()):
        values = pd.Series([*column.parsed, *([np.nan] if spare else [])], dtype=float)
    else:
        values = pd.Series([*column.values, *([None] if spare else [])], dtype=object)
    try:
        return one.encode(values)[column.codes]
    except InvalidInput:
        one.encode(values.iloc[column.codes])  # tells how many rows
        raise
