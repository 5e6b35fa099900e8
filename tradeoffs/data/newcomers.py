"""Newcomers: who was raised or born in another country, in the tables that say so."""

import numpy as np

from tradeoffs.data.table import Table
from tradeoffs.errors import InvalidInput

COLUMNS = {  # table -> column, its values that mean "here" (or else "elsewhere")
    "gss": ("reg16", "another country", True),
    "adult": ("native_country", "United States", False),
}


def newcomers(table: Table) -> tuple[np.ndarray, np.ndarray]:
    """Return two (rows,) bool: who came from elsewhere, and who is from here.

    Whoever gave no answer is neither.

    Raises:
        InvalidInput: the table does not record it.
    """
    if table.name not in COLUMNS:
        raise InvalidInput("no_origin", table=table.name, known=tuple(COLUMNS))
    column, value, means_elsewhere = COLUMNS[table.name]
    place = [feature.name for feature in table.features].index(column)
    labels, codes = table.features[place].labels, table.codes[:, place]
    named = codes == labels.index(value)
    known = codes != labels.index("missing")
    elsewhere = named if means_elsewhere else known & ~named
    return elsewhere, known & ~elsewhere
