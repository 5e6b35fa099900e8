"""ROC: members recognised against non-members taken for members, and their intervals."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv, stdtrit

TAIL = 0.025  # outside each end of an interval
Interval = tuple[float, float]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Roc:
    """A curve from (0, 0) to (1, 1), one point a distinct threshold."""

    fpr: np.ndarray
    tpr: np.ndarray
    members: int  # decisions about members
    others: int

    @classmethod
    def of(cls, score: np.ndarray, member: np.ndarray) -> "Roc":
        """Return the curve of some decisions; scores that are NaN are no decisions.

        Args:
            score: any shape; higher means more like a member.
            member: bool of the same shape.
        """
        known = ~np.isnan(score)
        score, member = score[known], member[known]
        order = np.argsort(-score)
        hits, alarms = np.cumsum(member[order]), np.cumsum(~member[order])
        last = np.flatnonzero(np.diff(score[order], append=np.nan))  # of equal scores
        members = int(member.sum())
        others = member.size - members
        return cls(
            tpr=np.concatenate([[0.0], hits[last] / max(members, 1)]),
            fpr=np.concatenate([[0.0], alarms[last] / max(others, 1)]),
            members=members,
            others=others,
        )

    @property
    def area(self) -> float:
        """Area under the curve; ties count half."""
        return float(np.trapezoid(self.tpr, self.fpr))

    def recognised(self, rates: np.ndarray) -> np.ndarray:
        """Return the largest shares of members at false positive rates of at most `rates`."""
        return self.tpr[np.searchsorted(self.fpr, rates, side="right") - 1]


def jackknife(found: np.ndarray, left: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return both ends of 95 % t intervals around figures.

    An attacked model is a shadow of all others too, so their decisions hang together in a way
    that drawing among finished decisions does not see: such an interval is too short by up to
    half.  Leaving models out of both roles sees it, and errs to the long side.

    Args:
        found: (figures,), of all models.
        left: (groups, figures), each with one group of models left out.

    Source: Efron & Stein 1981, The jackknife estimate of variance, Annals of Statistics 9.
    """
    groups = len(left)
    error = np.sqrt((groups - 1) * left.var(axis=0))
    half = float(stdtrit(groups - 1, 1 - TAIL)) * error
    return np.maximum(found - half, 0), np.minimum(found + half, 1)


def jackknifed(
    difference: Callable[[np.ndarray], float], models: int, groups: int = 16
) -> tuple[float, float, float]:
    """Return a difference of two shares or areas with both ends of its interval.

    Args:
        difference: of the models that a bool mask (models,) keeps; in [-1, 1].
        models: how many there are.
        groups: of models, left out one by one; see `jackknife`.
    """
    group = np.arange(models) % min(groups, models)
    left = np.array([[difference(group != one)] for one in range(group.max() + 1)])
    value = difference(np.full(models, True))
    low, high = jackknife(np.array([(1 + value) / 2]), (1 + left) / 2)  # which cuts at 0 and 1
    return value, 2 * float(low[0]) - 1, 2 * float(high[0]) - 1


def clopper_pearson(share: float, trials: int) -> Interval:
    """Return the exact 95 % interval of a probability from a share of independent trials.

    Source: Clopper & Pearson 1934.
    """
    hits = round(share * trials)
    low = float(betaincinv(hits, trials - hits + 1, TAIL)) if hits else 0.0
    high = float(betaincinv(hits + 1, trials - hits, 1 - TAIL)) if hits < trials else 1.0
    return low, high
