"""Towns: people are dealt to communities by lot, so that nobody differs."""

import numpy as np

from tradeoffs.data.communities.cut import Amount, Cut, draw
from tradeoffs.data.encoded import Encoded
from tradeoffs.data.table import Table

MOST_TOWNS = 100
TOWNS_OF_A_CUT = 5  # where the amount says something else


def town_names(count: int) -> tuple[str, ...]:
    """Return names of so many towns."""
    return tuple(f"town {place + 1}" for place in range(count))


def deal(whole: Encoded, table: Table, shares: np.ndarray, stream: str = "town") -> np.ndarray:
    """Return the town of each row; int64 (rows,).

    Args:
        whole: the dataset.
        table: the people.
        shares: (towns,), of the people in each; they add up to 1.
        stream: name of the lot.
    """
    return np.searchsorted(np.cumsum(shares)[:-1], draw(whole, table, stream), side="right")


def equal_shares(count: int) -> np.ndarray:
    """Return the shares of so many towns of one size."""
    return np.full(count, 1 / count)


TOWNS = Cut(
    name="towns",
    title="random towns",
    help=(
        "Made up: people are assigned at random to towns of equal size. The towns differ by "
        "chance alone, so whatever seems to set one apart is chance too."
    ),
    source="Fisher 1935, The Design of Experiments, ch. 2: randomisation as the null case",
    kind="made up",
    names=lambda data, option: town_names(int(option)),
    codes=lambda whole, table, option, count: deal(whole, table, equal_shares(count)),
    amount=Amount(
        title="towns", phrase="{} towns", values=("5", "9", "30"), least=2, most=MOST_TOWNS
    ),
)
