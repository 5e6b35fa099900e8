"""Sizes: people are dealt by lot to towns of different sizes."""

import numpy as np

from tradeoffs.data.communities.cut import Amount, Cut
from tradeoffs.data.communities.towns import TOWNS_OF_A_CUT, deal, town_names
from tradeoffs.data.keyed_random import uniform

LEAST, MOST = 0.1, 100


def dirichlet(alpha: float, count: int, stream: str) -> np.ndarray:
    """Return shares of so many parts, a public draw from a symmetric Dirichlet distribution.

    They are gamma variables over their sum; a small alpha gives one part nearly all.

    Args:
        alpha: above 0.
        count: parts.
        stream: name of the draw.

    Source: Devroye 1986, Non-Uniform Random Variate Generation, chapter XI.4.
    """
    from scipy.special import gammaincinv

    gammas = gammaincinv(alpha, uniform(0, stream, np.arange(count)))
    return gammas / gammas.sum()


def shares(alpha: float, count: int) -> np.ndarray:
    """Return the towns' shares of the people, the largest first; (towns,)."""
    return np.sort(dirichlet(alpha, count, "sizes of towns"))[::-1]


SIZES = Cut(
    name="sizes",
    title="random towns of different sizes",
    help=(
        "Made up: people are assigned to five towns at random, and the towns' shares of the "
        "people are drawn from a Dirichlet distribution. The smaller its parameter, the "
        "more the sizes differ."
    ),
    source="Yurochkin et al. 2019, arXiv 1905.12022: Dirichlet sizes of clients",
    kind="made up",
    names=lambda data, option: town_names(TOWNS_OF_A_CUT),
    codes=lambda whole, table, option, count: deal(whole, table, shares(float(option), count)),
    amount=Amount(
        title="parameter of the Dirichlet distribution",
        phrase="Dirichlet parameter {}",
        values=("1", "0.3", "10"),
        least=LEAST,
        most=MOST,
        whole=False,
    ),
)
