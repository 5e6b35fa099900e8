"""The bundled tables as a list: what each holds, its licence and the size of its files."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tradeoffs.data.catalogue import available_datasets
from tradeoffs.data.codebook_words import words
from tradeoffs.data.coding import Grouping
from tradeoffs.data.dataset import Dataset
from tradeoffs.data.load import load_encoded
from tradeoffs.language.notation import labelled, localise
from tradeoffs.language.translation import say
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
    labels = [
        say("{label} ({rows:,} to train on)", label=label["name"], rows=label["train_rows"])
        for label in entry["labels"]
    ]
    facts = {
        say("rows"): localise(f"{entry['rows']:,}"),
        say("labels"): ", ".join(labels),
        say("protected"): ", ".join([*entry["protected"], *entry["crossings"]]),
        say("place"): _told(entry["place"]),
        say("time"): _told(entry["time"]),
        say("licence"): entry["licence"],
        say("size"): say("{size:,} bytes", size=entry["bytes"]),
    }
    width = max(map(len, facts)) + 2
    lines = [f"{name:{width}}{found}" for name, found in facts.items()]
    return "\n  ".join([labelled(entry["name"], entry["title"]), *lines])


def _told(marks: list[str] | None) -> str:
    return say("not recorded") if marks is None else ", ".join(words(marks))
