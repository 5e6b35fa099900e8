"""Fewer rows: the paper's second axis starts with how much data there is."""

import numpy as np

from tradeoffs.data.keyed_random import uniform
from tradeoffs.data.table import Table
from tradeoffs.errors import InvalidInput


def subsample(table: Table, rows: int, seed: int) -> Table:
    """Return a uniform sample without replacement, in the order of the table.

    Each row draws a number keyed by (seed, row id); the smallest `rows` numbers stay. So samples
    of one seed are nested: fewer rows are a part of more rows. All rows return the same table.

    Raises:
        InvalidInput: rows is not in [1, table.rows].
    """
    if not 1 <= rows <= table.rows:
        raise InvalidInput("out_of_range", field="rows", value=rows, low=1, high=table.rows)
    if rows == table.rows:
        return table
    draws = uniform(seed, "rows", table.row_id)
    bound = np.partition(draws, rows - 1)[rows - 1]
    kept = draws < bound
    # Rows that share an id draw the same number: the first ones stay, so the count is exact.
    kept[np.flatnonzero(draws == bound)[: rows - int(kept.sum())]] = True
    return table.take(kept)
