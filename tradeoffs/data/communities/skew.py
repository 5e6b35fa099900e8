"""Skew: the towns' shares of the people differ between those with a yes and those with a no."""

import numpy as np

from tradeoffs.data.communities.cut import Amount, Cut
from tradeoffs.data.communities.town_sizes import LEAST, MOST, dirichlet
from tradeoffs.data.communities.towns import TOWNS_OF_A_CUT, deal, town_names
from tradeoffs.data.encoded import Encoded
from tradeoffs.data.table import Table


def _codes(whole: Encoded, table: Table, option: str, count: int) -> np.ndarray:
    by_answer = [
        deal(whole, table, dirichlet(float(option), count, f"share of {answer}"))
        for answer in ("no", "yes")
    ]
    return np.where(table.label, by_answer[1], by_answer[0])


SKEW = Cut(
    name="skew",
    title="random towns with different shares of positive outcomes",
    help=(
        "Made up: people with a positive and people with a negative outcome are each "
        "assigned to five towns at random, in shares drawn from a Dirichlet distribution. "
        "The smaller its parameter, the more the towns differ in how often the outcome is "
        "positive."
    ),
    source="Hsu, Qi, Brown 2019, arXiv 1909.06335: label-Dirichlet clients",
    kind="made up",
    names=lambda data, option: town_names(TOWNS_OF_A_CUT),
    codes=_codes,
    by_answer=True,
    amount=Amount(
        title="parameter of the Dirichlet distribution",
        phrase="Dirichlet parameter {}",
        values=("1", "0.3", "10"),
        least=LEAST,
        most=MOST,
        whole=False,
    ),
)
