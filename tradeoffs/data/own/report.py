"""What an import found: the proposed codebook, group sizes and base rates, as JSON and as text."""

from dataclasses import asdict
from typing import Any

from tradeoffs.data.about import about, in_words
from tradeoffs.data.own.table import Own


def document(own: Own) -> dict[str, Any]:
    """Return everything about an own table but its rows, ready for JSON."""
    return {
        "name": own.book.name,
        "rows": len(own.whole.row_id),
        "notes": list(own.notes),
        "warnings": list(own.warnings),
        "codebook": own.book.model_dump(mode="json"),
        "groups": [asdict(part) for part in about(own.whole, own.book.labels[0].name)],
    }


def report(own: Own) -> str:
    """Return the same as text."""
    book = own.book
    label = book.labels[0]
    lines = [
        f"{book.name}: {len(own.whole.row_id):,} rows",
        *own.notes,
        *own.warnings,
        "",
        f"Predicted: {label.question} Yes is taken as favourable.",
        f"{label.train_rows:,} rows to train on, {label.test_rows:,} to test.",
        "",
        "Bins that models see:",
        *(f"  {one.name}: {'; '.join(one.bins)}" for one in book.features),
        "",
        "Rows and share of yes (95 %):",
    ]
    for part in about(own.whole, label.name):
        lines.append(f"  {part.by}, {part.group}: {part.rows:,} rows, {in_words(part)}")
    return "\n".join(lines)
