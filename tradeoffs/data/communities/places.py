"""Places: everybody recorded at one place is a community."""

import numpy as np

from tradeoffs.data.communities.cut import Cut, community_codes, group_names
from tradeoffs.data.encoded import Encoded
from tradeoffs.data.table import Table


def _codes(whole: Encoded, table: Table, option: str, count: int) -> np.ndarray:
    del option, count
    grouping = whole.book.place
    assert grouping is not None  # else it has no names
    return community_codes(grouping, table.marks("place").codes)


PLACE = Cut(
    name="place",
    title="places",
    help=(
        "All people recorded at one place form a community: those of one region, or the "
        "comments on one kind of page."
    ),
    source=(
        "Ding et al. 2021, arXiv 2108.04884 (Retiring Adult): recorded differences between places"
    ),
    kind="recorded",
    names=lambda data, option: group_names(data.codebook.place),
    codes=_codes,
    features=lambda book, option: (book.place.source,) if book.place else (),
)
