"""Panels: on how many comments do two panels of three disagree, and on how many by chance?

Chance is exact: the six votes on a comment are dealt anew into two panels of three, and what is
expected over all ways of dealing is written down.  If it does not matter in which panel a vote
stands, two panels disagree as often as that, whatever the comment.

Source: the permutation law of two samples, Fisher 1935; counts are hypergeometric.
"""

from functools import cache
from math import comb
from typing import TYPE_CHECKING, Any

import numpy as np

from tradeoffs.data.load import load_codebook
from tradeoffs.data.raw import read_frame
from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import normal_interval, standard_error

if TYPE_CHECKING:
    import pandas as pd

SEATS, MAJORITY = 3, 2
PAIRS = {  # what tells the panels apart -> columns of toxic votes
    "gender": ("women", "men"),
    "first language": ("native", "other_language"),
    "age": ("under_30", "from_30"),
    "degree": ("school", "degree"),
    "severity": ("strict", "lenient"),
    "men twice": ("men", "men_again"),
    "anybody twice": ("any_3", "any_3_again"),
}


@cache
def _votes() -> "pd.DataFrame":
    columns = sorted({name for pair in PAIRS.values() for name in pair})
    return read_frame(load_codebook("wiki_toxicity")).loc[:, columns]


def dealt(toxic: int) -> float:
    """Return how often two panels disagree if `toxic` of their six votes are, dealt by lot.

    >>> [dealt(toxic) for toxic in range(7)]
    [0.0, 0.0, 0.4, 1.0, 0.4, 0.0, 0.0]
    """
    ways = comb(2 * SEATS, SEATS)
    apart = 0
    for first in range(max(0, toxic - SEATS), min(SEATS, toxic) + 1):
        if (first >= MAJORITY) != (toxic - first >= MAJORITY):
            apart += comb(toxic, first) * comb(2 * SEATS - toxic, SEATS - first)
    return apart / ways


def disagreement(one: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return, for each comment, whether the panels disagree, and how often dealt panels would.

    Args:
        one: toxic votes of a panel, 0 to 3, (comments,).
        other: of the other panel.

    Raises:
        InvalidInput: a count outside 0 to 3.
    """
    for votes in (one, other):
        if votes.size and (votes.min() < 0 or votes.max() > SEATS):
            raise InvalidInput(
                "votes_out_of_range", least=votes.min(), most=votes.max(), high=SEATS
            )
    chance = np.array([dealt(toxic) for toxic in range(2 * SEATS + 1)])
    apart = (one >= MAJORITY) != (other >= MAJORITY)
    return apart.astype(float), chance[(one + other).astype(int)]


def answer(scenario: Scenario) -> list[dict[str, Any]]:
    """Return for each pair of panels what they disagree on, by chance, and beyond chance.

    Columns: `pair`, `what` (disagree, chance or beyond), `value`, `low`, `high` (shares of
    comments, 95 % over comments), `comments`, and the share toxic to each panel in `toxic_one` and
    `toxic_other`.
    """
    del scenario
    rows: list[dict[str, Any]] = []
    for pair, columns in PAIRS.items():
        votes = _votes().loc[:, list(columns)].dropna().to_numpy(dtype=int)
        apart, chance = disagreement(votes[:, 0], votes[:, 1])
        toxic = (votes >= MAJORITY).mean(axis=0)
        for what, each in (("disagree", apart), ("chance", chance), ("beyond", apart - chance)):
            mean = float(each.mean())
            low, high = normal_interval(mean, standard_error(each))
            rows.append(
                {
                    "pair": pair,
                    "what": what,
                    "value": mean,
                    "low": low,
                    "high": high,
                    "comments": len(votes),
                    "toxic_one": float(toxic[0]),
                    "toxic_other": float(toxic[1]),
                }
            )
    return rows
