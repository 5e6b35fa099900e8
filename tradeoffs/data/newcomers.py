"""Newcomers: who was raised or born in another country, in the tables that say so."""

import numpy as np

from tradeoffs.data.catalogue import DATASETS
from tradeoffs.data.table import Table
from tradeoffs.errors import InvalidInput


def newcomers(table: Table) -> tuple[np.ndarray, np.ndarray]:
    """Return two (rows,) bool: who came from elsewhere, and who is from here.

    Whoever gave no answer is neither.

    Raises:
        InvalidInput: the table does not record it.
    """
    entry = DATASETS.get(table.name)
    if entry is None or entry.origin is None:
        known = tuple(one.name for one in DATASETS.values() if one.origin)
        raise InvalidInput("no_origin", table=table.name, known=known)
    column, value, means_elsewhere = entry.origin
    place = [feature.name for feature in table.features].index(column)
    labels, codes = table.features[place].labels, table.codes[:, place]
    named = codes == labels.index(value)
    known = codes != labels.index("missing")
    elsewhere = named if means_elsewhere else known & ~named
    return elsewhere, known & ~elsewhere
