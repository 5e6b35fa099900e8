"""Made-up group: a small group among real people, who are put in it at random.

A column says who is in it.  With the pattern "reversed" the members' labels are turned around, so
that whatever speaks for a yes among the others speaks against it among them; with "same" nothing
else is changed, so that the group differs from the others in nothing but its size.  Features are
real; membership and the labels turned around are made up.

Source of the pattern: Bagdasaryan & Shmatikov 2019, arXiv 1905.12101.
"""

from dataclasses import replace

import numpy as np

from tradeoffs.catalogue import require_known
from tradeoffs.data.keyed_random import uniform
from tradeoffs.data.table import Feature, Table
from tradeoffs.errors import InvalidInput

ATTRIBUTE = "made up"
OTHERS, SMALL = "others", "small"
PATTERNS = ("reversed", "same")


def add_group(table: Table, share: float, pattern: str, lot: str = "small group") -> Table:
    """Return the table with a small group in it, randomly, keyed by row id.

    Args:
        table: real people.
        share: chance of each of them to be in the group, in [0, 1].
        pattern: of PATTERNS.
        lot: name of the draw.

    Raises:
        InvalidInput: a share out of its bounds, or an unknown pattern.
    """
    if not 0 <= share <= 1:
        raise InvalidInput("out_of_range", field="share", value=share, low=0, high=1)
    require_known("pattern", pattern, PATTERNS)
    inside = uniform(0, lot, table.row_id) < share
    column = Feature(name="made_up", title="Made-up group", labels=("no", "yes"))
    turned = inside & (pattern == "reversed")
    return replace(
        table,
        features=(*table.features, column),
        codes=np.column_stack([table.codes, inside]).astype(np.int16),
        label=table.label ^ turned,
        protected={ATTRIBUTE: inside.astype(np.int8)},
        groups={ATTRIBUTE: (OTHERS, SMALL)},
    )
