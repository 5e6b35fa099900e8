"""Columns that shifts work on: public choices, in the catalogue entry of each table.

Each part is an ordered column: `lever` is what covariates, instruments and errors act on, `sign`
how an outcome shows, `proxy` what goes along with the outcome without causing it.  Choosing them
from rows would be a private statistic.
"""

import numpy as np

from tradeoffs.data.catalogue import DATASETS
from tradeoffs.data.table import Table
from tradeoffs.errors import InvalidInput

PARTS = ("lever", "sign", "proxy")
MIDDLE = 0.5  # of the lever's height, in a table of which nothing is known
FEWEST_BINS = 4  # of a column in a table of which nothing is known: three values and "missing"


def column(table: Table, part: str) -> int:
    """Return the place of the column that plays a part.

    Of a table that is not listed, the first columns with at least FEWEST_BINS bins are taken.

    Raises:
        InvalidInput: the table lacks it.
    """
    names = [feature.name for feature in table.features]
    wanted = PARTS.index(part)
    entry = DATASETS.get(table.name)
    listed = entry.ordered if entry else None
    if listed is None:
        ordered = [f.name for f in table.features if len(f.labels) >= FEWEST_BINS]
        listed = tuple(f for f in ordered if f not in table.protected)
    if wanted >= len(listed) or listed[wanted] not in names:
        if wanted < len(listed):
            raise InvalidInput("shift_needs_column", column=listed[wanted], table=table.name)
        raise InvalidInput("shift_needs_columns", count=len(PARTS), table=table.name)
    return names.index(listed[wanted])


def height(table: Table, part: str) -> np.ndarray:
    """Return (rows,) float64: each bin from lowest 0 to highest 1; missing .5.

    The last bin of every feature stands for missing.
    """
    place = column(table, part)
    highest = top(table, place)
    codes = table.codes[:, place]
    return np.where(codes > highest, 0.5, codes / max(highest, 1))


def low(table: Table) -> np.ndarray:
    """Return bool (rows,): who is low in the lever; where it is missing, by .5 as its height."""
    entry = DATASETS.get(table.name)
    return height(table, "lever") < (entry.middle if entry else MIDDLE)


def top(table: Table, place: int) -> int:
    """Return the highest bin of a feature that is a value; the one behind it is missing."""
    return len(table.features[place].labels) - 2


def move_bins(table: Table, place: int, bins: int) -> np.ndarray:
    """Return (rows,) codes moved up or down by some bins; ends stay ends, missing stays missing."""
    codes, highest = table.codes[:, place], top(table, place)
    return np.where(codes > highest, codes, np.clip(codes + bins, 0, highest))
