"""Units: whose row each one is, and which rows must stay on one side of the split."""

from dataclasses import dataclass

import numpy as np

from tradeoffs.data.encoded import one_row_per_person
from tradeoffs.data.upload.features import Selection
from tradeoffs.data.upload.options import Choices
from tradeoffs.data.upload.sheet import Column, Sheet, copies
from tradeoffs.messages.message import Message

CHANCE = 10  # times the equal pairs that chance makes, from which equal rows are copies
_SAYS_NOTHING = ("running_number", "identifier", "same_as")  # columns, of whether rows are equal


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Units:
    """Persons and clusters of rows.

    Attributes:
        unit: what epsilon protects, "person" or "row".
        person_id: int64 (rows,); of a person one row is used in each part.
        cluster_id: int64 (rows,); rows of a cluster are on one side of the split.
        persons: different persons, where a column tells them.
        findings: what is said of copies.
        looked: whether rows decided what is kept together.
    """

    unit: str
    person_id: np.ndarray
    cluster_id: np.ndarray
    persons: int | None = None
    findings: tuple[Message, ...] = ()
    looked: bool = False


def units(sheet: Sheet, choices: Choices, chosen: Selection, target: str, *, given: bool) -> Units:
    """Return persons by a column that tells them, or else rows, with copies kept together.

    A person has one row in training, picked by a public hash of that row, so that adding or
    removing a person changes one record.  Without such a column each row is a unit, and rows that
    agree in everything but the label stay on one side of the split: a model that saw one would
    know the other.  The label plays no part in it, as a row would else be tested only where its
    like with another answer was trained on.  Where a table is so coarse that chance makes rows
    equal, they are taken as different people and are not kept together; with a given codebook
    they always are, since that choice would be read off the rows.

    Args:
        sheet: the rows with an answer.
        choices: that were made.
        chosen: what became of the columns.
        target: short name of the label.
        given: whether a codebook was given.
    """
    if choices.id is not None:
        column = sheet.column(choices.id)
        if column.question:
            raise column.question
        person = np.where(column.codes < 0, sheet.row_id, _signed(column.hashed))
        persons = len(np.unique(person))
        return Units(unit="person", person_id=person, cluster_id=person, persons=persons)
    columns = [c for c in sheet.columns if given or not _says_nothing(chosen, c)]
    repeated = int((copies(sheet.content(columns)) > 0).sum())
    others = [column for column in columns if column.name != target]
    cluster = _signed(sheet.content(others))
    apart = not given and bool(repeated) and not _beyond_chance(others, cluster)
    return Units(
        unit="row",
        person_id=sheet.row_id,
        cluster_id=sheet.row_id if apart else cluster,
        findings=(Message("copies_apart" if apart else "copies_together", rows=repeated),)
        if repeated
        else (),
        looked=not given and bool(repeated),
    )


def once(found: Units, row_id: np.ndarray) -> np.ndarray:
    """Return bool (rows,): True for the one row of each person that is used."""
    return one_row_per_person(found.person_id, row_id)


def _says_nothing(chosen: Selection, column: Column) -> bool:
    _, reason = chosen.uses[column.name]
    return reason is not None and reason.code in _SAYS_NOTHING


def _signed(content: np.ndarray) -> np.ndarray:
    return (content >> np.uint64(8)).astype(np.int64)


def _beyond_chance(columns: list[Column], content: np.ndarray) -> bool:
    """Return whether more pairs of rows are equal than independent columns would make."""
    sizes = np.unique(content, return_counts=True)[1].astype(np.float64)
    equal = float((sizes * (sizes - 1)).sum())
    chance = float(len(content) * (len(content) - 1))
    for column in columns:
        shares = np.append(column.frequency, column.missing) / len(content)
        chance *= float((shares**2).sum())
    return equal > CHANCE * chance
