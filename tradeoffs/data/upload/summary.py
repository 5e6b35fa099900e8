"""The summary of an import: report, codebook and group sizes, as JSON and as text."""

from dataclasses import asdict
from typing import Any

from tradeoffs.data.composition import rate_text, strata
from tradeoffs.data.upload.import_messages import column_notes, file_notes
from tradeoffs.data.upload.import_report import Report
from tradeoffs.data.upload.own_table import Own
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
    lines = [*map(WORDING.write, file_notes(report)), "", "Columns:"]
    for column in report.columns:
        notes = "".join(f"; {WORDING.write(note)}" for note in column_notes(column))
        shown = f": {WORDING.cells(column.shown)}" if column.shown else ""
        lines.append(f"  {column.title}: {column.kind}, {column.values:,} different{shown}{notes}")
    return "\n".join(lines)


def summary(own: Own) -> str:
    """Return everything about an own table but its rows, as text."""
    book = own.book
    label = book.labels[0]
    lines = [
        f"{book.name}: {len(own.whole.row_id):,} rows",
        *own.notes,
        *own.warnings,
        "",
        f"Predicted: {label.question} Yes is taken as favourable.",
        f"{label.train_rows:,} rows for training, {label.test_rows:,} for testing.",
        "",
        "Bins that models see:",
        *(f"  {one.name}: {'; '.join(one.bins)}" for one in book.features),
        "",
        f"Rows and share of positive outcomes{f' by {book.weight}' if book.weight else ''} (95 %):",
    ]
    for part in strata(own.whole, label.name):
        lines.append(f"  {part.by}, {part.group}: {part.rows:,} rows, {rate_text(part)}")
    return "\n".join(lines)
