"""Proxies: who gets a place when scores foretell one thing and people need another.

A programme gives its places to those with the highest scores.  If scores foretell what care costs,
people who cost less at equal need must be needier to get the same score.

Source: Obermeyer, Powers, Vogeli, Mullainathan 2019, "Dissecting racial bias in an algorithm used
to manage the health of populations", Science 366, doi 10.1126/science.aax2342.
"""

import numpy as np

from tradeoffs.errors import InvalidInput
from tradeoffs.stats.stratified import Stratified, stratified

LEVELS = 20  # of the score: twentieths of the people


def extra_need(
    scores: np.ndarray,
    need: np.ndarray,
    group: np.ndarray,
    other: np.ndarray,
    levels: int = LEVELS,
) -> Stratified:
    """Return how much more need a group has than another at the same score.

    People of both groups are cut into `levels` equal parts by score, and the differences of mean
    need within the parts are averaged, each weighing as many as the group has members in it.
    Parts with fewer than two people of either group are left out.  The error is that of the
    people drawn, given the scores.  Positive: the group is needier at equal score.

    Args:
        scores: float (rows,), higher means sooner a place; equal scores are cut by place in the
            table.
        need: float (rows,), in any unit; rows without one (NaN) do not count.
        group: bool (rows,), of the group.
        other: bool (rows,), of the group it is compared with.
        levels: parts of equal size, at least 1.

    Raises:
        InvalidInput: no part has two people of both groups.
    """
    kept = (group | other) & ~np.isnan(need)
    order = np.argsort(scores[kept], kind="stable")
    parts = np.array_split(np.flatnonzero(kept)[order], levels)
    found = stratified((need[part[group[part]]], need[part[other[part]]]) for part in parts)
    if found is None:
        raise InvalidInput("no_level_with_both_groups", levels=levels)
    return found


def share_of_places(scores: np.ndarray, group: np.ndarray, places: float = 0.1) -> float:
    """Return the group's share of the places, which go to the highest scores.

    Where equal scores compete for the last places, each has the same chance of one.

    Args:
        scores: float (rows,).
        group: bool (rows,).
        places: share of all people that get one, in (0, 1].

    Raises:
        InvalidInput: places is out of bounds, or there is nobody.
    """
    if not 0 < places <= 1:
        raise InvalidInput("above_up_to", field="places", value=places, low=0, high=1)
    if not len(scores):
        raise InvalidInput("nobody")
    count = places * len(scores)
    last = np.sort(scores)[::-1][int(np.ceil(count)) - 1]
    above, tied = scores > last, scores == last
    chance = (count - above.sum()) / tied.sum()
    return float((group[above].sum() + chance * group[tied].sum()) / count)
