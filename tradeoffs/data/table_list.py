"""The bundled tables as a list: what each holds, its licence and the size of its files."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tradeoffs.data.catalogue import available_datasets
from tradeoffs.data.coding import Grouping
from tradeoffs.data.dataset import Dataset
from tradeoffs.data.load import load_encoded
from tradeoffs.paths import DATA

Entry = dict[str, Any]


def list_tables(folder: Path = DATA) -> list[Entry]:
    """Return one entry a table on offer, ready for JSON; sizes are in bytes."""
    return [_entry(dataset, folder) for dataset in available_datasets()]


def _entry(dataset: Dataset, folder: Path) -> Entry:
    book = dataset.codebook
    return {
        "name": dataset.name,
        "title": dataset.title,
        "unit": book.unit,
        "rows": len(load_encoded(dataset.name).row_id),
        "labels": [
            {
                "name": label.name,
                "title": label.title,
                "train_rows": label.train_rows,
                "test_rows": label.test_rows,
            }
            for label in book.labels
        ],
        "protected": list(dataset.protected),
        "crossings": list(book.crossings),
        "place": _marks(book.place),
        "time": _marks(book.time),
        "licence": book.licence,
        "bytes": sum(file.stat().st_size for file in sorted(folder.glob(f"{dataset.name}.*"))),
    }


def _marks(grouping: Grouping | None) -> list[str] | None:
    return None if grouping is None else list(grouping.names)


def report(entries: Sequence[Entry]) -> str:
    """Return the list as text, a block a table."""
    return "\n\n".join(_block(entry) for entry in entries)


def _block(entry: Entry) -> str:
    labels = [f"{label['name']} ({label['train_rows']:,} to train on)" for label in entry["labels"]]
    lines = [
        f"{entry['name']}: {entry['title']}",
        f"rows       {entry['rows']:,}",
        f"labels     {', '.join(labels)}",
        f"protected  {', '.join([*entry['protected'], *entry['crossings']])}",
        f"place      {_told(entry['place'])}",
        f"time       {_told(entry['time'])}",
        f"licence    {entry['licence']}",
        f"size       {entry['bytes']:,} bytes",
    ]
    return "\n  ".join(lines)


def _told(marks: list[str] | None) -> str:
    return "not recorded" if marks is None else ", ".join(marks)
