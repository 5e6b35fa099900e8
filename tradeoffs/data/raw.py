"""The raw file: a bundled table as published, for building and checking the encoded one."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tradeoffs.data.codebook import Codebook
from tradeoffs.data.encoded import MARKS, Encoded, training_mask
from tradeoffs.data.label import UNDEFINED
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
        raise InvalidInput("cannot_read", file=file, reason=error.strerror) from None
    found = hashlib.sha256(content).hexdigest()
    if found != book.sha256:
        raise InvalidInput(
            "table_changed", file=file, found=found[:12], wanted=book.sha256[:12], table=book.name
        )
    return read_table(BufferReader(content)).to_pandas()


def encode_frame(book: Codebook, frame: "pd.DataFrame") -> Encoded:
    """Return raw values as codes: from the codebook, nothing learned from the rows.

    A column `person_id` says whose row it is; without one every row is a person of its own.
    """
    row_id = frame["row_id"].to_numpy(dtype=np.int64)
    known = "person_id" in frame
    person_id = frame["person_id"].to_numpy(dtype=np.int64) if known else row_id
    if book.train_share is None:
        train = (frame["split"] == "train").to_numpy(dtype=np.bool_)
    else:
        train = training_mask(person_id, book.train_share)
    marks = {name: getattr(book, name) for name in MARKS if getattr(book, name)}
    return Encoded(
        book=book,
        codes=book.encode(frame),
        labels={one.name: one.encode(frame.loc[:, one.column]) for one in book.labels},
        groups={one.name: one.encode(frame.loc[:, one.source]) for one in book.protected},
        marks={name: one.encode(frame.loc[:, one.source]) for name, one in marks.items()},
        counts={name: _whole(frame.loc[:, name]) for name in book.counts},
        row_id=row_id,
        person_id=person_id,
        train=train,
    )


def _whole(column: "pd.Series") -> np.ndarray:
    """Return whole numbers from 0 as int16 (rows,), UNDEFINED where missing."""
    values = column.to_numpy(dtype=np.float64, na_value=np.nan)
    known = values[~np.isnan(values)]
    largest = np.iinfo(np.int16).max
    if known.size and ((known < 0) | (known > largest) | (known % 1 != 0)).any():
        raise InvalidInput("not_a_count", name=column.name, high=largest)
    return np.where(np.isnan(values), UNDEFINED, values).astype(np.int16)
