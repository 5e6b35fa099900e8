"""Annotation shift: another community labels the same people; neither is called true.

Measured at intensity 0 a model is compared with the first community, at 1 with the second.
"""

import numpy as np

from tradeoffs.catalogue import require_known
from tradeoffs.data.label import UNDEFINED, YES
from tradeoffs.data.load import load_encoded
from tradeoffs.data.shifts.columns import low
from tradeoffs.data.shifts.shift import Shift, affected_rows, with_label
from tradeoffs.data.table import Table

DISAGREE = 0.3  # of the people on whom the two communities can differ


def label_otherwise(
    table: Table, intensity: float, seed: int, protected: str, option: str
) -> Table:
    """Let a share of the people be labelled by the second community."""
    del protected
    other = another_label(table, option) if option else second_opinion(table, seed)
    asked = affected_rows(table, 1.0, intensity, seed, "annotation")
    return with_label(table, np.where(asked, other, table.label))


def second_opinion(table: Table, seed: int) -> np.ndarray:
    """Return the second community's answers: it says yes more to the low, no more to the high."""
    differ = affected_rows(table, DISAGREE, 1.0, seed, "second opinion")
    return np.where(differ, low(table), table.label)


def another_label(table: Table, name: str) -> np.ndarray:
    """Return the recorded answers to another label of the dataset; as before where there is none.

    Raises:
        InvalidInput: the dataset has no such label.
    """
    whole = load_encoded(table.name)
    require_known("label", name, whole.labels)
    order = np.argsort(whole.row_id)
    rows = order[np.searchsorted(whole.row_id, table.row_id, sorter=order)]
    answer = whole.labels[name][rows]
    return np.where(answer == UNDEFINED, table.label, answer == YES)


ANNOTATION = Shift(
    name="annotation",
    title="annotation shift",
    family="annotation shift",
    help=(
        "Some of the people are labelled by another community, which sees the same features "
        "but gives other answers. Neither community is called right."
    ),
    moves="recorded answers",
    invariant="features and groups",
    limits=(
        "Without a named label the second community is synthetic: it disagrees about three "
        "in ten people, with a yes for low values and a no for high values of one column. A "
        "named label is a recorded one."
    ),
    source=(
        "Castro, Walker, Glocker 2020, arXiv 1912.08142 (annotation); Sap et al. 2019; "
        "Obermeyer et al. 2019"
    ),
    operator=label_otherwise,
    reads=("label", "lever"),
    writes=("label",),
    moved=("answers changed",),
    still=("features", "groups"),
    option="label",
    options=lambda book, protected: [label.name for label in book.labels],
)
