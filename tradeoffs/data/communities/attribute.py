"""Groups of a protected attribute: everybody of one group is a community."""

import numpy as np

from tradeoffs.data.codebook import Codebook
from tradeoffs.data.coding import Protected
from tradeoffs.data.communities.cut import Cut, community_codes, group_names
from tradeoffs.data.dataset import Dataset
from tradeoffs.data.encoded import Encoded
from tradeoffs.data.table import Table


def _attribute(book: Codebook, name: str) -> Protected:
    return next(attribute for attribute in book.protected if attribute.name == name)


def _names(data: Dataset, option: str) -> tuple[str, ...]:
    return group_names(_attribute(data.codebook, option)) if option in data.protected else ()


def _codes(whole: Encoded, table: Table, option: str, count: int) -> np.ndarray:
    del count
    attribute = _attribute(whole.book, option)
    return community_codes(attribute, table.protected[option])


ATTRIBUTE = Cut(
    name="attribute",
    title="groups",
    help=(
        "All people of one group of a protected attribute form a community. The column that "
        "names the group is withheld from every model, because it has the same value for "
        "everybody in a community."
    ),
    source="Molamohammadi et al. 2023, arXiv 2306.10043, section 2",
    kind="recorded",
    names=_names,
    codes=_codes,
    features=lambda book, option: (_attribute(book, option).source,),
)
