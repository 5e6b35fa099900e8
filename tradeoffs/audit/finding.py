"""Finding: a measured number beside the one that theory demands, and how far apart they may be.

Tolerances come from the exact or asymptotic sampling law of each measurement at ALPHA, so that a
whole audit of a sound engine raises a false alarm about once in ten thousand runs.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy import stats

from tradeoffs.language.translation import say

ALPHA = 1e-6  # chance of a false alarm, a check


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One check.

    Attributes:
        name: short and unique within an audit.
        what: what is checked, in words.
        measured: the number found.
        expected: its closed form, or the median of its law.
        low: smallest value without alarm, maybe -inf.
        high: largest value without alarm.
        source: where the closed form comes from.
    """

    name: str
    what: str
    measured: float
    expected: float
    low: float
    high: float
    source: str

    @property
    def ok(self) -> bool:
        """Whether the measured value is within the bounds; NaN never is."""
        return self.low <= self.measured <= self.high


def model_kind(width: int) -> str:
    """Return what a finding calls the models of a width."""
    return say("width {width}", width=width) if width else say("logistic")


def exact(
    name: str, what: str, measured: float, expected: float, *, source: str, within: float = 1e-9
) -> Finding:
    """Return a finding that leaves no room but for rounding, `within` relative (absolute at 0)."""
    room = within * (abs(expected) or 1)
    return Finding(
        name=name,
        what=what,
        measured=float(measured),
        expected=float(expected),
        low=expected - room,
        high=expected + room,
        source=source,
    )


def mean_test(
    name: str, what: str, sample: np.ndarray, expected: float, *, deviation: float, source: str
) -> Finding:
    """Compare the mean of independent numbers of a known standard deviation (z-test)."""
    room = float(stats.norm.isf(ALPHA / 2)) * deviation / math.sqrt(sample.size)
    return Finding(
        name=name,
        what=what,
        measured=float(sample.mean()),
        expected=expected,
        low=expected - room,
        high=expected + room,
        source=source,
    )


def deviation_test(
    name: str, what: str, sample: np.ndarray, expected: float, *, source: str
) -> Finding:
    """Compare the standard deviation of independent normals (chi-square test)."""
    free = sample.size - 1
    low, high = (stats.chi2.ppf((ALPHA / 2, 1 - ALPHA / 2), free) / free) ** 0.5 * expected
    return Finding(
        name=name,
        what=what,
        measured=float(sample.std(ddof=1)),
        expected=expected,
        low=float(low),
        high=float(high),
        source=source,
    )


def p_value_test(name: str, what: str, chance: float, *, source: str) -> Finding:
    """Report the p-value of a test; uniform between 0 and 1 if all is well."""
    return Finding(
        name=name,
        what=what,
        measured=float(chance),
        expected=0.5,
        low=ALPHA,
        high=1.0,
        source=source,
    )


def correlation_test(name: str, what: str, rows: np.ndarray, *, source: str) -> Finding:
    """Compare the largest correlation between any two rows, in standard errors.

    Args:
        name: of the finding.
        what: is checked.
        rows: (k, numbers), independent with mean 0 if all is well; a row of zeros correlates with
            nothing.
        source: of the closed form.
    """
    length = np.sqrt((rows**2).sum(1, keepdims=True))
    unit = rows / np.where(length > 0, length, 1)
    cosine = unit @ unit.T
    pairs = len(rows) * (len(rows) - 1) // 2
    largest = np.abs(cosine[np.triu_indices(len(rows), 1)]).max() * math.sqrt(rows.shape[1])
    return Finding(
        name=name,
        what=what,
        measured=float(largest),
        expected=float(stats.norm.isf((1 - 0.5 ** (1 / pairs)) / 2)),
        low=0.0,
        high=float(stats.norm.isf(ALPHA / pairs / 2)),
        source=source,
    )
