"""An own table: a file and a few choices become a codebook, codes and a report, in memory."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from pydantic import ValidationError

from tradeoffs.data.codebook import Codebook
from tradeoffs.data.coding import Edges, Protected
from tradeoffs.data.encoded import Encoded, training_mask
from tradeoffs.data.table_handle import PREFIX
from tradeoffs.data.upload import proposal
from tradeoffs.data.upload.features import Selection, encode_features, select_features
from tradeoffs.data.upload.import_messages import notes
from tradeoffs.data.upload.import_report import Report, column_report, differences, rows_read
from tradeoffs.data.upload.label_values import Answer, answers, label
from tradeoffs.data.upload.options import Choices, Writing
from tradeoffs.data.upload.raw_columns import MEGABYTE, MOST_MEGABYTES
from tradeoffs.data.upload.read import read
from tradeoffs.data.upload.sheet import Column, Sheet
from tradeoffs.data.upload.supplied_codebook import Given, given_codebook
from tradeoffs.data.upload.survey_weights import weight_findings, weights
from tradeoffs.data.upload.units import Units, once, units
from tradeoffs.errors import InvalidInput
from tradeoffs.language.translation import mark
from tradeoffs.messages.message import Message
from tradeoffs.messages.wording import WORDING
from tradeoffs.validation import first_fault

MOST_PROTECTED = 4
TRAIN_SHARE = 0.6
COMMON = {
    "version": 1,
    "title": mark("Own table"),
    "source": mark("a file of this visitor, held in memory and gone with the session"),
    "licence": mark("the visitor's own matter: nothing is kept"),
    "citation": "none",
    "train_share": TRAIN_SHARE,
}


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Own:
    """An own table.

    Attributes:
        whole: codebook and codes.
        report: how the file was read and what was made of it.
    """

    whole: Encoded
    report: Report

    @property
    def book(self) -> Codebook:
        """The proposed or given codebook."""
        return self.whole.book

    @property
    def notes(self) -> tuple[str, ...]:
        """How the file was read and what was left out, in words."""
        return tuple(map(WORDING.write, notes(self.report)))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What epsilon does not cover, and whom it protects, in words."""
        return tuple(map(WORDING.write, self.report.cautions))


def own_table(
    content: bytes | Path,
    choices: Choices,
    given: bytes | None = None,
    writing: Writing | None = None,
) -> Own:
    """Return a table made from a CSV, Excel (.xlsx) or Parquet file, with the report on it.

    Arguments, result and errors can be pickled, so that another process can do it.

    Args:
        content: of the file, or where it lies.
        choices: label, groups and columns.
        given: JSON of a codebook, such as a proposed one that was corrected; its features and
            groups replace those that would be proposed for columns of these names.
        writing: how the file is written, where that is known.

    Raises:
        Question: the file or a choice leaves something open; names the option that states it.
        InvalidInput: the file or a choice cannot be used; names the column and the bound.
    """
    content = content_of(content) if isinstance(content, Path) else content
    file = read(content, writing)
    whole = _merged(file, choices)
    codebook = given_codebook(given, whole)
    target = _ready(whole.column(choices.label))
    found = answers(target, choices)
    answered = ~np.isnan(found.values)
    if not answered.any():
        raise InvalidInput("label_without_answers", column=target.title)
    kept, values = whole.take(answered), found.values[answered]
    weight = weights(kept, choices)
    if weight is not None:
        stands = weight > 0  # for somebody
        kept, values, weight = kept.take(stands), values[stands], weight[stands]
        weight = None if (weight == weight[0]).all() else weight  # equal ones change nothing
    chosen = select_features(kept, choices, codebook, target.name, values)
    people = units(kept, choices, chosen, target.name, given=given is not None)
    train = training_mask(people.cluster_id, TRAIN_SHARE)
    used = once(people, kept.row_id)
    book = _book(
        name=_name(content, choices, given, writing),
        unit=people.unit,
        labels=(label(target, found, int((used & train).sum()), int((used & ~train).sum())),),
        features=chosen.features,
        protected=_protected(kept, choices, codebook, chosen, target.name),
        weight="" if weight is None else whole.column(choices.weight or "").title,
        sha256=hashlib.sha256(content).hexdigest(),
    )
    encoded = replace(_encoded(kept, book, values, people, train), sample_weight=weight)
    unanswered = int((~answered).sum())
    report = _report(file, kept, unanswered, found.listed, chosen, people, encoded, codebook)
    return Own(whole=encoded, report=report)


def content_of(path: Path) -> bytes:
    """Return the content of a file, no more of it than can be used.

    Raises:
        InvalidInput: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(MOST_MEGABYTES * MEGABYTE + 1)
    except OSError as error:
        raise InvalidInput("cannot_read", file=str(path), reason=error.strerror) from None


def _name(content: bytes, choices: Choices, given: bytes | None, writing: Writing | None) -> str:
    """Return a name that follows from everything that decides the table."""
    found = hashlib.sha256(content)
    found.update(repr((choices, writing or Writing())).encode())
    found.update(given or b"")
    return PREFIX + found.hexdigest()[:16]


def _merged(sheet: Sheet, choices: Choices) -> Sheet:
    """Return the sheet with values taken together as was stated; every named column is there."""
    words = {sheet.column(header).name: told for header, told in choices.merge.items()}
    for header in (*choices.drop, *choices.bins, *(choices.columns or ())):
        sheet.column(header)
    return replace(
        sheet,
        columns=tuple(
            column.merged(words[column.name]) if column.name in words else column
            for column in sheet.columns
        ),
    )


def _ready(column: Column) -> Column:
    """Return a column of which nothing is open."""
    if column.question:
        raise column.question
    return column


def _protected(
    sheet: Sheet, choices: Choices, given: Given, chosen: Selection, target: str
) -> tuple[Protected, ...]:
    """Return the groups that are compared, given or proposed."""
    columns = {column.name: column for column in map(sheet.column, choices.protected)}
    if target in columns:
        raise InvalidInput("label_protected", column=columns[target].title)
    if not 1 <= len(columns) <= MOST_PROTECTED:
        raise InvalidInput("protected_count", count=len(columns), most=MOST_PROTECTED)
    told = {one.name: one for one in given.protected}
    seen = {feature.name for feature in chosen.features}
    bins = {sheet.column(header).name: edges for header, edges in choices.bins.items()}
    return tuple(
        told[name].model_copy(update={"feature": told[name].source in seen})
        if name in told
        else proposal.groups(_ready(column), bins, feature=name in seen)
        for name, column in columns.items()
    )


def _book(**fields: object) -> Codebook:
    """Return a codebook; InvalidInput where a given part and the choices do not fit together."""
    try:
        return Codebook.model_validate(COMMON | fields)
    except ValidationError as error:
        raise InvalidInput("codebook_does_not_fit", reason=first_fault(error)) from None


def _encoded(
    sheet: Sheet, book: Codebook, answered: np.ndarray, people: Units, train: np.ndarray
) -> Encoded:
    """Return the codes of the rows, looked up by value: each value is coded once."""
    columns = {column.name: column for column in sheet.columns}
    return Encoded(
        book=book,
        codes=np.column_stack([encode_features(columns[one.name], one) for one in book.features]),
        labels={book.labels[0].name: answered.astype(np.int8)},
        groups={one.name: encode_features(columns[one.source], one) for one in book.protected},
        marks={},
        counts={},
        row_id=sheet.row_id,
        person_id=people.person_id,
        cluster_id=people.cluster_id,
        train=train,
    )


def _report(
    file: Sheet,
    kept: Sheet,
    unanswered: int,
    listed: tuple[Answer, ...],
    chosen: Selection,
    people: Units,
    encoded: Encoded,
    given: Given,
) -> Report:
    split, book = encoded.split(), encoded.book
    shown = split.report
    yes = float(np.average(shown.label, weights=shown.sample_weight))
    sizes = {
        one.title: [
            shown.take(shown.protected[one.name] == code).effective_rows
            for code in range(len(one.names))
        ]
        for one in book.protected
    }
    return Report(
        facts=dict(file.facts),
        rows=replace(
            rows_read(file),
            unanswered=unanswered,
            weightless=file.rows - unanswered - kept.rows,
            persons=people.persons,
            train=split.train.rows,
            select=split.select.rows,
            report=shown.rows,
        ),
        columns=tuple(
            column_report(
                column,
                *chosen.uses[column.name],
                protected=column.name in encoded.groups,
                more=_uncut(kept, book, column.name),
            )
            for column in file.columns
        ),
        answers=listed,
        differences=differences(shown.effective_rows, yes, sizes),
        cautions=(
            _coverage(book, given, chosen, people),
            _protected_unit(people, _several(file, chosen)),
            *people.findings,
            *weight_findings(file, chosen, shown),
            Message("counts"),
        ),
    )


def _coverage(book: Codebook, given: Given, chosen: Selection, people: Units) -> Message:
    """Return what was read off the rows, or that nothing was."""
    told = {one.name for one in given.protected}
    names = [
        *([Message("columns_left_out")] if chosen.looked else []),
        *([Message("rows_kept_together")] if people.looked else []),
        *(one.title for one in book.features if one not in given.features),
        *(
            Message("groups_of_column", column=one.title)
            for one in book.protected
            if one.name not in told
        ),
    ]
    return Message("proposed", names=names) if names else Message("given")


def _protected_unit(people: Units, several: list[str]) -> Message:
    """Return whom epsilon protects."""
    if people.unit == "person":
        return Message("person")
    return Message("row_of_several", several=several) if several else Message("row")


def _several(file: Sheet, chosen: Selection) -> list[str]:
    """Return the columns that seem to tell persons who have several rows."""
    reasons = {name: reason.code for name, (_, reason) in chosen.uses.items() if reason}
    return [one.title for one in file.columns if reasons.get(one.name) == "several_rows"]


def _uncut(sheet: Sheet, book: Codebook, name: str) -> tuple[Message, ...]:
    """Return how many cells of a column that is cut are no numbers, as a given codebook allows."""
    if not any(one.name == name and isinstance(one, Edges) for one in book.features):
        return ()
    cells = sum(sheet.column(name).texts.values())
    return (Message("not_numbers_cells", cells=cells),) if cells else ()
