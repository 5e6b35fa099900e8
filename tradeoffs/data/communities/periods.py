"""Times: everybody recorded in one period is a community."""

import numpy as np

from tradeoffs.data.communities.cut import Cut, community_codes, group_names
from tradeoffs.data.encoded import Encoded
from tradeoffs.data.table import Table


def _codes(whole: Encoded, table: Table, option: str, count: int) -> np.ndarray:
    del option, count
    grouping = whole.book.time
    assert grouping is not None  # else it has no names
    return community_codes(grouping, table.marks("time").codes)


TIME = Cut(
    name="time",
    title="times",
    help=(
        "All people recorded in one period form a community: those of one survey year, for example."
    ),
    source="Liu et al. 2023, arXiv 2307.05284 (WhyShift): recorded differences between times",
    kind="recorded",
    names=lambda data, option: group_names(data.codebook.time),
    codes=_codes,
    features=lambda book, option: (book.time.source,) if book.time else (),
)
