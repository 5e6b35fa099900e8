"""The raw file: a bundled table as published, for building and checking the encoded one."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tradeoffs.data.codebook import Codebook
from tradeoffs.data.encoded import features, split_table
from tradeoffs.data.table import Split, Table
from tradeoffs.errors import InvalidInput
from tradeoffs.paths import DATA

if TYPE_CHECKING:  # imported where a file is read: page processes do without pandas
    import pandas as pd


def read_frame(book: Codebook, folder: Path = DATA) -> "pd.DataFrame":
    """Return the raw values of a bundled table, exactly the file its codebook was made for.

    Raises:
        InvalidInput: the file is absent, or it is not the one whose hash the codebook holds.
    """
    from pyarrow import BufferReader
    from pyarrow.parquet import read_table

    file = f"{book.name}.parquet"
    try:
        content = (folder / file).read_bytes()
    except OSError as error:
        raise InvalidInput(f"cannot read {file}: {error.strerror}") from None
    found = hashlib.sha256(content).hexdigest()
    if found != book.sha256:
        raise InvalidInput(
            f"{file} has sha256 {found[:12]}.., its codebook says {book.sha256[:12]}..; "
            f"restore it or run `python data/build.py {book.name}`"
        )
    return read_table(BufferReader(content)).to_pandas()


def encode_frame(book: Codebook, frame: "pd.DataFrame") -> Table:
    """Return raw values as a table: codes from the codebook, nothing learned from the rows."""
    return Table(
        name=book.name,
        features=features(book),
        codes=book.encode(frame),
        label=frame[book.label.name].to_numpy(dtype=np.bool_),
        protected={a.name: a.encode(frame.loc[:, a.name]) for a in book.protected},
        groups={a.name: a.names for a in book.protected},
        row_id=frame["row_id"].to_numpy(dtype=np.int64),
    )


def split_frame(book: Codebook, frame: "pd.DataFrame") -> Split:
    """Return raw values as train, select and report."""
    return split_table(encode_frame(book, frame), in_training(frame))


def in_training(frame: "pd.DataFrame") -> np.ndarray:
    """Return (rows,) bool: which rows are of the training file."""
    return (frame["split"] == "train").to_numpy(dtype=np.bool_)
