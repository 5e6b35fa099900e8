"""Notes on an import: what a report tells, as messages that page and terminal write."""

from collections.abc import Mapping
from typing import Any

from tradeoffs.data.upload.import_report import USES, Answer, ColumnReport, Report
from tradeoffs.data.upload.label_values import Taken
from tradeoffs.messages.message import Message

MOST_NAMED = 8  # in a list
MOST_ANSWERS = 40
TAKEN: Mapping[Taken, Message] = {
    "favourable": Message("taken_favourable"),
    "unfavourable": Message("taken_unfavourable"),
    "left out": Message("left_out"),
}
SIGNS = {
    ",": Message("comma"),
    ";": Message("semicolon"),
    "\t": Message("tab"),
    "|": Message("pipe"),
    ".": Message("point"),
}
BY_CHOICE = ("dropped", "not_chosen")  # reasons that are no finding


def file_notes(report: Report) -> list[Message]:
    """Return how the file was read, a sentence each."""
    facts, rows = report.facts, report.rows
    found = [_read_as_file(facts)]
    if facts.get("letters"):
        letters = tuple(facts["letters"])
        found.append(Message("file_not_utf8", encoding=facts["encoding"], letters=letters))
    found.append(
        Message("rows_read", read=rows.read, blank=rows.blank, repeated=rows.repeated),
    )
    for sign, titles in facts.get("decimal", {}).items():
        found.append(Message("decimal_in", sign=SIGNS[sign], columns=titles))
    for title, text, value in facts.get("read_as", ())[:MOST_NAMED]:
        found.append(Message("number_read_as", column=title, text=text, value=value))
    for title in facts.get("formulas", ())[:MOST_NAMED]:
        found.append(Message("formulas", column=title))
    for title, text in facts["zeros"][:MOST_NAMED]:
        found.append(Message("zeros_read_as", column=title, text=text, value=int(text)))
    if facts["absent"]:
        found.append(Message("missing_absent", words=facts["absent"]))
    if not facts.get("header", True):
        found.append(Message("no_header"))
    for old, new in facts.get("renamed", ())[:MOST_NAMED]:
        found.append(Message("renamed", old=old, new=new))
    return found


def _read_as_file(facts: Mapping[str, Any]) -> Message:
    if facts["kind"] == "excel":
        return Message("file_is_excel")
    if facts["kind"] == "parquet":
        return Message("file_is_parquet")
    return Message("file_is_text", encoding=facts["encoding"], separator=SIGNS[facts["separator"]])


def column_notes(column: ColumnReport) -> list[Message]:
    """Return what was found in a column, a phrase each."""
    found = []
    if column.missing and column.kind != "numbers" and any(column.missing):
        found.append(Message("missing_cells_of_values", cells=column.missing, column=column.name))
    elif column.missing:
        found.append(Message("missing_cells", cells=column.missing))
    if column.question:
        found.append(column.question)
    if column.reason and column.use == "open":
        found.append(Message("would_be_left_out", reason=column.reason))
    elif column.reason:
        found.append(Message("used_as", use=USES[column.use], reason=column.reason))
    return [*found, *column.hints]


def notes(report: Report) -> list[Message]:
    """Return everything an import tells of the file and its columns, a sentence each."""
    found = file_notes(report)
    rows = report.rows
    if rows.unanswered:
        found.append(Message("rows_unanswered", rows=rows.unanswered))
    if rows.weightless:
        found.append(Message("rows_weightless", rows=rows.weightless))
    if rows.persons is not None:
        kept = (rows.train or 0) + (rows.select or 0) + (rows.report or 0)
        spare = rows.read - (rows.unanswered or 0) - (rows.weightless or 0) - kept
        found.append(Message("persons_used", persons=rows.persons, spare=spare))
    by_choice = [one for one in report.columns if one.reason and one.reason.code in BY_CHOICE]
    for column in report.columns:
        if column not in by_choice:
            found += [
                Message("column_note", column=column.title, note=note)
                for note in column_notes(column)
            ]
    if by_choice:
        found.append(Message("left_out_by_choice", columns=[one.title for one in by_choice]))
    return [*found, *_answers(report), *_differences(report)]


def _answers(report: Report) -> list[Message]:
    """Return every answer of the label with its rows and what it counts as."""
    if not report.answers:
        return []
    listed = tuple(map(_answer, report.answers[:MOST_ANSWERS]))
    more = len(report.answers) - len(listed)
    if more:
        return [Message("answers_and_more", answers=listed, more=more)]
    return [Message("answers", answers=listed)]


def _answer(one: Answer) -> Message:
    if one.value is None:
        return Message("no_answer_taken", rows=one.rows, taken=TAKEN[one.taken])
    return Message("answer_taken", value=one.value, rows=one.rows, taken=TAKEN[one.taken])


def _differences(report: Report) -> list[Message]:
    """Return how large a difference must be to be seen."""
    if report.differences is None:
        return []
    sizes = [
        Message("difference_of_accuracy", points=100 * report.differences["accuracy"]),
        *(
            Message("difference_of_groups", points=100 * size, column=title)
            for title, size in report.differences.items()
            if title != "accuracy"
        ),
    ]
    return [Message("differences", rows=report.rows.report, sizes=tuple(sizes))]
