"""Panel labels: what panels of annotators said of the comments of a test file."""

import numpy as np

from tradeoffs.data.label import UNDEFINED, YES
from tradeoffs.data.load import load_encoded
from tradeoffs.data.table import Table
from tradeoffs.errors import InvalidInput


def comments(name: str) -> Table:
    """Return all comments of the test file; every one has an answer to the label `toxic`."""
    whole = load_encoded(name)
    return whole.table(whole.book.label("toxic")).take(~whole.train)


def said_of(name: str, label: str, row_id: np.ndarray) -> np.ndarray:
    """Return the recorded answers to a label for these rows, bool (rows,).

    Raises:
        InvalidInput: some of them have none.
    """
    whole = load_encoded(name)
    order = np.argsort(whole.row_id)
    found = whole.labels[label][order[np.searchsorted(whole.row_id, row_id, sorter=order)]]
    if (found == UNDEFINED).any():
        raise InvalidInput("label_absent", label=label)
    return found == YES
