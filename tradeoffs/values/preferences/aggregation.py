"""Aggregation: one setting for several seats by each of three rules, and what each seat loses.

A setting is picked on one half of the test people and what it costs is measured on the other, so
that no seat is judged by people that its choice was made on.
"""

from collections.abc import Mapping

import numpy as np

SELECT, REPORT = 0, 1  # places of the halves
MAJORITY, WORST_OFF_FIRST, COMPROMISE = "majority", "worst_off_first", "compromise"
RULES = (MAJORITY, WORST_OFF_FIRST, COMPROMISE)


def first_choices(utilities: np.ndarray) -> np.ndarray:
    """Return the setting of the largest mean utility of each seat on select: (seats,).

    Args:
        utilities: (seats, settings, training runs, halves), in any unit of the seat.
    """
    return utilities[..., SELECT].mean(-1).argmax(-1)


def regrets(utilities: np.ndarray) -> np.ndarray:
    """Return what each seat loses by each setting on select, at least 0: (seats, settings)."""
    means = utilities[..., SELECT].mean(2)
    return means.max(1, keepdims=True) - means


def picks(utilities: np.ndarray, votes: np.ndarray | None = None) -> Mapping[str, int]:
    """Return the setting that each of RULES picks, on select.

    Majority picks the setting with most votes, of several the one with the least total regret;
    "worst-off first" the one by which the largest regret of a seat is least; compromise the one
    with the least total regret.  Among equals it is the first setting; the order of the seats
    never matters.

    Args:
        utilities: (seats, settings, training runs, halves).
        votes: (settings,); by default each seat votes for its first choice.

    Source: Savage 1951, The theory of statistical decision, JASA 46 (minimax regret); Brandt et
    al. 2016, Handbook of Computational Social Choice, ch. 2 (plurality and approval).
    """
    regret = regrets(utilities)
    if votes is None:
        votes = np.bincount(first_choices(utilities), minlength=regret.shape[1])
    total = np.sort(regret, axis=0).sum(0)  # sorted: the sum is the same in any order of seats
    return {
        MAJORITY: int(np.where(votes == votes.max(), total, np.inf).argmin()),
        WORST_OFF_FIRST: int(regret.max(0).argmin()),
        COMPROMISE: int(total.argmin()),
    }


def losses(utilities: np.ndarray, place: int) -> np.ndarray:
    """Return what each seat loses on report by a setting: (seats, training runs).

    A loss can be negative: a first choice made on select may not be the best on report.
    """
    seats, own = np.arange(len(utilities)), first_choices(utilities)
    return utilities[seats, own, :, REPORT] - utilities[:, place, :, REPORT]
