"""The summary of an import: report, codebook and group sizes, as JSON and as text."""

from dataclasses import asdict
from typing import Any

from tradeoffs.data.codebook_words import word, words
from tradeoffs.data.composition import Stratum, rate_text, strata
from tradeoffs.data.upload.import_messages import column_notes, file_notes
from tradeoffs.data.upload.import_report import KINDS, Report
from tradeoffs.data.upload.own_table import Own
from tradeoffs.language.notation import labelled, semicolon_text
from tradeoffs.language.translation import say, translate
from tradeoffs.messages.wording import WORDING


def document(own: Own) -> dict[str, Any]:
    """Return everything about an own table but its rows, ready for JSON.

    Groups are counted before the split: how many of a group are trained on is not told, since a
    group of one would tell whether that person is.
    """
    parts = [asdict(part) for part in strata(own.whole, own.book.labels[0].name)]
    return {
        "name": own.book.name,
        "rows": len(own.whole.row_id),
        "notes": list(own.notes),
        "warnings": list(own.warnings),
        "report": own.report.document(),
        "codebook": own.book.model_dump(mode="json"),
        "groups": [{k: v for k, v in part.items() if k != "train"} for part in parts],
    }


def inspection(report: Report) -> str:
    """Return what was read of a file of which nothing is decided yet."""
    lines = [*map(WORDING.write, file_notes(report)), "", say("Columns:")]
    for column in report.columns:
        found = say(
            "{column}: {kind}, {values:,} different",
            column=column.title,
            kind=translate(KINDS[column.kind]),
            values=column.values,
        )
        if column.shown:
            found = labelled(found, WORDING.cells(column.shown))
        told = semicolon_text([found, *map(WORDING.write, column_notes(column))])
        lines.append(f"  {told}")
    return "\n".join(lines)


def summary(own: Own) -> str:
    """Return everything about an own table but its rows, as text."""
    book = own.book
    label = book.labels[0]
    lines = [
        say("{table}: {rows:,} rows", table=book.name, rows=len(own.whole.row_id)),
        *own.notes,
        *own.warnings,
        "",
        say("Predicted: {question} Yes is taken as favourable.", question=word(label.question)),
        say(
            "{train:,} rows for training, {test:,} for testing.",
            train=label.train_rows,
            test=label.test_rows,
        ),
        "",
        say("Bins that models see:"),
        *(f"  {labelled(one.name, semicolon_text(words(one.bins)))}" for one in book.features),
        "",
        say("Rows and share of positive outcomes by {weight} (95 %):", weight=book.weight)
        if book.weight
        else say("Rows and share of positive outcomes (95 %):"),
    ]
    lines += [f"  {_size(part)}" for part in strata(own.whole, label.name)]
    return "\n".join(lines)


def _size(part: Stratum) -> str:
    return say(
        "{by}, {group}: {rows:,} rows, {rate}",
        by=word(part.by),
        group=word(part.group),
        rows=part.rows,
        rate=rate_text(part),
    )
