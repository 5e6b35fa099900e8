"""Weights: a column of survey weights, checked; rows that stand for nobody are left out."""

import numpy as np

from tradeoffs.data.table import Table
from tradeoffs.data.upload.features import Selection
from tradeoffs.data.upload.options import Choices
from tradeoffs.data.upload.sanitize import plain
from tradeoffs.data.upload.sheet import Sheet
from tradeoffs.errors import InvalidInput
from tradeoffs.messages.message import Message
from tradeoffs.stats.proportions import SMALLEST_CELL


def weights(sheet: Sheet, choices: Choices) -> np.ndarray | None:
    """Return float64 (rows,), at least 0 and not all 0; None where no column is a weight.

    Args:
        sheet: the rows with an answer.
        choices: that were made.

    Raises:
        Question: the column cannot be read without a statement.
        InvalidInput: a weight is missing, no number or below 0, all are 0, or the column is to be
            protected or to tell persons too.
    """
    if choices.weight is None:
        return None
    column = sheet.column(choices.weight)
    if column.question:
        raise column.question
    others = (*choices.protected, *(() if choices.id is None else (choices.id,)))
    if column.name in {sheet.column(header).name for header in others}:
        raise InvalidInput("weight_used_otherwise", column=column.title)
    if column.missing:
        raise InvalidInput("weight_missing", column=column.title, rows=column.missing)
    if column.texts or column.nominal:
        held = next(iter(column.texts), column.values[0])
        raise InvalidInput("weight_is_text", column=column.title, value=plain(held))
    found = column.numbers()
    if found.min() < 0:
        raise InvalidInput(
            "weight_below_zero", column=column.title, value=found.min(), rows=int((found < 0).sum())
        )
    if not found.any():
        raise InvalidInput("weight_zero", column=column.title)
    return found


def weight_findings(file: Sheet, chosen: Selection, shown: Table) -> tuple[Message, ...]:
    """Return what a survey weight does to figures, if a column is one.

    Args:
        file: with all its columns.
        chosen: what became of them.
        shown: the rows that figures are shown on.
    """
    titles = [one.title for one in file.columns if chosen.uses[one.name][0] == "weight"]
    if shown.sample_weight is None:
        return tuple(Message("equal_weights", title=title) for title in titles)
    rows, effective = shown.rows, shown.effective_rows
    return tuple(
        Message("weighted", title=title, rows=rows, effective=effective, least=SMALLEST_CELL)
        for title in titles
    )
