"""Histories: the noisy releases that an accountant adds up, each checked once."""

import math
from dataclasses import dataclass
from numbers import Integral, Real

from tradeoffs.errors import require

MOST_STEPS = 10_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Spend:
    """`steps` releases of a sum over a Poisson sample of the records.

    Attributes:
        sigma: noise multiplier, standard deviation of the noise / sensitivity of the sum,
            in [1e-6, 1e12]: what the formulas hold without over- or underflow.
        sample_rate: probability with which each record enters a step, in (0, 1].
        steps: number of releases, in [1, 10 000 000].
    """

    sigma: float
    sample_rate: float
    steps: int

    def __post_init__(self) -> None:
        """Check every field, once."""
        within("sigma", self.sigma, 1e-6, 1e12)
        rate = self.sample_rate
        require(0 < real(rate) <= 1, "above_up_to", field="sample_rate", value=rate, low=0, high=1)
        whole = isinstance(self.steps, Integral) and 1 <= self.steps <= MOST_STEPS
        require(whole, "not_whole", field="steps", value=self.steps, low=1, high=MOST_STEPS)


History = tuple[Spend, ...]


def within(field: str, value: object, low: float, high: float) -> None:
    """Raise InvalidInput unless a number lies in an interval, ends included."""
    require(
        low <= real(value) <= high, "out_of_range", field=field, value=value, low=low, high=high
    )


def real(value: object) -> float:
    """Return the value as a float; NaN, which fails every comparison, if it is no number."""
    return float(value) if isinstance(value, Real) else math.nan
