"""Who is measured: the report rows in the order of the stored decisions."""

from functools import lru_cache

import numpy as np

from tradeoffs.data.communities.catalogue import community_split
from tradeoffs.data.keyed_random import uniform
from tradeoffs.data.load import load_split
from tradeoffs.data.shifts.compose import AppliedShift, compose
from tradeoffs.data.table import Table
from tradeoffs.data.table_cache import table_cache

# Shifts, the attribute of the groups, and among communities the cut and one of them.
FOLDS = 30  # of test people, between which figures of single people are added up
Deployment = tuple[tuple[AppliedShift, ...], str, *tuple[str, ...]]


@table_cache
@lru_cache(maxsize=16)
def report_rows(dataset: str, label: str, where: Deployment) -> Table:
    """Return the report rows at a deployment.

    Args:
        dataset: name of a bundled dataset.
        label: one of its labels.
        where: shifts in any order, and the protected attribute; no shifts are no shift. Or a cut
            and one of its communities beside them, without shifts.

    Raises:
        InvalidInput: the dataset, the label or a shift is unknown, or the dataset cannot be read.
    """
    return order_by_id(people_at(dataset, label, "report", where))


def people_at(dataset: str, label: str, split: str, where: Deployment) -> Table:
    """Return the rows of a split at a deployment; arguments and errors as in `report_rows`."""
    shifts, protected, *community = where
    if community:
        return getattr(community_split(dataset, label, *community), split)
    return compose(getattr(load_split(dataset, label), split), shifts, 0, protected)


def order_by_id(table: Table) -> Table:
    """Return the rows in an order drawn from their ids, the order in which they are measured."""
    return table.take(np.argsort(uniform(0, "order", table.row_id), kind="stable"))


def unpack_decisions(decisions: bytes, rows: int) -> np.ndarray:
    """Return (rows,) bool from the packed bits of a measurement."""
    return np.unpackbits(np.frombuffer(decisions, dtype=np.uint8), count=rows).astype(np.bool_)


def folds(rows: int) -> np.ndarray:
    """Return (rows,) int: the fold of each person, drawn by chance as the order of rows is."""
    return np.arange(rows) % FOLDS


def fold_column(name: str, fold: int) -> str:
    """Return the column of a figure's mean over the people of one fold."""
    return f"{name}[fold={fold}]"
