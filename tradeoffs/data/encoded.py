"""The encoded file: a bundled table as codes, which needs numpy alone to read.

It is derived from the parquet file by data/build.py and says of which codebook it is; `tradeoffs
data check` compares the two.  Pages and workers read it in place of the parquet file, whose
libraries take a third of a second and 70 MB.
"""

import hashlib
import zipfile
import zlib
from pathlib import Path

import numpy as np

from tradeoffs.data.codebook import Codebook
from tradeoffs.data.table import Feature, Split, Table, halve
from tradeoffs.errors import InvalidInput
from tradeoffs.paths import DATA


def fingerprint(book: Codebook) -> str:
    """Return the hash of everything public about a table, the hash of its rows included."""
    return hashlib.sha256(book.model_dump_json().encode()).hexdigest()


def write_encoded(book: Codebook, table: Table, train: np.ndarray, folder: Path = DATA) -> None:
    """Write a whole table; `train` (rows,) marks the training file."""
    arrays = {
        "fingerprint": np.array(fingerprint(book)),
        "train": train,
        "codes": table.codes.astype(np.uint8),
        "label": table.label,
        "row_id": table.row_id.astype(np.int32),
        **table.protected,
    }
    np.savez_compressed(folder / f"{book.name}.npz", allow_pickle=False, **arrays)


def read_encoded(book: Codebook, folder: Path = DATA) -> tuple[Table, np.ndarray]:
    """Return a whole table and which of its rows are the training file.

    Raises:
        InvalidInput: the file is absent, damaged, or of another codebook.
    """
    file = f"{book.name}.npz"
    advice = f"restore it or run `python data/build.py {book.name}`"
    try:
        # Opened here, since np.load leaves a damaged file open.
        with (folder / file).open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
    except (OSError, ValueError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise InvalidInput(f"cannot read {file} ({error}); {advice}") from None
    if str(arrays.get("fingerprint")) != fingerprint(book):
        raise InvalidInput(f"{file} was not made with this codebook; {advice}")
    table = Table(
        name=book.name,
        features=features(book),
        codes=arrays["codes"].astype(np.int16),
        label=arrays["label"],
        protected={a.name: arrays[a.name] for a in book.protected},
        groups={a.name: a.names for a in book.protected},
        row_id=arrays["row_id"].astype(np.int64),
    )
    return table, arrays["train"]


def features(book: Codebook) -> tuple[Feature, ...]:
    """Return the features of a codebook's table."""
    return tuple(Feature(name=c.name, title=c.title, labels=c.bins) for c in book.features)


def split_table(table: Table, train: np.ndarray) -> Split:
    """Return the training file as `train` and the test file halved into `select` and `report`."""
    report, select = halve(table.take(~train), "select or report")
    return Split(train=table.take(train), select=select, report=report)
