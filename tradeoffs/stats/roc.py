"""ROC: members recognised against non-members taken for members."""

from dataclasses import dataclass

import numpy as np


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

    def tpr_at(self, rates: np.ndarray) -> np.ndarray:
        """Return the largest shares of members at false positive rates of at most `rates`."""
        return self.tpr[np.searchsorted(self.fpr, rates, side="right") - 1]
