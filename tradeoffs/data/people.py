"""Who is measured: labels and groups of the report rows, in the order of the stored decisions.

Light enough for a page process: numpy arrays in a small file, which data/build.py derives from
the table, and no features.
"""

from functools import lru_cache

import numpy as np

from tradeoffs.data.codebook import load_codebook
from tradeoffs.data.keyed import uniform
from tradeoffs.data.shifts.catalogue import shift
from tradeoffs.data.table import Table
from tradeoffs.errors import InvalidInput
from tradeoffs.paths import DATA


@lru_cache(maxsize=16)
def people(dataset: str, where: tuple[str, float, str]) -> Table:
    """Return the report rows at a deployment, without features.

    Args:
        dataset: name of a bundled dataset.
        where: from `resolve.deployment`: shift, intensity, protected.

    Raises:
        InvalidInput: the file is missing or belongs to another version of the table.
    """
    name, intensity, protected = where
    table = _report(dataset)
    if intensity:
        table = shift(name).apply(table, intensity, 0, protected)
    return in_order(table)


def in_order(table: Table) -> Table:
    """Return the rows in an order drawn from their ids, the order in which they are measured."""
    return table.take(np.argsort(uniform(0, "order", table.row_id), kind="stable"))


def decided(decisions: bytes, rows: int) -> np.ndarray:
    """Return (rows,) bool from the packed bits of a measurement."""
    return np.unpackbits(np.frombuffer(decisions, dtype=np.uint8), count=rows).astype(np.bool_)


@lru_cache(maxsize=4)
def _report(dataset: str) -> Table:
    book = load_codebook(dataset)
    file = DATA / f"{dataset}.report.npz"
    try:
        with np.load(file) as stored:
            arrays = dict(stored)
    except (OSError, ValueError) as error:
        raise InvalidInput(f"cannot read {file.name}: {error}") from None
    if str(arrays.get("sha256")) != book.sha256:
        raise InvalidInput(f"{file.name} is not of this table; run `python data/build.py {dataset}`")
    return Table(
        name=dataset,
        features=(),
        codes=np.zeros((len(arrays["row_id"]), 0), dtype=np.int16),
        label=arrays["label"],
        protected={a.name: arrays[a.name] for a in book.protected},
        groups={a.name: a.names for a in book.protected},
        row_id=arrays["row_id"],
    )
